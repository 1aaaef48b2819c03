"""What an app keeps, looked at and changed in the studio, while the app shows it."""

import json

import pytest
from playwright.async_api import Locator, expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def rows(panel: Locator) -> Locator:
    return panel.locator("tbody tr")


def cell(panel: Locator, name: str) -> Locator:
    """The button of a cell, by what it says."""
    return rows(panel).get_by_role("button", name=name)


async def test_what_an_app_keeps_is_a_table_that_can_be_changed(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    page = creator.page
    panel = await editor.tab("Data")
    await expect(panel.get_by_role("heading", name="habits")).to_be_visible()
    await expect(panel.get_by_text("As it begins")).to_be_visible()
    await expect(rows(panel)).to_have_count(5)
    await creator.shoot_everywhere("data")

    await panel.get_by_role("button", name="Add row").click()
    await expect(panel.get_by_role("textbox", name="name, row 6")).to_be_focused()
    await page.keyboard.type("Stretch")
    await page.keyboard.press("Enter")
    await expect(editor.preview.locator("body")).to_contain_text("Stretch")
    await expect(cell(panel, "name, row 6: Stretch")).to_be_focused()
    await expect(panel.get_by_text("As it begins")).to_be_hidden()

    await cell(panel, "name, row 1: Walk").press("Enter")
    await page.keyboard.type("Run")
    await page.keyboard.press("Escape")
    await expect(cell(panel, "name, row 1: Walk")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.type("Run")
    await page.keyboard.press("Enter")
    await expect(editor.preview.locator("body")).to_contain_text("Run")

    await cell(panel, "checkins, row 6: []").click()
    await page.keyboard.type("many")
    await page.keyboard.press("Enter")
    await expect(panel.get_by_role("alert")).to_have_text("The app keeps a list here, as JSON.")
    await creator.shoot_everywhere("refused")
    await page.keyboard.press("Escape")

    await panel.get_by_label("Find rows").fill("stretch")
    await expect(rows(panel)).to_have_count(1)
    await panel.get_by_role("button", name="Delete row 6").click()
    await expect(panel.get_by_text("No row has “stretch”.")).to_be_visible()
    await expect(editor.preview.locator("body")).not_to_contain_text("Stretch")
    await panel.get_by_role("button", name="Undo").click()
    await expect(rows(panel)).to_have_count(1)
    await expect(editor.preview.locator("body")).to_contain_text("Stretch")

    async with page.expect_download() as downloading:
        await panel.get_by_role("button", name="JSON").click()
    download = await downloading.value
    assert download.suggested_filename == "habits.json"
    kept = json.loads((await download.path()).read_bytes())
    assert [habit["name"] for habit in kept][::5] == ["Run", "Stretch"]

    await panel.get_by_label("Find rows").fill("")
    await panel.get_by_role("button", name="Begin anew").click()
    await expect(rows(panel)).to_have_count(5)
    await expect(editor.preview.locator("body")).not_to_contain_text("Stretch")


async def test_what_the_app_changes_is_shown_at_once_and_outlasts_a_reload_of_it(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    panel = await editor.tab("Data")
    await expect(rows(panel)).to_have_count(5)
    frame = await editor.frame()
    await frame.evaluate("localStorage.setItem('settings', JSON.stringify({ goal: 8, isLoud: false }))")
    await panel.get_by_role("button", name="settings 2").click()
    await panel.get_by_role("checkbox", name="isLoud").check()
    await cell(panel, "goal: 8").click()
    await creator.page.keyboard.type("9")
    await creator.page.keyboard.press("Enter")
    await expect(cell(panel, "goal: 9")).to_be_focused()
    kept = "(({ goal, isLoud }) => goal === 9 && isLoud)(JSON.parse(localStorage.getItem('settings')))"
    await frame.wait_for_function(kept, polling=100)  # behind this view it draws no frames

    await frame.evaluate("localStorage.setItem('motto', 'keep going')")
    await panel.get_by_role("button", name="motto").click()
    words = panel.get_by_label("What is kept")
    await words.fill("never twice")
    await panel.get_by_role("button", name="Keep").click()
    await expect(panel.get_by_role("button", name="Keep")).to_be_disabled()

    await frame.evaluate("window.isOld = true, void setTimeout(() => location.reload())")
    await frame.wait_for_function("!window.isOld", polling=100)
    await frame.evaluate("localStorage.setItem('later', 'on')")
    await expect(panel.get_by_role("button", name="later")).to_be_visible()  # told by the page that was loaded anew
    await panel.get_by_role("button", name="habits 5").click()
    await expect(rows(panel)).to_have_count(5)
    await panel.get_by_role("button", name="motto").click()
    await expect(words).to_have_value("never twice")
    await panel.get_by_role("button", name="habits 5").click()
    await expect(rows(panel)).to_have_count(5)
