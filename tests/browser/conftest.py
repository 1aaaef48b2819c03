"""One running product and one browser for all journeys; a visitor of its own for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from uuid import uuid4

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.visitor import PASSWORD, Account, Visitor, launch, open_visitor
from tests.support_browser import find_browser
from tests.support_product import Product, running_product

FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """Recipes write its apps."""
    with running_product() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if find_browser() is None:
        pytest.skip("No Chromium or Chrome was found.")
    async with async_playwright() as playwright:
        launched = await launch(playwright)
        yield launched
        await launched.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell `open_another` how the test went."""
    report = yield
    item.stash.setdefault(FAILED, False)
    item.stash[FAILED] |= report.failed
    return report


OpenVisitor = Callable[[], Awaitable[Visitor]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_another(
    browser: Browser, product: Product, request: pytest.FixtureRequest
) -> AsyncIterator[OpenVisitor]:
    """Opens one more browser profile: no cookies, nothing cached. What went wrong in any of them fails the test."""
    opened: list[Visitor] = []

    async def open_one() -> Visitor:
        journey = request.module.__name__.rpartition("test_")[2].replace("_", "-")
        opened.append(await open_visitor(product, browser, journey))
        return opened[-1]

    yield open_one
    for number, visitor in enumerate(opened, start=1):
        if request.node.stash[FAILED]:
            await visitor.picture(f"failed-{request.node.name}-{number}")
        await visitor.page.context.close()
    complaints = "\n".join(complaint for visitor in opened for complaint in visitor.complaints)
    assert not complaints, complaints


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(open_another: OpenVisitor) -> Visitor:
    """Somebody who was never here."""
    return await open_another()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def account(browser: Browser, product: Product) -> Account:
    """An account that several journeys share: an instance lets an address sign up ten times an hour."""
    signing_up = await open_visitor(product, browser, "account")
    made = await signing_up.sign_up(f"ada-{uuid4().hex[:6]}@example.com", PASSWORD, name="Ada Lovelace")
    await signing_up.page.context.close()
    return made


@pytest_asyncio.fixture(loop_scope="session")
async def creator(open_another: OpenVisitor, account: Account) -> Visitor:
    """Somebody who is signed in."""
    visitor = await open_another()
    await visitor.bring(account)
    return visitor
