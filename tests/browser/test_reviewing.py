"""Journey: a buyer says what an app is like, and loses nothing that was written on the way."""

import pytest
from playwright.async_api import expect

from overskill.services.accounts.sessions import Visitor as Device
from overskill.services.accounts.sessions import open_session
from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import Account
from tests.factories import make_user
from tests.market_rows import make_creator, make_license, make_listing, make_offer, make_purchase
from tests.support_product import Product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TEXT = "It does what it says.\nEvery day."


async def test_a_review_is_written_in_two_goes(open_another: OpenVisitor, product: Product) -> None:
    with product.session() as session:
        listing = make_listing(session, make_creator(session, make_user(session)), title="Lists")
        buyer = make_user(session, name="Grace Hopper")
        make_license(session, buyer, make_purchase(session, buyer, make_offer(session, listing))[1])
        cookie, slug = open_session(session, buyer.id, Device()), listing.slug
        session.commit()
    visitor = await open_another()
    page = visitor.page
    await visitor.bring(Account("", "", cookie))
    await visitor.visit(f"/apps/{slug}")
    await visitor.press("Write a review")
    await page.get_by_role("button", name="4 stars").click()
    await page.locator("#review-title").fill("Good")
    await page.locator("#review-text").fill(TEXT)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()

    await visitor.press("Write a review")
    await expect(page.locator("#review-text")).to_have_value(TEXT)
    await expect(page.locator("#review-title")).to_have_value("Good")
    await expect(page.get_by_role("button", name="4 stars")).to_have_attribute("aria-pressed", "true")
    await visitor.shoot_everywhere("review")
    await visitor.press("Publish it")
    await expect(page.get_by_text("Every day.")).to_be_visible()

    await visitor.press("Edit your review")
    await expect(page.locator("#review-text")).to_have_value(TEXT)
    await page.locator("#review-text").fill("It did.")
    await visitor.press("Publish it")
    await expect(page.get_by_text("It did.")).to_be_visible()
    await visitor.press("Edit your review")
    await expect(page.locator("#review-text")).to_have_value("It did.")

    await visitor.press("Delete")
    asked = page.get_by_role("dialog", name="Delete your review?")
    await visitor.shoot_everywhere("delete")
    await asked.get_by_role("button", name="Keep it").click()
    await expect(asked).to_be_hidden()
    await expect(page.locator("#review-text")).to_have_value("It did.")
    await visitor.press("Delete")
    await asked.get_by_role("button", name="Delete it").click()
    await expect(page.get_by_text("Your review is deleted.")).to_be_visible()
    await expect(page.get_by_text("No reviews yet")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
