"""Rows of links and of choices that are wider than a phone: they show that they go on, and what is chosen."""

import re

import pytest
from playwright.async_api import expect

from overskill.services.accounts.sessions import Visitor as Device
from overskill.services.accounts.sessions import open_session
from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import Account, Visitor
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.support_product import Product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MORE = re.compile("start|end|both")
IS_SEEN_WHOLE = """
one => {
  const row = one.closest(".scroll-row").getBoundingClientRect();
  const { left, right } = one.getBoundingClientRect();
  return left >= row.left && right <= row.right && left >= 0 && right <= innerWidth;
}
"""


async def test_a_row_of_choices_fades_where_it_goes_on_and_shows_the_chosen_one(
    open_another: OpenVisitor, product: Product
) -> None:
    visitor = await admin(open_another, product)
    page = visitor.page
    await visitor.visit("/admin/costs")
    choices = page.get_by_role("radiogroup", name="Which days")
    await expect(choices).not_to_have_attribute("data-more", MORE)
    async with visitor.seeing(390, "light"):
        await expect(choices).to_have_attribute("data-more", "end")
        await choices.get_by_role("radio").first.focus()
        await page.keyboard.press("End")
        chosen = choices.get_by_role("radio", name="Last month", checked=True)
        await expect(chosen).to_be_focused()
        await expect(choices).to_have_attribute("data-more", "start")
        assert await chosen.evaluate(IS_SEEN_WHOLE)


@pytest.mark.parametrize(
    ("path", "row", "more"),
    [("/admin/reports", "Admin's desk", "start"), ("/sell/earnings", "Selling", "both"), ("/sell", "Selling", "end")],
)
async def test_a_row_of_links_begins_with_the_page_that_is_open(
    open_another: OpenVisitor, product: Product, path: str, row: str, more: str
) -> None:
    visitor = await admin(open_another, product)
    await visitor.visit(path)
    links = visitor.page.get_by_role("navigation", name=row)
    await expect(links).not_to_have_attribute("data-more", MORE)
    async with visitor.seeing(390, "light"):
        await expect(links).to_have_attribute("data-more", more)
        assert await links.locator("[aria-current=page]").evaluate(IS_SEEN_WHOLE)


async def test_orders_and_categories_of_explore_show_the_chosen_one_on_a_phone(
    open_another: OpenVisitor, product: Product
) -> None:
    with product.session() as session:
        make_offer(session, make_listing(session, title="Pots"))
        session.commit()
    visitor = await open_another()
    page = visitor.page
    await visitor.visit("/explore")
    async with visitor.seeing(390, "light"):
        for name in ("Order", "Categories"):
            row = page.get_by_role("navigation", name=name)
            await expect(row).to_have_attribute("data-more", "end")
            last = row.get_by_role("link").last
            await last.click()
            await expect(last).to_have_attribute("aria-current", "true")
            await expect(row).to_have_attribute("data-more", "start")
            assert await last.evaluate(IS_SEEN_WHOLE)


async def admin(open_another: OpenVisitor, product: Product) -> Visitor:
    """Who sells, too."""
    with product.session() as session:
        user = make_user(session, is_admin=True)
        make_creator(session, user)
        cookie = open_session(session, user.id, Device())
        session.commit()
    visitor = await open_another()
    await visitor.bring(Account("", "", cookie))
    return visitor
