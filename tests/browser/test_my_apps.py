"""Journey 8: my apps."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def card(visitor: Visitor, name: str) -> Locator:
    heading = visitor.page.get_by_role("heading", name=name, exact=True)
    return visitor.page.get_by_role("listitem").filter(has=heading)


async def choose(visitor: Visitor, name: str, action: str) -> None:
    """From the menu of an app's card."""
    await card(visitor, name).get_by_role("button", name="More").click()
    await visitor.page.get_by_role("menuitem", name=action, exact=True).click()


async def section(visitor: Visitor, name: str) -> None:
    await visitor.page.get_by_role("radio", name=name).or_(visitor.page.get_by_role("tab", name=name)).click()


async def test_an_app_is_renamed_copied_put_away_deleted_and_taken_back(creator: Visitor) -> None:
    editor = await describe(creator, "a stamp collection")
    await editor.reaches(1)
    await creator.visit("/studio")
    first = await creator.page.get_by_role("listitem").get_by_role("heading").first.inner_text()
    await expect(card(creator, first)).to_contain_text("Draft")
    await expect(card(creator, first)).to_contain_text(re.compile("just now|minute"))
    await creator.shoot_everywhere("list")

    await choose(creator, first, "Rename")
    await creator.fill(name="Our guests")
    await creator.shoot("rename")
    await creator.press("Rename")
    await expect(card(creator, "Our guests")).to_be_visible()

    await choose(creator, "Our guests", "Duplicate")
    await expect(card(creator, "Our guests copy")).to_be_visible()

    await choose(creator, "Our guests copy", "Archive")
    await expect(card(creator, "Our guests copy")).to_be_hidden()
    await creator.press("Undo")
    await expect(card(creator, "Our guests copy")).to_be_visible()

    await choose(creator, "Our guests copy", "Delete")
    await expect(creator.page.get_by_role("dialog")).to_contain_text("For 30 days you can bring it back")
    await creator.shoot("delete")
    await creator.press("Delete")
    await expect(card(creator, "Our guests copy")).to_be_hidden()
    await section(creator, "Deleted")
    await expect(card(creator, "Our guests copy")).to_contain_text("30 days")
    await creator.shoot("deleted")
    await card(creator, "Our guests copy").get_by_role("button", name="Bring back").click()
    await section(creator, "Active")
    await expect(card(creator, "Our guests copy")).to_be_visible()
