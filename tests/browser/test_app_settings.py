"""Journey: an app gets an icon, an address and a variable, is taken along as a zip and brought back as an app."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SECRET = "sk-never-shown-again"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#c2410c"/></svg>'


async def test_an_app_is_set_up_taken_along_and_brought_back(creator: Visitor) -> None:
    page = creator.page
    editor = await describe(creator, "a reading list")
    await editor.reaches(1)
    panel = await editor.tab("Settings")

    await panel.get_by_label("Choose an icon").set_input_files(
        {"name": "icon.svg", "mimeType": "image/svg+xml", "buffer": DRAWING.encode()}
    )
    await expect(panel.locator("img[src^='/icons/']")).to_be_visible()
    await panel.get_by_label("Name", exact=True).first.fill("Paper trail")
    await panel.get_by_label("Address", exact=True).fill(f"{editor.slug}-2")
    await panel.get_by_role("button", name="Save").click()
    await expect(page).to_have_url(re.compile(f"/studio/{editor.slug}-2$"))
    await expect(page.get_by_role("banner")).to_contain_text("Paper trail")

    await panel.locator("#variable-name").fill("VITE_GREETING")
    await panel.locator("#variable-value").fill("hello")
    await panel.get_by_role("button", name="Set variable").click()
    await expect(panel.get_by_text("VITE_GREETING").first).to_be_visible()
    await panel.get_by_role("radio", name="Production").click()
    await expect(panel.get_by_text("VITE_GREETING")).to_have_count(0)  # each environment has its own
    await panel.locator("#variable-name").fill("MAIL_KEY")
    await panel.locator("#variable-value").fill(SECRET)
    await panel.get_by_role("button", name="Set variable").click()
    await expect(panel.get_by_text("MAIL_KEY").first).to_be_visible()
    await creator.reload()
    await panel.get_by_role("radio", name="Production").click()
    await expect(panel.get_by_text("MAIL_KEY").first).to_be_visible()
    assert SECRET not in await page.content()
    assert SECRET not in await page.evaluate("[...document.querySelectorAll('input')].map(({ value }) => value)")
    await expect(panel.get_by_role("listitem").filter(has_text="react-dom")).to_contain_text("MIT")
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the page itself scrolls"
    await creator.shoot_everywhere("variables")
    await panel.get_by_role("heading", name="General").scroll_into_view_if_needed()
    await creator.shoot_everywhere("general")
    await panel.get_by_role("heading", name="Danger zone").scroll_into_view_if_needed()
    await creator.shoot("danger")

    async with page.expect_download() as downloading:
        await panel.get_by_role("link", name="Export").click()
    zipped = await (await downloading.value).path()

    await creator.visit("/studio")
    await page.get_by_label("Choose a zip").set_input_files(zipped)
    report = page.get_by_role("dialog")
    await expect(report.get_by_role("button", name=re.compile(r"^Import \d+ files$"))).to_be_enabled()
    await creator.shoot_everywhere("import")
    await report.get_by_role("button", name=re.compile(r"^Import \d+ files$")).click()
    await page.wait_for_url(re.compile(r"/studio/[a-z0-9-]+$"))
    versions = await editor.tab("Versions")
    await expect(versions.get_by_text("Imported from").first).to_be_visible()
