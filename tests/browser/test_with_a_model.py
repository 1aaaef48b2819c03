"""The main journey with a model: a scripted one writes an app of 26 files, with tools and in the text protocol."""

import os
import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.editor import Editor, describe_and_watch
from tests.browser.visitor import PASSWORD, Visitor, open_visitor
from tests.model_scenarios import app as app_script
from tests.model_scenarios import app_files
from tests.model_server import ModelServer
from tests.support_product import Product, running_product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Real models write about 80; that makes two minutes for the 9,500 tokens of the app.
TOKENS_PER_SECOND = float(os.environ.get("JOURNEY_TOKENS_PER_SECOND", "1500"))
PROMPT = "recipes, a week's plan and a shopping list"


@pytest.fixture(scope="module", params=["tools", "text"])
def modelled(request: pytest.FixtureRequest) -> Iterator[Product]:
    """A product whose apps are written by the scripted model."""
    tools, checks = {"tools": ("on", "auto"), "text": ("off", "off")}[request.param]
    with (
        ModelServer(app_script(), tokens_per_second=TOKENS_PER_SECOND) as model,
        running_product(
            AI_BASE_URL=model.url, AI_MODEL="scripted", AI_TOOLS=tools, OVERSKILL_BROWSER_CHECKS=checks
        ) as product,
    ):
        yield product


@pytest_asyncio.fixture(loop_scope="session")
async def cook(browser: Browser, modelled: Product, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    visitor = await open_visitor(modelled, browser, f"model-{request.node.callspec.params['modelled']}")
    await visitor.sign_up("julia@example.com", PASSWORD, name="Julia Child")
    yield visitor
    await visitor.page.context.close()
    assert visitor.complaints == []


async def test_an_app_of_many_files_is_written_used_changed_and_published(cook: Visitor) -> None:
    editor = await describe_and_watch(cook, PROMPT)
    await expect(editor.turns.last).to_contain_text("Plan the week's meals")
    await cook.shoot("writing")
    await editor.shows("Miso noodle soup")
    await cook.shoot("first-preview")
    await editor.reaches(1)
    await expect(editor.turns.last).to_contain_text("Copper Pot is ready")
    await expect(editor.turns.last).to_contain_text(f"{len(app_files()) + 1} files")
    await expect(editor.turns.last).to_contain_text(re.compile(r"Checked in a browser: (\d) of \1|It compiles"))
    record = await editor.open_record()
    await expect(record.get_by_role("button", name=re.compile(r"^Steps"))).to_be_visible()
    await cook.shoot("record")
    await expect(cook.page.get_by_role("heading", name="Copper Pot").first).to_be_visible()
    await cook.shoot_everywhere("written")

    search = editor.preview.get_by_placeholder("Title or ingredient")
    await search.fill("noodle")
    frame = await editor.frame()
    await frame.evaluate("window.isTheSamePage = true")
    await editor.says("Give every recipe a difficulty")
    await editor.reaches(2)
    await editor.shows("Easy")
    assert await frame.evaluate("window.isTheSamePage")
    await expect(search).to_have_value("noodle")
    await cook.shoot("changed")

    await has_an_error_fixed(editor)
    await asks_for_a_block(editor)
    await editor.publish(5)
    published = (await cook.open_tab()).page
    await published.goto(cook.product.app_url(editor.slug))
    await expect(published.get_by_text("Miso noodle soup").first).to_be_visible()


async def has_an_error_fixed(editor: Editor) -> None:
    await editor.replaces("src/App.tsx", "return (", "([] as string[][])[0].length;\n  return (")
    failure = editor.page.get_by_role("alert").filter(has_text="Showing the last version that worked")
    await failure.get_by_role("button", name="Fix this").click()
    await expect(editor.turns.last).to_contain_text("src/App.tsx")
    await editor.reaches(4)
    await expect(failure).to_be_hidden()


async def asks_for_a_block(editor: Editor) -> None:
    visual = await editor.tab("Visual")
    await visual.get_by_role("button", name="Ask for a new component").click()
    dialog = editor.page.get_by_role("dialog", name="A new component")
    await dialog.get_by_label("Name").fill("Star row")
    await dialog.get_by_label("What is it for?").fill("Shows how many of five stars a recipe has.")
    await dialog.get_by_role("button", name="Ask for it").click()
    await editor.reaches(5)
    await editor.tab("Visual")
    own = visual.get_by_role("region", name="This app's own")
    await expect(own.get_by_test_id("drawer-item:StarRow")).to_be_visible()
