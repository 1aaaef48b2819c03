"""Journey: the studio is laid out as its creator likes it, and stays so; the preview is looked at on its own."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NARROWER = 60  # pixels that the handle is drawn to the left


async def test_panes_stay_as_wide_as_they_were_made_and_the_preview_opens_on_its_own(creator: Visitor) -> None:
    editor = await describe(creator, "a reading list")
    await editor.reaches(1)
    page, chat = creator.page, creator.page.get_by_role("separator", name="Width of the chat")
    before = await width_of(chat)
    await widens(chat)
    wider = await width_of(chat)
    await draws(page, chat, -NARROWER)
    near = "|".join(str(wider - NARROWER + by) for by in (-1, 0, 1))
    await expect(chat).to_have_attribute("aria-valuenow", re.compile(f"^({near})$"))
    dragged = await width_of(chat)

    await editor.tab("Code")
    files = page.get_by_role("separator", name="Width of the files")
    await widens(files)
    listed = await width_of(files)
    await creator.reload()
    await expect(page.locator("#panel-code")).to_be_visible()
    assert (await width_of(chat), await width_of(files)) == (dragged, listed)
    await chat.dblclick()
    await expect(chat).to_have_attribute("aria-valuenow", str(before))

    await editor.tab("Preview")
    shown = await editor.heading()
    async with page.context.expect_page() as opening:
        await page.get_by_role("link", name="Open the preview in a new tab").click()
    opened = await opening.value
    await expect(opened.locator("h1").first).to_have_text(shown)


async def widens(handle: Locator) -> None:
    before = await width_of(handle)
    await handle.press("ArrowRight")
    await expect(handle).not_to_have_attribute("aria-valuenow", str(before))


async def width_of(handle: Locator) -> int:
    return int(await handle.get_attribute("aria-valuenow") or 0)


async def draws(page: Page, handle: Locator, by: int) -> None:
    box = await handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + by, y, steps=4)
    await page.mouse.up()
