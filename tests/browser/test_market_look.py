"""Journey: a stranger looks around a full marketplace, by keyboard and on a phone, and axe looks at each page."""

import asyncio
import re
from collections.abc import Iterator

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.visitor import Visitor
from tests.support_product import COMMAND_SECONDS, Product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def samples(product: Product) -> Iterator[None]:
    """Of creators, listings, sales and reviews; taken away again."""
    assert product.begin("seed", "--listings", "60").wait(COMMAND_SECONDS) == 0
    yield
    assert product.begin("seed", "--clear").wait(COMMAND_SECONDS) == 0


@pytest.mark.usefixtures("samples")
async def test_a_stranger_looks_around_by_keyboard_and_on_a_phone(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.visit("/explore")
    await expect(page.get_by_role("heading", name="Trending now")).to_be_visible()
    await visitor.shoot_everywhere("explore", whole=True)

    await searches_by_keyboard(visitor)
    await filters_on_a_phone(visitor)

    await visitor.visit("/explore?sort=top")
    await page.locator("#results h3 a").first.click()
    await page.wait_for_url("**/apps/*")
    await expect(page.get_by_role("heading", name="Reviews", exact=True)).to_be_visible()
    await visitor.shoot_everywhere("listing", whole=True)
    await page.get_by_label("Get this app").locator('a[href^="/creators/"]').first.click()
    await page.wait_for_url("**/creators/*")
    await expect(page.get_by_role("heading", name="Apps", exact=True)).to_be_visible()
    await visitor.shoot_everywhere("creator", whole=True)

    for missing in ("/apps/nothing", "/creators/nobody", "/bundles/nothing"):
        answer = await page.request.get(f"{visitor.product.url}{missing}")
        assert answer.status == 404
        await visitor.visit(missing)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await visitor.audit(missing)


async def searches_by_keyboard(visitor: Visitor) -> None:
    """Letters typed while the first word is looked for stay in the box."""
    page = visitor.page
    box = page.get_by_role("combobox")
    await page.keyboard.press("/")
    await expect(box).to_be_focused()
    await page.keyboard.type("trakcer")
    await page.keyboard.press("Enter")
    await page.keyboard.type(" for")
    await expect(page.get_by_text("Showing apps for")).to_be_visible()
    await expect(box).to_have_value("trakcer for")
    await visitor.shoot_everywhere("corrected")


async def filters_on_a_phone(visitor: Visitor) -> None:
    page = visitor.page
    await page.set_viewport_size(ViewportSize(width=390, height=844))
    await visitor.visit("/explore?category=productivity")
    await page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog", name="Filters")
    await sheet.get_by_role("link", name="Free", exact=True).click()
    await page.wait_for_url(re.compile("price=free"))
    await expect(sheet.get_by_role("link", name="Free", exact=True)).to_have_attribute("aria-current", "true")
    await asyncio.gather(visitor.settle(), expect(sheet).to_be_visible())
    await visitor.picture("filters-390-light")
    await visitor.judge("the filters")
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await page.go_back()
    await expect(page.get_by_role("heading", name="Productivity")).to_be_visible()
    await expect(page.get_by_text("Clear all")).to_be_hidden()
    await page.set_viewport_size(ViewportSize(width=1440, height=900))
