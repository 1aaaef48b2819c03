"""Journey: a page by drag and drop. What is done on the canvas is in the code and in the preview, and the other way."""

import re

import pytest
from playwright.async_api import FrameLocator, Locator, Page, expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HERO = "src/sections/hero.tsx"
BEGIN_DARK = ("const DEFAULT_THEME: Theme =", 'const DEFAULT_THEME: Theme = "dark";\nexport const OTHER: Theme =')


def canvas_of(page: Page) -> FrameLocator:
    return page.frame_locator("#preview-frame")


async def drags(page: Page, item: Locator, onto: Locator) -> None:
    """As a hand does: taken, drawn on its way and above its place, and let go once that is told to be under it."""
    await item.scroll_into_view_if_needed()
    start, goal = await item.bounding_box(), await onto.bounding_box()
    assert start is not None
    assert goal is not None
    await page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] / 2, steps=20)
    await page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] - 4, steps=10)
    await expect(page.get_by_role("status").filter(has_text="was moved over")).to_be_attached()
    await page.mouse.up()


async def code_of(visitor: Visitor, slug: str) -> str:
    answer = await visitor.page.request.get(f"{visitor.product.url}/api/studio/{slug}/files/{HERO}")
    return str((await answer.json())["text"])


async def test_a_page_is_edited_on_the_canvas_and_follows_its_code(creator: Visitor) -> None:
    editor = await describe(creator, "a landing page for a bakery")
    await editor.reaches(1)
    visual = await editor.tab("Visual")
    await visual.get_by_label("Page").select_option(HERO)
    canvas = canvas_of(creator.page)
    heading = canvas.locator("h1")  # to Puck every block is a button
    await heading.click()
    fields = visual.get_by_label("Fields")
    text_field = fields.locator("[name=text]")
    await text_field.fill("Bread before dawn")
    await expect(visual.get_by_text("Saved", exact=True)).to_be_attached()
    await editor.shows("Bread before dawn")
    await fields.get_by_role("button", name="Move up").click()
    await expect(canvas.locator("h1 + [data-puck-component]").first).to_contain_text("Bakery")
    await expect(visual.get_by_text("Saved", exact=True)).to_be_attached()
    await expect(editor.preview.locator("h1 + *").first).to_contain_text("Bakery")

    text = await code_of(creator, editor.slug)
    assert text.index("Bread before dawn") < text.index("<Badge")

    await editor.replaces(HERO, "Bread before dawn", "Bread all day")
    await expect(heading).to_have_text("Bread all day")
    await expect(text_field).to_have_value("Bread all day")  # it is still selected

    page = canvas.locator("html")  # the site is light
    await editor.replaces("src/lib/theme.ts", *BEGIN_DARK)
    await expect(page).to_have_class(re.compile(r"\bdark\b"))
    await editor.replaces("src/lib/theme.ts", *reversed(BEGIN_DARK))
    await expect(page).not_to_have_class(re.compile(r"\bdark\b"))

    await drags(creator.page, visual.get_by_test_id("drawer-item:p"), heading)
    await editor.shows("A paragraph of text.")
    await visual.get_by_role("button", name="Undo").click()
    await expect(editor.preview.locator("body")).not_to_contain_text("A paragraph of text.")

    await creator.shoot_everywhere("visual")  # the last: where it is narrow a list takes the canvas's place
