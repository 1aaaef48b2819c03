import pytest

from overskill.bundler.setup import Installation
from overskill.clients.canvas import LocalCanvas
from overskill.errors import InvalidInput
from tests.bundler.canvas_edits import edit_apps, streamed_apps
from tests.bundler.repairing import model_app, recipe_app
from tests.support_bundler import SMALL_APP, RunningBundler

PROMPTS = (
    "a habit tracker",
    "a kanban board",
    "an invoice maker",
    "a landing page for a bakery",
    "a crm for a small agency",
    "an expense tracker",
    "a quiz about space",
    "a blog about hiking",
    "a booking page for a hair salon",
    "a snake game",
)
APP = "src/App.tsx"


@pytest.fixture
def canvas(bundler: RunningBundler) -> LocalCanvas:
    return LocalCanvas(bundler.client.daemon)


def test_pages_of_recipes_and_of_models_stay_as_they_are_until_they_are_edited_and_then_change_only_there(
    bundler_installation: Installation,
) -> None:
    apps = {prompt: recipe_app(prompt) for prompt in PROMPTS} | {"model": model_app()} | dict(streamed_apps())
    done = edit_apps(apps, bundler_installation, edits=14)
    assert done["pages"] > 100
    assert min(done["counts"].values()) > 50
    assert sum(layout["lost"] for layout in done["layouts"].values()) == 0


def test_a_page_is_listed_read_and_written(canvas: LocalCanvas) -> None:
    [row] = canvas.pages(SMALL_APP)
    assert (row.path, row.name, row.route, row.problem) == (APP, "App", "/", "")
    page = canvas.read(SMALL_APP, APP)
    [heading, button] = page.document["content"]
    assert (heading["type"], heading["props"]["text"]) == ("h1", "Hello")
    heading["props"]["text"] = "Good morning"
    page.document["content"].reverse()
    written = canvas.write(SMALL_APP, APP, page.document)
    before = SMALL_APP[APP].splitlines()[:-2]
    assert written.splitlines()[:4] == before[:4]
    assert written.index("<button") < written.index("<h1>Good morning</h1>")
    assert [kind["type"] for kind in page.kinds] == ["h1", "button", "main"]
    assert button["props"]["locked"] == [{"name": "onClick", "code": "onClick={() => setCount(count + 1)}"}]


def test_what_can_be_added_comes_with_an_import(canvas: LocalCanvas) -> None:
    props = '{ /** What it says. */ label: string; tone?: "calm" | "loud" }'
    files = SMALL_APP | {
        "src/Fact.tsx": f"export function Fact({{ label }}: {props}) {{\n  return <p>{{label}}</p>;\n}}\n"
    }
    [fact] = [kind for kind in canvas.blocks(files, APP) if kind["type"] == "Fact"]
    assert [(field["label"], field["type"], field["optional"]) for field in fact["fields"]] == [
        ("What it says", "text", False),
        ("Tone", "select", True),
    ]
    page = canvas.read(files, APP)
    page.document["content"].append({"type": "Fact", "props": {"id": "new-1", **fact["sample"]}})
    written = canvas.write(files, APP, page.document)
    assert 'import { Fact } from "@/Fact";' in written
    assert '<Fact label="Label" />' in written


def test_a_page_that_shows_no_single_element_is_left_to_the_code(canvas: LocalCanvas) -> None:
    files = SMALL_APP | {APP: "export default function App() {\n  return [<p>One</p>];\n}\n"}
    [row] = canvas.pages(files)
    assert row.problem == "What it shows is not one element."
    with pytest.raises(InvalidInput, match="can only be edited as code"):
        canvas.read(files, APP)


@pytest.mark.parametrize(
    "node",
    [
        {"type": "script", "props": {"id": "a"}},
        {"type": "p", "props": {"id": "a", "@x y": "1"}},
        {"type": "p", "props": {"id": 1}},
        {"type": "p onClick={alert(1)}", "props": {"id": "a"}},
        {"type": "#locked", "props": {"id": "a", "code": "</main>"}},
        {"type": "#locked", "props": {"id": "a", "code": "{nobodyKnowsThis}"}},
    ],
    ids=["element", "attribute", "id", "name", "syntax", "name-of-nothing"],
)
def test_what_is_not_a_block_is_refused(canvas: LocalCanvas, node: object) -> None:
    document = {"root": {"props": {}}, "content": [node], "zones": {}}
    with pytest.raises(InvalidInput):
        canvas.write(SMALL_APP, APP, document)


def test_styles_are_those_of_the_preview(canvas: LocalCanvas, bundler: RunningBundler, key: str) -> None:
    assert canvas.stylesheet(key) == ""
    bundler.client.open(key, SMALL_APP)
    assert ".p-4" in canvas.stylesheet(key)
