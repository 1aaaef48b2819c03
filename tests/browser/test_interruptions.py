"""Journey 6: a turn that is stopped, reloaded, watched from two tabs, and cut off from the web process."""

import asyncio
import re

import psutil
import pytest
from playwright.async_api import expect

from tests.browser.editor import Editor, describe, describe_and_watch
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PROMPT = "a reading list with author, pages, rating and notes"


async def story(editor: Editor) -> str:
    """What the chat says about the latest turn, without how long ago that was."""
    record = await editor.open_record()
    await expect(record).to_contain_text(re.compile(r"\+\d"))  # how much came in each file is read when it is opened
    told = await editor.turns.last.inner_text()
    return "\n".join(line for line in told.splitlines() if "ago" not in line and "just now" not in line)


async def story_afterwards(visitor: Visitor, slug: str) -> str:
    """The same, read by somebody who comes when all is over."""
    late = Editor(await visitor.open_tab(), slug)
    await late.open()
    await late.reaches(1)
    return await story(late)


async def test_stop_ends_a_turn_and_keeps_what_is_complete(creator: Visitor) -> None:
    editor = await describe_and_watch(creator, PROMPT)
    with creator.product.pausing():
        await creator.shoot("running")
        await creator.press("Stop")
    await expect(editor.turns.last).to_have_attribute("data-status", "stopped")
    await creator.shoot("stopped")


async def test_after_a_reload_the_same_turn_goes_on(creator: Visitor) -> None:
    editor = await describe_and_watch(creator, PROMPT)
    with creator.product.pausing():
        await creator.reload()
        await editor.is_writing()
        await creator.shoot("reloaded")
    await editor.reaches(1)
    assert await story(editor) == await story_afterwards(creator, editor.slug)


async def test_two_tabs_show_the_same_turn(creator: Visitor) -> None:
    editor = await describe(creator, PROMPT)
    second = Editor(await creator.open_tab(), editor.slug)
    await second.open()
    await asyncio.gather(editor.reaches(1), second.reaches(1))
    assert await story(editor) == await story(second)


async def test_a_message_that_is_sent_meanwhile_waits_its_turn(creator: Visitor) -> None:
    editor = await describe_and_watch(creator, PROMPT)
    with creator.product.pausing():
        await editor.says("make it dark green")
        await expect(editor.turns.last).to_contain_text("Waits for the turn before it")
        await creator.shoot("waiting")
    await editor.reaches(2)
    assert await editor.turns.count() == 2


async def test_a_turn_goes_on_in_the_page_when_the_web_process_was_killed(creator: Visitor) -> None:
    editor = await describe_and_watch(creator, PROMPT)
    psutil.Process(creator.product.parts()["web"]).kill()
    await creator.page.wait_for_timeout(100)
    await creator.shoot("web-killed")
    await editor.reaches(1)
    await asyncio.to_thread(creator.product.wait_until_healthy)
    creator.complaints.clear()  # that the connection was lost is no surprise
    assert await story(editor) == await story_afterwards(creator, editor.slug)


async def test_a_preview_comes_back_when_the_bundler_was_killed(creator: Visitor) -> None:
    editor = await describe(creator, PROMPT)
    await editor.reaches(1)
    shown = await editor.heading()
    psutil.Process(creator.product.parts()["bundler"]).kill()
    await creator.page.wait_for_timeout(300)
    await creator.shoot("bundler-killed")
    await asyncio.to_thread(creator.product.wait_until_healthy)
    await editor.says("make it dark green")
    await editor.reaches(2)
    await editor.shows(shown)
    creator.complaints.clear()
