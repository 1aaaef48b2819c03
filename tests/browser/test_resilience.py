"""Journeys through what happens to a page on a bad day: a deploy, a laptop that sleeps, a connection that is cut."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from itertools import count
from uuid import uuid4

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect
from sqlmodel import col, select

from overskill.models import App, ChatMessage, MessageAuthor
from overskill.services.apps import read_files
from tests.browser.editor import Editor, describe
from tests.browser.visitor import PASSWORD, Visitor, open_visitor
from tests.support_deploys import Deploys, deployed_product
from tests.support_product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

FILE = "src/App.tsx"
DRAFT = "make it dark"


@pytest.fixture(scope="module")
def deploys() -> Iterator[Deploys]:
    """A product of its own: what happens here to its web process would disturb other journeys."""
    with deployed_product() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def reader(browser: Browser, deploys: Deploys) -> AsyncIterator[Visitor]:
    """Somebody who is signed in."""
    visitor = await open_visitor(deploys.product, browser, "resilience")
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
    await expect(saved(editor.page)).to_have_text("Saved")
    assert typed in stored(deploys.product, editor.slug)
    assert await editor.page.evaluate("window.isTheSamePage")
    await expect(message(editor.page)).to_have_value(DRAFT)

    await editor.says(f"{DRAFT} green")
    await editor.reaches(3)  # what was typed made the second
    assert messages(deploys.product, editor.slug) == ["a reading list", f"{DRAFT} green"]


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
