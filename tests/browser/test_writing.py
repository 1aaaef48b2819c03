"""Journeys 3 and 4: an app is written before one's eyes, used while one goes on asking, and keeps its state."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.editor import Editor, describe, describe_and_watch
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PROMPT = "a habit tracker with streaks"


async def test_an_app_is_seen_being_written(creator: Visitor) -> None:
    editor = await describe_and_watch(creator, PROMPT)
    with creator.product.pausing():
        live = editor.turns.last
        await expect(live.get_by_role("list", name="Files").get_by_role("listitem").first).to_be_visible()
        await expect(live.locator("ol li").first).to_be_visible()  # the plan
        await creator.shoot_everywhere("plan-and-files")
        code = await editor.tab("Code")
        await expect(code.get_by_role("navigation")).to_contain_text("index.css")
        await creator.shoot("code-growing")

    await editor.tab("Preview")
    await editor.shows("streak")
    await creator.shoot("first-preview")

    await editor.reaches(1)
    await expect(editor.turns.last).to_contain_text("Recipes")
    await expect(creator.page.get_by_role("link", name="connect a model").first).to_be_visible()
    await creator.shoot_everywhere("written")


async def test_what_is_entered_in_the_preview_survives_a_change_by_chat(creator: Visitor) -> None:
    editor = await describe(creator, PROMPT)
    await editor.reaches(1)
    await add_habit(editor, "Play the piano")
    await editor.preview.get_by_role("searchbox").fill("piano")
    frame = await editor.frame()
    await frame.evaluate("window.isTheSamePage = true")
    colour = await frame.evaluate("getComputedStyle(document.body).backgroundColor")
    await creator.shoot("in-use")

    await editor.says("make it dark green")
    await editor.reaches(2)
    await frame.wait_for_function("before => getComputedStyle(document.body).backgroundColor !== before", arg=colour)
    assert await frame.evaluate("window.isTheSamePage")
    await expect(editor.preview.get_by_role("searchbox")).to_have_value("piano")
    await expect(editor.preview.get_by_role("heading", name="Play the piano")).to_be_visible()
    await creator.shoot_everywhere("dark-green")


async def add_habit(editor: Editor, name: str) -> None:
    app = editor.preview
    await app.get_by_role("button", name="Add habit").first.click()
    dialog = app.get_by_role("dialog")
    await dialog.get_by_role("textbox").first.fill(name)
    await dialog.get_by_role("button", name=re.compile("add|save", re.IGNORECASE)).last.click()
    await expect(app.get_by_role("heading", name=name)).to_be_visible()
