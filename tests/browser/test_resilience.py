"""Journeys through what happens to a page on a bad day: a deploy, a laptop that sleeps, a connection that is cut."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from uuid import uuid4

import psutil
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect
from sqlmodel import col, select

from overskill.models import App, ChatMessage, Generation, GenerationStatus, MessageAuthor
from overskill.services.apps import read_files
from tests.browser.editor import Editor, describe, describe_and_watch
from tests.browser.visitor import PASSWORD, Visitor, open_visitor
from tests.support_deploys import Deploys, deployed_product
from tests.support_line import Line
from tests.support_product import Product
from tests.support_waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

FILE = "src/App.tsx"
DRAFT = "make it dark"
NOT_BY_ITSELF = "sessionStorage.setItem('overskill:reloaded', '9000000000000')"  # the page waits for the button


@pytest.fixture(scope="module")
def deploys() -> Iterator[Deploys]:
    """A product of its own: what happens here to its web process would disturb other journeys."""
    with deployed_product() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def line(deploys: Deploys) -> AsyncIterator[Line]:
    async with Line(deploys.public_port, to=deploys.product.ports.web) as carrying:
        yield carrying


@pytest_asyncio.fixture(loop_scope="session")
async def reader(browser: Browser, deploys: Deploys, line: Line) -> AsyncIterator[Visitor]:
    """Somebody who is signed in, at the other end of the line."""
    visitor = await open_visitor(deploys.public, browser, "resilience")
    await visitor.sign_up(f"ada-{uuid4().hex[:6]}@example.com", PASSWORD, name="Ada Lovelace")
    yield visitor
    await visitor.page.context.close()


async def test_a_deploy_while_somebody_types_loses_nothing(reader: Visitor, deploys: Deploys) -> None:
    editor = await describe(reader, "a reading list")
    await editor.reaches(1)
    await message(editor.page).fill(DRAFT)
    await open_code(editor)
    await editor.page.evaluate("window.isTheSamePage = true")

    typed = await type_until(editor.page, asyncio.create_task(asyncio.to_thread(deploys.deploy)))
    await reader.settle()
    await expect(saved(editor.page)).to_have_text("Saved")
    assert typed in stored(deploys.product, editor.slug)
    assert await editor.page.evaluate("window.isTheSamePage")
    await expect(message(editor.page)).to_have_value(DRAFT)

    await editor.says(f"{DRAFT} green")
    await asyncio.to_thread(deploys.deploy)  # while its turn is under way
    await editor.reaches(3)  # what was typed made the second
    assert messages(deploys.product, editor.slug) == ["a reading list", f"{DRAFT} green"]

    await editor.tab("Visual")  # its code is fetched only now, from a build that is served no more
    await expect(editor.page.frame_locator("#panel-visual iframe").locator("body")).to_be_visible()


async def test_a_page_that_no_longer_fits_says_so_and_is_loaded_anew_with_all_that_was_typed(
    reader: Visitor, deploys: Deploys
) -> None:
    await asyncio.to_thread(deploys.deploy, is_of_other_states=True)
    await reader.page.add_init_script(NOT_BY_ITSELF)
    editor = await describe(reader, "a recipe box")
    await editor.reaches(1)
    notice = editor.page.get_by_role("status").filter(has_text="OverSkill was updated")
    await expect(notice).to_be_visible()
    await reader.shoot_everywhere("updated")
    await message(editor.page).fill(DRAFT)
    await open_code(editor)
    await editor.page.keyboard.type("typed before")
    await asyncio.to_thread(deploys.deploy)

    reader.alive.clear()
    await reader.press("Reload now")
    await reader.is_alive()
    await expect(text(editor.page)).to_contain_text("typed before")
    await expect(message(editor.page)).to_have_value(DRAFT)
    await expect(notice).to_be_hidden()
    await expect(saved(editor.page)).to_have_text("Saved")
    assert "typed before" in stored(deploys.product, editor.slug)


async def test_a_connection_that_is_cut_again_and_again_loses_nothing(
    reader: Visitor, deploys: Deploys, line: Line
) -> None:
    editor = await describe(reader, "a packing list for trips")
    await editor.reaches(1)
    second = Editor(await reader.open_tab(), editor.slug)
    await second.open()
    await open_code(editor)
    typed = ""
    for number in range(8):
        await editor.page.keyboard.type(f"{number} and on ", delay=20)
        typed += f"{number} and on "
        reader.alive.clear()
        line.cut()
    await reader.settle()  # the last letter goes in with the next frame
    await expect(saved(editor.page)).to_have_text("Saved")
    assert typed in stored(deploys.product, editor.slug)

    await reader.is_alive()  # else the line would be silent before the page is back
    line.carries_answers = False
    await send(editor, "make it dark red")
    assert await is_stored(deploys.product, editor.slug, "make it dark red")
    reader.alive.clear()
    line.cut()
    await is_sent(editor, second, "make it dark red")

    await reader.is_alive()
    line.carries_questions = False
    await send(editor, "call it Suitcase")
    await editor.page.wait_for_timeout(100)  # the message goes nowhere
    line.cut()
    await is_sent(editor, second, "call it Suitcase")
    expected = ["a packing list for trips", "make it dark red", "call it Suitcase"]
    assert messages(deploys.product, editor.slug) == expected


async def test_a_laptop_that_slept_wakes_up_to_what_happened(reader: Visitor, deploys: Deploys, line: Line) -> None:
    editor = await describe_and_watch(reader, "a habit tracker with streaks")
    with deploys.product.pausing():
        await message(editor.page).fill(DRAFT)
        sleeping = sleep(line)
    assert await happens(lambda: last_turn(deploys.product, editor.slug).is_final)
    wake(sleeping, line)
    await editor.reaches(1)
    await expect(message(editor.page)).to_have_value(DRAFT)

    await open_code(editor)
    await editor.page.keyboard.type("typed before ")
    sleeping = sleep(line)
    wake(sleeping, line)
    await editor.page.keyboard.type("and after")
    await expect(text(editor.page)).to_contain_text("typed before and after")  # who just woke draws late
    await reader.settle()
    await expect(saved(editor.page)).to_have_text("Saved")
    assert "typed before and after" in stored(deploys.product, editor.slug)


async def open_code(editor: Editor) -> None:
    """The cursor is in a line of its own at the end of the file."""
    await editor.tab("Code")
    await editor.page.get_by_role("treeitem", name=re.compile(f"^{re.escape(FILE.rpartition('/')[2])}")).click()
    await text(editor.page).click()
    await editor.page.keyboard.press("ControlOrMeta+End")
    await editor.page.keyboard.type("// ")


async def type_until(page: Page, done: asyncio.Task[None]) -> str:
    """Type numbers until this is done, and a few more."""
    typed, left = "", 5
    for number in count(1):
        await page.keyboard.type(f"{number} ", delay=20)
        typed += f"{number} "
        left -= done.done()
        if not left:
            break
    await done
    return typed


async def send(editor: Editor, words: str) -> None:
    await message(editor.page).fill(words)
    await message(editor.page).press("Enter")


async def is_sent(editor: Editor, second: Editor, words: str) -> None:
    """Once, in both tabs, and the box is empty again."""
    await expect(message(editor.page)).to_have_value("")
    for each in (editor, second):
        await expect(each.turns.filter(has_text=words)).to_have_count(1)


async def happens(condition: Callable[[], bool]) -> bool:
    """Whether it becomes true, while the line goes on."""
    return await asyncio.to_thread(eventually, condition)


async def is_stored(product: Product, slug: str, words: str) -> bool:
    return await happens(lambda: messages(product, slug)[-1:] == [words])


def sleep(line: Line) -> list[psutil.Process]:
    """The browser stands still, all of it, and who spoke with it takes it for gone."""
    programs = [child for child in psutil.Process().children(recursive=True) if is_of_browser(child)]
    assert programs
    for program in programs:
        with contextlib.suppress(psutil.NoSuchProcess):  # of a frame that is gone it ends by itself
            program.suspend()
    line.forget_browser()
    return programs


def wake(programs: list[psutil.Process], line: Line) -> None:
    """As the system does: it tells the browser that no connection of before holds."""
    line.cut()
    for program in programs:
        with contextlib.suppress(psutil.NoSuchProcess):
            program.resume()


def is_of_browser(process: psutil.Process) -> bool:
    return "chrom" in process.name().lower()


def last_turn(product: Product, slug: str) -> GenerationStatus:
    with product.session() as session:
        query = select(Generation.status).join(App, col(App.id) == Generation.app_id).where(App.slug == slug)
        return session.exec(query.order_by(col(Generation.created_at).desc())).all()[0]


def message(page: Page) -> Locator:
    return page.get_by_label("Message", exact=True)


def text(page: Page) -> Locator:
    return page.locator("#panel-code .cm-content")


def saved(page: Page) -> Locator:
    """The words under the editor."""
    return page.locator("#panel-code footer").get_by_role("status")


def stored(product: Product, slug: str) -> str:
    """The file, as the server has it."""
    with product.session() as session:
        app = session.exec(select(App).where(App.slug == slug)).one()
        return read_files(session, app.id)[FILE]


def messages(product: Product, slug: str) -> list[str]:
    """What was said in the chat, oldest first."""
    with product.session() as session:
        query = (
            select(ChatMessage.text)
            .join(App, col(App.id) == ChatMessage.app_id)
            .where(App.slug == slug, ChatMessage.author == MessageAuthor.USER)
        )
        return list(session.exec(query.order_by(col(ChatMessage.created_at))))
