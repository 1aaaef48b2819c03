"""Select mode in a real browser: elements are chosen instead of used, and known by their place in the code."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from overskill.services.apps import checksum
from tests.bundler.test_preview import heard, say, studio
from tests.support_bundler import SMALL_APP, RunningBundler

pytestmark = pytest.mark.browser

APP = """\
import { Card } from "./Card";

const people = ["Ada", "Bob"];

export default function App() {
  return (
    <main className="p-4">
      <h1 onClick={() => (document.title = "used")}>Hello</h1>
      <Card title="One">First</Card>
      <Card title="Two">
        <b>Second</b>
      </Card>
      <ul>{people.map((one) => <li key={one}>{one}</li>)}</ul>
      <button disabled>Off</button>
    </main>
  );
}
"""
CARD = """\
import type { ReactNode } from "react";

export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
"""
FILES = {**SMALL_APP, "src/App.tsx": APP, "src/Card.tsx": CARD}
Selected = Callable[[str], dict[str, Any]]


@pytest.fixture
def frame(bundler: RunningBundler, page: Any, key: str) -> Iterator[Any]:
    """The preview of the app, in the studio, in select mode."""
    bundler.client.open(key, FILES)
    with studio(bundler, key):
        page.goto(f"{bundler.settings.site_url}/studio")
        shown = page.query_selector("iframe").content_frame()
        shown.wait_for_selector("h1")
        heard(page, "ready")
        say(page, type="select-mode", on=True)
        yield shown


@pytest.fixture
def choose(page: Any, frame: Any) -> Selected:
    """Clicks on something and gives what was heard of it."""

    def click(selector: str) -> dict[str, Any]:
        page.evaluate("heard.length = 0")
        frame.click(selector, force=True, position={"x": 2, "y": 2})
        return heard(page, "selected")

    return click


def places(message: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(place["name"], place["file"], place["line"]) for place in message["places"]]


def test_a_click_selects_and_the_app_does_not_hear_of_it(page: Any, frame: Any, choose: Selected) -> None:
    message = choose("h1")
    assert places(message) == [("h1", "src/App.tsx", 8)]
    assert checksum(APP).startswith(message["places"][0]["checksum"])
    assert frame.evaluate("document.title") == "Small"
    say(page, type="select-mode", on=False)
    frame.wait_for_selector("overskill-select", state="detached")
    frame.click("h1")
    assert frame.evaluate("document.title") == "used"


def test_an_element_of_a_component_is_known_with_where_the_component_is_used(choose: Selected) -> None:
    message = choose("h2 >> nth=1")
    assert places(message) == [("h2", "src/Card.tsx", 6), ("Card", "src/App.tsx", 10)]
    assert (message["index"], message["count"]) == (1, 2)
    assert [each["name"] for each in message["ancestors"]] == ["main", "Card"]


def test_what_is_put_into_a_component_belongs_to_where_it_is_written(choose: Selected) -> None:
    assert places(choose("b")) == [("b", "src/App.tsx", 11)]


def test_an_item_of_a_list_says_how_many_there_are(choose: Selected) -> None:
    message = choose("li >> nth=1")
    assert (message["index"], message["count"]) == (1, 2)


def test_a_disabled_button_can_be_selected(choose: Selected) -> None:
    assert places(choose("button")) == [("button", "src/App.tsx", 14)]


def test_arrow_keys_go_through_the_page_and_escape_asks_to_leave(page: Any, choose: Selected) -> None:
    choose("b")
    for key, name in [("ArrowUp", "section"), ("ArrowLeft", "section"), ("ArrowLeft", "h1"), ("ArrowUp", "main")]:
        page.evaluate("heard.length = 0")
        page.keyboard.press(key)
        assert heard(page, "selected", how="key")["places"][0]["name"] == name
    page.keyboard.press("Escape")
    heard(page, "select-left")


def test_the_pointer_says_what_it_is_over(page: Any, frame: Any) -> None:
    frame.hover("h1")
    assert heard(page, "hovered", name="h1")["line"] == 8
    assert frame.evaluate("document.querySelector('overskill-select').shadowRoot.querySelector('span').textContent")


def test_nothing_is_outlined_for_a_pointer_that_has_left(page: Any, frame: Any) -> None:
    frame.hover("h1")
    heard(page, "hovered", name="h1")
    assert frame.evaluate(OUTLINED) == 1
    say(page, type="select-unhover")
    frame.wait_for_function(f"{OUTLINED} === 0")


OUTLINED = """[...document.querySelector("overskill-select").shadowRoot.querySelectorAll("span")]
  .filter((label) => label.checkVisibility()).length"""
LABEL_ENDS = """() => {
  const label = document.querySelector("overskill-select").shadowRoot.querySelector("span");
  return label.getBoundingClientRect().right;
}"""


def test_the_name_of_what_is_at_the_edge_stays_in_the_window(frame: Any, choose: Selected) -> None:
    frame.evaluate("document.querySelector('button').style.cssText = 'position: fixed; right: 0; width: 20px'")
    choose("button")
    assert frame.evaluate(LABEL_ENDS) <= frame.evaluate("innerWidth")


def test_a_change_is_tried_on_the_page_and_taken_back(page: Any, frame: Any, choose: Selected) -> None:
    place = choose("main")["places"][0]
    say(page, type="select-try", place=place, change={"add": ["p-8"], "remove": ["p-4"]})
    frame.wait_for_selector("main.p-8:not(.p-4)")
    say(page, type="select-tried", isKept=False)
    frame.wait_for_selector("main.p-4:not(.p-8)")


def test_a_text_is_tried_and_the_codes_own_change_follows(
    bundler: RunningBundler, page: Any, key: str, frame: Any, choose: Selected
) -> None:
    place = choose("h1")["places"][0]
    say(page, type="select-try", place=place, change={"text": {"from": "Hello", "to": "Tried"}})
    frame.wait_for_selector("h1:text-is('Tried')")
    bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Written")})
    frame.wait_for_selector("h1:text-is('Written')")


def test_the_selected_element_is_known_again_in_the_changed_code(
    bundler: RunningBundler, page: Any, key: str, choose: Selected
) -> None:
    choose("h1")
    changed = APP.replace("const people", "\nconst people")
    bundler.client.update(key, {"src/App.tsx": changed})
    message = heard(page, "selected", how="again")
    assert places(message) == [("h1", "src/App.tsx", 9)]
    assert checksum(changed).startswith(message["places"][0]["checksum"])


def test_a_place_that_is_yet_to_be_drawn_is_selected_when_it_is(
    bundler: RunningBundler, page: Any, key: str, choose: Selected
) -> None:
    choose("h1")
    changed = APP.replace("      <h1", "      <h3>New</h3>\n      <h1")
    place = {"file": "src/App.tsx", "line": 8, "column": 7, "checksum": checksum(changed)[:16]}
    say(page, type="select-place", place=place)
    bundler.client.update(key, {"src/App.tsx": changed})
    assert places(heard(page, "selected", how="sought")) == [("h3", "src/App.tsx", 8)]


def test_colours_of_the_app_are_told_as_they_are(page: Any, frame: Any) -> None:
    colours = [{"name": "shade", "value": "var(--shade)"}, {"name": "no", "value": "red; x"}]
    say(page, type="select-colours", colours=colours)
    assert heard(page, "colours")["colours"] == [
        {"name": "shade", "colour": "rgb(1, 2, 3)"},
        {"name": "no", "colour": ""},
    ]


def test_nothing_is_swallowed_before_select_mode_is_on(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, FILES)
    page.goto(bundler.address(key))
    page.click("h1")
    assert page.title() == "used"
