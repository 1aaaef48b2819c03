"""A file that a person and a turn wrote at the same time: the person's stays until somebody chooses in the chat."""

import pytest
from playwright.async_api import expect

from tests.browser.editor import describe_and_watch
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

APP = "src/App.tsx"


async def test_what_a_person_wrote_stays_until_the_turns_is_taken(creator: Visitor) -> None:
    editor = await describe_and_watch(creator, "a reading list with author, pages, rating and notes")
    with creator.product.pausing():
        await editor.replaces(APP, "This is where your app will be", "By hand")
    await editor.reaches(2)  # 1 is what was written by hand
    await editor.shows("By hand")

    card = editor.turns.last.get_by_role("region", name="Changed by hand, too")
    await card.get_by_role("button", name=f"Compare {APP}").click()
    await expect(card).to_contain_text("As the turn wrote it")
    await expect(card).to_contain_text("By hand")
    await creator.shoot_everywhere("choice")

    await card.get_by_role("button", name=f"Take the turn’s {APP}").click()
    await expect(card).to_be_hidden()
    await expect(editor.preview.locator("body")).not_to_contain_text("By hand")
    await expect(editor.preview.get_by_role("searchbox")).to_be_visible()
    await creator.reload()
    await expect(editor.turns.last).to_contain_text("Version 2")
    await expect(card).to_be_hidden()
