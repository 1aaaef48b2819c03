"""What a creator does on their desk, in each journey that sells something."""

import io
import re
from uuid import uuid4

from PIL import Image
from playwright.async_api import FilePayload, expect

from tests.browser.visitor import Visitor

ABOUT = """## What it does

- Keeps every plant with **when it was watered**
- Says which one is thirsty

## Who it is for

People who forget their plants."""


async def begin_listing(visitor: Visitor, slug: str) -> str:
    """Of that app; a page of one's own is opened first where there is none. Returns the address on the desk."""
    page = visitor.page
    await visitor.visit("/sell")
    opening = page.get_by_role("button", name="Open my page")
    await expect(opening.or_(page.get_by_role("heading", name="Sell", exact=True))).to_be_visible()
    if await opening.is_visible():
        await visitor.shoot_everywhere("begin", whole=True)
        await page.locator("[name=username]").fill(f"maker-{uuid4().hex[:6]}")
        await opening.click()
        await expect(opening).to_be_hidden()
    await visitor.visit(f"/sell?app={slug}")
    await visitor.press("Begin the listing")
    await page.wait_for_url(re.compile(r"/sell/[a-z0-9-]+$"))
    return f"/sell/{page.url.rpartition('/')[2]}"


async def write_words(visitor: Visitor, *, title: str, tagline: str) -> None:
    """Each is left once it is typed, and says that it is saved."""
    for name, typed in (("title", title), ("tagline", tagline), ("description", ABOUT)):
        field = visitor.page.locator(f"#listing-{name}")
        await field.fill(typed)
        await field.blur()
        await expect(field.locator("xpath=..").get_by_role("status")).to_have_text("Saved")


async def add_picture(visitor: Visitor) -> None:
    """And go on to the prices."""
    page = visitor.page
    await page.get_by_role("tab", name="Pictures").click()
    await page.get_by_role("tabpanel").locator("input[type=file]").set_input_files(picture())
    await expect(page.get_by_role("tabpanel").locator("img").first).to_be_visible()
    await page.get_by_role("tab", name="Price and licences").click()


async def save_prices(visitor: Visitor) -> None:
    await visitor.press("Save prices")
    await expect(visitor.page.get_by_text("Saved. Who bought before")).to_be_visible()


async def submit(visitor: Visitor) -> None:
    await visitor.page.get_by_role("tab", name="Submit").click()
    await visitor.press("Submit for checks")


def picture(number: int = 0) -> FilePayload:
    """Another number is another picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (1280, 800), (47, 158 - 40 * number, 99)).save(buffer, "PNG")
    return {"name": "plants.png", "mimeType": "image/png", "buffer": buffer.getvalue()}
