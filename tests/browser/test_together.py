"""Two people of a team in one app: each sees who is there, what is said and what is changed, at once."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenVisitor
from tests.browser.editor import Editor, describe
from tests.browser.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ADDED = "// by Bob\n"


async def test_two_people_work_in_one_app(creator: Visitor, open_another: OpenVisitor) -> None:
    ada = await describe(creator, "a reading list")
    await ada.reaches(1)

    bobs = await open_another()
    await bobs.sign_up(f"bob-{uuid4().hex[:6]}@example.com", PASSWORD, name="Bob Stone")
    await follow(bobs, await invitation(creator))
    bob = Editor(bobs, ada.slug)
    await bob.open()

    await ada.open()
    await expect(ada.page.get_by_role("button", name="Bob Stone is in the preview")).to_be_visible()
    await expect(bob.page.get_by_role("button", name="Ada Lovelace is in the preview")).to_be_visible()

    await bob.tab("Code")
    await ada.page.get_by_role("button", name="Bob Stone is in src/").click()  # goes where he is
    await expect(ada.page.locator("#panel-code")).to_be_visible()
    await change(bob)
    await expect(ada.page.locator(".cm-content")).to_contain_text("by Bob")
    await creator.shoot("code", widths=(1440, 390), schemes=("light", "dark"))

    await ada.says("call it Shelf")
    await expect(bob.turns.last).to_contain_text("call it Shelf")
    await bob.reaches(3)
    await expect(bob.page.locator(".cm-content")).to_contain_text("by Bob")


async def invitation(visitor: Visitor) -> str:
    await visitor.visit("/settings/team")
    await visitor.fill(email=f"bob-{uuid4().hex[:6]}@example.com")
    await visitor.press("Invite")
    link = await visitor.page.get_by_label("The link").inner_text()
    await visitor.shoot_everywhere("team", whole=True)
    return link


async def follow(visitor: Visitor, link: str) -> None:
    await visitor.go(link)
    await visitor.shoot("join", widths=(1440, 390), schemes=("light", "dark"))
    await visitor.press("Join as Bob Stone")
    await visitor.page.wait_for_url("**/studio")


async def change(editor: Editor) -> None:
    """Type at the end of the file that is open."""
    text = editor.page.locator(".cm-content")
    await text.click()
    await editor.page.keyboard.press("ControlOrMeta+End")
    await editor.page.keyboard.type(ADDED)
    await expect(text).to_contain_text("by Bob")
