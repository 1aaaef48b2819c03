"""The chat: what a turn changed, a message sent again, an earlier one found; the palette and the shortcuts."""

import re

import pytest
from playwright.async_api import expect
from sqlmodel import select

from overskill.models import User
from tests.browser.editor import Editor, arrive, describe
from tests.browser.visitor import Account, Visitor
from tests.studio_rows import long_app

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TURNS = 70  # more than come with the page and the first page of earlier ones


async def long_chat(visitor: Visitor, account: Account) -> Editor:
    with visitor.product.session() as session:
        user = session.exec(select(User).where(User.email == account.email)).one()
        slug = long_app(session, user.id, files=3, turns=TURNS)
        session.commit()
    editor = Editor(visitor, slug)
    await editor.open()
    return editor


async def test_a_turn_shows_what_it_changed_and_its_message_is_sent_again(creator: Visitor) -> None:
    page = creator.page
    editor = await describe(creator, "a packing list for trips")
    await editor.reaches(1)
    await editor.says("make it dark green")
    await editor.reaches(2)
    await creator.shoot_everywhere("turn")

    record = await editor.open_record()
    changed = record.get_by_role("list", name="Files").get_by_role("button").first
    await changed.click()
    await expect(record.get_by_role("group", name=re.compile("What changed in"))).to_be_visible()
    await creator.shoot_everywhere("difference")

    await page.get_by_label("Message", exact=True).press("ArrowUp")
    edit = page.get_by_label("Edit the message")
    await edit.fill("make it orange")
    await edit.press("Enter")
    await editor.reaches(4)  # 3 is what was before the message, back again
    folded = page.get_by_text("1 message replaced by an edited one")
    await folded.click()
    await expect(editor.turns.nth(1)).to_contain_text("make it dark green")
    await expect(editor.turns.nth(1)).to_be_visible()
    await creator.shoot("replaced")


async def test_a_suggestion_becomes_a_message_and_a_turn_leads_back_and_off(creator: Visitor) -> None:
    page = creator.page
    editor = await describe(creator, "a packing list for trips")
    await editor.reaches(1)
    await page.get_by_role("group", name="Suggestions").get_by_role("button", name="Make it dark green").click()
    message = page.get_by_label("Message", exact=True)
    await expect(message).to_have_value("Make it dark green")
    await expect(message).to_be_focused()
    await message.press("Enter")
    await editor.reaches(2)
    made = await source_of(creator, editor.slug)

    await editor.turns.first.get_by_role("button", name="Restore").click()
    await expect(editor.turns.first.get_by_text("Now", exact=True)).to_be_visible()
    assert await source_of(creator, editor.slug) != made
    await expect(editor.turns.first.get_by_role("button", name=re.compile("^Version 1"))).to_be_focused()
    await editor.turns.nth(1).get_by_role("button", name=re.compile("^Version 2")).click()
    await editor.turns.nth(1).get_by_role("button", name="Branch from here").click()
    await expect(page).not_to_have_url(re.compile(f"/{re.escape(editor.slug)}$"))
    branch = await arrive(creator)
    await branch.heading()
    assert await source_of(creator, branch.slug) == made


async def source_of(visitor: Visitor, slug: str) -> str:
    answer = await visitor.page.request.get(f"{visitor.product.url}/api/studio/{slug}/files/src/index.css")
    return str((await answer.json())["text"])


async def test_a_long_chat_is_searched_and_the_palette_leads_everywhere(creator: Visitor, account: Account) -> None:
    page = creator.page
    editor = await long_chat(creator, account)
    await expect(editor.turns.last).to_contain_text(f"Message {TURNS - 1}")
    assert await editor.turns.count() < TURNS

    await page.keyboard.press("Control+k")
    await page.keyboard.type("search chat")
    await creator.shoot_everywhere("palette")
    await page.keyboard.press("Enter")
    await page.get_by_label("Search in this chat").fill("message 2:")
    await expect(page.get_by_role("option")).to_contain_text("Message 2:")
    await page.keyboard.press("Enter")
    found = editor.turns.filter(has_text="Message 2:")
    await expect(found).to_be_in_viewport()
    await creator.shoot("found")
    await page.keyboard.press("Escape")

    await page.get_by_role("log").focus()
    await page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(sheet).to_contain_text("Write a message")
    await creator.shoot_everywhere("shortcuts")
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()

    await page.keyboard.press("Control+b")
    await expect(page.get_by_role("log")).to_be_hidden()
    await creator.reload()
    await expect(page.get_by_role("button", name="Show the chat")).to_be_visible()
    await page.keyboard.press("/")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await page.keyboard.type("?/")  # letters, here
    await expect(page.get_by_label("Message", exact=True)).to_have_value("?/")
