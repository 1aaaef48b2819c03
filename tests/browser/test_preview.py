"""The preview as its creator uses it: sizes, what the app says, an update that fails, a link for others."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import OpenVisitor
from tests.browser.editor import Editor, describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WATCH_CLASSES = """
window.seen = [];
const root = document.documentElement;
new MutationObserver(() => seen.push(root.className)).observe(root, { attributes: true, attributeFilter: ["class"] });
"""


def panel(editor: Editor) -> Locator:
    return editor.page.get_by_role("region", name="Console, network and errors")


async def test_an_app_is_looked_at_in_sizes_and_says_what_it_does(creator: Visitor) -> None:
    editor = await describe(creator, "a list of films to watch")
    await editor.reaches(1)
    page = creator.page
    await page.get_by_role("button", name="Size: Whole pane").click()
    await page.get_by_role("menuitemradio", name=re.compile("^iPhone 393")).click()
    frame = await editor.frame()
    await frame.wait_for_function("innerWidth === 393")
    await page.get_by_role("button", name="Turn sideways").click()
    await expect(page.get_by_role("button", name="Turn upright")).to_be_visible()
    await editor.tab("Preview")  # on a phone it is this or the chat
    await creator.shoot_everywhere("phone-sideways")
    await creator.reload()
    await expect(page.get_by_role("button", name="Turn upright")).to_be_visible()
    await page.get_by_role("separator", name="Width of the preview").dblclick()
    await expect(page.get_by_role("button", name="Size: Whole pane")).to_be_visible()

    await expect(editor.preview.locator("h1").first).to_be_visible()
    address = page.get_by_role("combobox", name="Page shown")
    await address.fill("?sorted=1")
    await address.press("Enter")
    await expect(address).to_have_value("/?sorted=1")
    await page.get_by_role("button", name="Back", exact=True).click()
    await expect(address).to_have_value("/")

    await page.get_by_role("button", name="Console, network and errors").click()
    frame = await editor.frame()
    await frame.evaluate("console.warn('careful', { films: ['Alien', 'Brazil'] }), void fetch('/missing.json')")
    line = panel(editor).get_by_role("listitem").filter(has_text="careful { films:")
    await line.get_by_role("button").first.click()
    await expect(panel(editor).get_by_role("region", name="The chosen line")).to_contain_text("films")
    await editor.tab("Preview")
    await creator.shoot_everywhere("console")
    await panel(editor).get_by_role("tab", name="Network").click()
    await expect(panel(editor).get_by_role("listitem").filter(has_text="/missing.json")).to_contain_text("404")


async def test_colours_follow_the_device_again_once_an_app_begins_dark_no_more(creator: Visitor) -> None:
    editor = await describe(creator, "a list of films to watch")
    await editor.reaches(1)
    page, app = creator.page, editor.preview.locator("html")
    switch = editor.preview.get_by_role("button", name=re.compile("^Switch to"))
    begins_dark = ('DEFAULT_THEME: Theme = "system"', 'DEFAULT_THEME: Theme = "dark"')
    await expect(switch).to_have_accessible_name("Switch to dark mode")
    await editor.replaces("src/lib/theme.ts", *begins_dark)
    await expect(app).to_have_class("dark")
    await editor.replaces("src/lib/theme.ts", *reversed(begins_dark))
    await expect(app).not_to_have_class("dark")

    frame = await editor.frame()
    await frame.evaluate(WATCH_CLASSES)
    await page.emulate_media(color_scheme="dark")
    await expect(switch).to_have_accessible_name("Switch to light mode")
    await page.emulate_media(color_scheme="light")
    await expect(switch).to_have_accessible_name("Switch to dark mode")
    assert await frame.evaluate("seen") == ["dark", ""]  # what ran before has no say


async def test_an_update_that_fails_leaves_what_worked_and_a_link_shows_it_until_it_is_revoked(
    creator: Visitor, open_another: OpenVisitor
) -> None:
    editor = await describe(creator, "a packing list for trips")
    await editor.reaches(1)
    page = creator.page
    shown = await editor.heading()

    await editor.replaces("src/App.tsx", "return (", "([] as string[][])[0].length;\n  return (")
    alert = page.get_by_role("alert").filter(has_text="Showing the last version that worked")
    await expect(alert).to_contain_text("src/App.tsx:")
    await expect(editor.preview.locator("h1").first).to_have_text(shown)
    await alert.get_by_role("button", name="Show the code").click()
    await expect(alert.locator("pre")).to_contain_text("([] as string[][])[0].length;")
    await page.get_by_role("button", name="Console, network and errors").click()
    await expect(panel(editor).get_by_role("button", name="Fix this")).to_be_visible()
    await editor.tab("Preview")
    await creator.shoot_everywhere("held-back")
    await editor.replaces("src/App.tsx", "([] as string[][])[0].length;\n  return (", "return (")
    await expect(alert).to_be_hidden()

    await page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share the preview")
    await dialog.get_by_role("button", name="Create link").click()
    link = await dialog.get_by_role("button", name="Copy").get_attribute("title")
    assert link is not None
    await creator.shoot_everywhere("share")
    stranger = await open_another()
    await stranger.page.goto(link)
    await expect(stranger.page.locator("h1").first).to_have_text(shown)
    await dialog.get_by_role("button", name="Revoke this link").click()
    await expect(stranger.page.get_by_text("This link has ended")).to_be_visible()
