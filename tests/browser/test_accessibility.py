"""The main journey with the keyboard alone, and what axe finds on each page."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.editor import arrive, describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MOST_TABS = 60
SHOWS_FOCUS = """
(element) => [element, element.parentElement, element.closest("form")].some((each) => {
  const { outlineStyle, boxShadow } = each ? getComputedStyle(each) : {};
  return each && (outlineStyle !== "none" || boxShadow !== "none");
})
"""


async def tab_to(wanted: Locator) -> None:
    """Press Tab until this has the focus, and see that the focus shows."""
    for _ in range(MOST_TABS):
        await wanted.page.keyboard.press("Tab")
        if await wanted.evaluate("element => element === document.activeElement"):
            assert await wanted.evaluate(SHOWS_FOCUS), f"{wanted} does not show that it has the focus"
            return
    pytest.fail(f"{wanted} can't be reached with the Tab key")


async def test_an_app_is_made_changed_and_published_with_the_keyboard_alone(creator: Visitor) -> None:
    page = creator.page
    await creator.visit("/")
    await creator.is_signed_in()
    await tab_to(page.get_by_label("What do you want to build?"))
    await page.keyboard.type("a list of films to watch")
    await tab_to(page.get_by_role("button", name="Build it"))
    await page.keyboard.press("Enter")
    editor = await arrive(creator)
    await editor.reaches(1)

    await page.keyboard.press("/")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await page.keyboard.type("make it dark green")
    await page.keyboard.press("Enter")
    await expect(editor.turns.last).to_contain_text("make it dark green")
    await editor.reaches(2)

    await tab_to(page.get_by_role("tab", name="Preview"))
    await creator.shoot("focus")
    await page.keyboard.press("End")
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("tab", name="Publish")).to_be_focused()
    await expect(page.locator("#panel-publish")).to_be_visible()
    await tab_to(page.locator("#panel-publish").get_by_role("button", name="Publish"))
    await page.keyboard.press("Enter")
    await editor.is_live(2)


async def test_axe_finds_nothing_wrong_with_any_page(visitor: Visitor, creator: Visitor) -> None:
    for path in ("/", "/sign-in", "/sign-up", "/reset", "/dev/mail", "/no-such-page"):
        await visitor.visit(path)
        await expect(visitor.page.locator("h1")).to_be_visible()
        await visitor.audit(path)
    for path in ("/studio", "/settings", "/settings/team", "/settings/models", "/settings/credits"):
        await creator.visit(path)
        await expect(creator.page.locator("h1")).to_be_visible()
        await creator.audit(path)


async def test_axe_finds_nothing_wrong_with_the_editor(creator: Visitor) -> None:
    editor = await describe(creator, "a list of films to watch")
    await editor.reaches(1)
    for name in ("Preview", "Code", "Visual", "Data", "Versions", "Publish", "Settings"):
        await editor.tab(name)
        await creator.audit(f"{name} tab")
