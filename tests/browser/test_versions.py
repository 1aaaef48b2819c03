"""Journey: versions are compared, named and kept; a file of an older one comes back, another app begins from it."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGE = "src/pages/today-page.tsx"


async def test_versions_are_compared_kept_taken_from_and_branched_off(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    await editor.replaces(PAGE, 'title="Today"', 'title="This day"')
    await editor.shows("This day")
    await editor.says("make it dark green")
    await editor.reaches(3)

    page, versions = creator.page, await editor.tab("Versions")
    await versions.get_by_role("button", name="Version 3:").click()
    compared = versions.get_by_label("Compared with")
    await compared.select_option("1")
    files = versions.get_by_role("list", name="Files")
    await expect(files).to_contain_text(PAGE)
    await expect(files).to_contain_text("src/index.css")
    await compared.select_option("2")
    await expect(files).not_to_contain_text(PAGE)
    await creator.shoot_everywhere("compared")

    await versions.get_by_role("button", name="Version 1:").click()
    await versions.get_by_title("Name this version").click()
    await versions.get_by_label("Name of the version").fill("As it began")
    await page.keyboard.press("Enter")
    await versions.get_by_role("button", name="Pin", exact=True).click()
    await expect(versions.get_by_role("button", name="Unpin")).to_be_visible()
    await versions.get_by_text("Kept", exact=True).click()
    await expect(versions.get_by_role("button", name=re.compile("^Version [23]:"))).to_have_count(0)
    await expect(versions.get_by_role("button", name="Version 1:")).to_contain_text("As it began")
    await versions.get_by_text("All", exact=True).click()

    await compared.select_option("3")
    await versions.get_by_label(f"Restore {PAGE}").check()
    await versions.get_by_role("button", name="Restore 1 file").click()
    await expect(versions.get_by_role("button", name="Version 4:")).to_contain_text("Now")
    await expect(editor.preview.locator("h1").first).to_have_text("Today")

    await versions.get_by_role("button", name="Version 1: As it began", exact=True).click()
    await versions.get_by_role("button", name="Restore this version").click()
    await expect(versions.get_by_role("button", name="Version 5:")).to_contain_text("Now")
    await expect(versions.get_by_text("The app has these files now")).to_be_visible()
    await expect(versions.get_by_role("button", name="Restore this version")).to_have_count(0)
    await expect(files).to_contain_text(PAGE)
    await expect(versions.get_by_label(f"Restore {PAGE}")).to_have_count(0)
    await creator.shoot_everywhere("gone-back")

    await versions.get_by_role("button", name="Version 2:").click()
    await versions.get_by_role("button", name="Branch from here").click()
    await expect(page).not_to_have_url(re.compile(f"/{re.escape(editor.slug)}$"))
    await expect(editor.preview.locator("h1").first).to_have_text("This day")
