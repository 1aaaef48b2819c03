"""Journey 5: changes by chat, each a version; undo and restore."""

import pytest
from playwright.async_api import expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_each_change_is_a_version_and_can_be_undone_and_restored(creator: Visitor) -> None:
    editor = await describe(creator, "a packing list for trips")
    await editor.reaches(1)

    await editor.says("add a due date and sort by it")
    await editor.reaches(2)
    await editor.shows("Due")
    await creator.shoot("due-date")

    await editor.says("make it dark green")
    await editor.reaches(3)
    await creator.shoot("dark-green")

    await editor.says("rename it to Streaky")
    await editor.reaches(4)
    await expect(creator.page.get_by_role("heading", name="Streaky")).to_be_visible()
    await editor.shows("Streaky")
    await creator.shoot_everywhere("renamed")

    await editor.says("please fold my laundry on Tuesdays")
    await expect(editor.turns.last).to_have_attribute("data-status", "succeeded")
    await expect(editor.made).to_have_count(0)  # nothing was changed, and it says so
    await creator.shoot("not-understood")

    await creator.page.get_by_role("button", name="Undo the last change").click()
    await expect(creator.page.get_by_text("Back to version 3").first).to_be_visible()
    await expect(editor.preview.locator("body")).not_to_contain_text("Streaky")
    await creator.shoot("undone")

    versions = await editor.tab("Versions")
    await versions.get_by_role("button", name="Version 1:").click()
    await versions.get_by_role("button", name="Restore this version").click()
    await expect(versions.get_by_role("button", name="Version 6:")).to_contain_text("Now")
    await creator.shoot_everywhere("restored")
    await editor.tab("Preview")
    await expect(editor.preview.locator("body")).not_to_contain_text("Due")
