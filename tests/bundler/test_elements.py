"""Elements changed by lot in ten apps, and the two methods of the daemon."""

from collections import Counter
from pathlib import Path

import pytest

from overskill.bundler.setup import Installation
from overskill.clients.elements import ElementPlace, LocalElements
from overskill.errors import InvalidInput
from tests.bundler.editing import edit, ten_apps
from tests.support_bundler import APP, SMALL_APP, RunningBundler

EDITS = 20


def test_edits_compile_touch_only_their_element_and_can_be_taken_back(
    bundler_installation: Installation, tmp_path: Path
) -> None:
    results = edit(ten_apps(), EDITS, bundler_installation, tmp_path)
    tried = [each for app in results for each in app["edits"]]
    assert [problem for each in tried for problem in each.get("problems", ())] == []
    assert [each for each in tried if each.get("layout") == "lost"] == []
    made = [Counter(each["kind"] for each in app["edits"] if "refused" not in each) for app in results]
    assert [each.total() for each in made] == 10 * [EDITS]
    assert len(sum(made, Counter())) == 8


def place(needle: str) -> ElementPlace:
    before = APP[: APP.index(needle)]
    return ElementPlace("src/App.tsx", APP, before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_the_daemon_describes_and_patches_an_element(bundler: RunningBundler, key: str) -> None:
    bundler.client.open(key, {**SMALL_APP, "src/index.css": "@theme { --color-brand: red; }"})
    elements = LocalElements(bundler.client.daemon)
    described = elements.describe(key, place("<h1"))
    assert (described.element["name"], described.element["pieces"]) == ("h1", [{"value": "Hello"}])
    assert described.colours == ({"name": "brand", "value": "red"},)
    patched = elements.patch(key, place("<h1"), {"kind": "text", "value": "Bye"})
    assert patched.text == APP.replace("Hello", "Bye")
    assert patched.element["pieces"] == [{"value": "Bye"}]


LONG = "mx-auto flex max-w-3xl flex-col gap-8 rounded-2xl border p-6 shadow-sm"
LAID_OUT = f"""export default function App() {{
  return (
    <main className="{LONG}">
      <p>Hello</p>
    </main>
  );
}}
"""


def test_an_edit_of_a_file_that_was_laid_out_leaves_it_laid_out(bundler: RunningBundler, key: str) -> None:
    elements = LocalElements(bundler.client.daemon)
    asked = ElementPlace("src/App.tsx", LAID_OUT, 3, 5)
    patched = elements.patch(key, asked, {"kind": "attribute", "name": "title", "value": "Today"})
    assert f'    <main\n      className="{LONG}"\n      title="Today"\n    >\n' in patched.text
    below = ElementPlace("src/App.tsx", patched.text, 7, 7)
    assert elements.describe(key, below).element["pieces"] == [{"value": "Hello"}]
    wrapped = elements.patch(key, below, {"kind": "wrap"})
    assert (wrapped.element["name"], wrapped.element["line"]) == ("div", 7)


def test_an_app_that_is_not_open_can_be_changed_too(bundler: RunningBundler, key: str) -> None:
    elements = LocalElements(bundler.client.daemon)
    patched = elements.patch(key, place("<main"), {"kind": "classes", "add": ["p-8"]})
    assert patched.text == APP.replace('"p-4"', '"p-8"')


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (ElementPlace("src/App.tsx", APP, 1, 1), "not in the file any more"),
        (ElementPlace("src/index.css", "", 1, 1), "is not code"),
        (ElementPlace("src/App.tsx", "<p>" * 5000, 1, 1), "has an error"),
    ],
    ids=["nowhere", "a stylesheet", "too deep"],
)
def test_what_is_no_element_is_refused(bundler: RunningBundler, key: str, asked: ElementPlace, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        LocalElements(bundler.client.daemon).describe(key, asked)
