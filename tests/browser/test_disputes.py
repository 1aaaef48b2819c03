"""Journey 10: a bank takes a payment back; its creator answers, and loses nothing that was written on the way."""

import time
from uuid import uuid4

import pytest
from playwright.async_api import expect

from overskill.services.accounts.sessions import Visitor as Device
from overskill.services.accounts.sessions import open_session
from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import PASSWORD, PATIENCE_MILLISECONDS, Account, Visitor
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.support_product import Product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SIDE = "They used it every day for a week."


async def test_a_bank_is_answered_after_the_dialog_was_left(open_another: OpenVisitor, product: Product) -> None:
    with product.session() as session:
        maker = make_creator(session, make_user(session))
        listing = make_listing(session, maker, title="Pots")
        make_offer(session, listing, amount=1200)
        cookie, slug = open_session(session, maker.user_id, Device()), listing.slug
        session.commit()
    buyer, seller = await open_another(), await open_another()
    await buyer.sign_up(f"grace-{uuid4().hex[:6]}@example.com", PASSWORD, name="Grace Hopper")
    await pays_and_takes_back(buyer, slug)
    await buyer.shoot_everywhere("library", whole=True)
    facts = buyer.page.locator(".facts > span")
    dots = await facts.evaluate_all("all => all.map((one) => getComputedStyle(one, '::after').content)")
    assert dots.count('"·"') == 3  # between kind, release, price and the note about the test

    page = seller.page
    await seller.bring(Account("", "", cookie))
    await seller.visit("/sell/refunds")
    await seller.shoot_everywhere("disputes", whole=True)
    await seller.press("Answer")
    await page.locator("#dispute-text").fill(SIDE)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await seller.reload()
    await seller.press("Answer")
    await expect(page.locator("#dispute-text")).to_have_value(SIDE)
    await seller.shoot_everywhere("answer")

    await page.context.set_offline(True)  # the box and the button need no server
    await page.get_by_label("Send it to the bank").check()
    await expect(page.get_by_role("button", name="Send it to the bank")).to_be_visible()
    await expect(page.get_by_role("button", name="Keep it")).to_be_hidden()
    await page.context.set_offline(False)
    await seller.press("Send it to the bank")
    await expect(page.get_by_text("The bank gets it now")).to_be_visible()
    await expect(page.get_by_role("button", name="Answer")).to_be_hidden()


async def pays_and_takes_back(visitor: Visitor, slug: str) -> None:
    page = visitor.page
    await visitor.visit(f"/apps/{slug}")
    await page.get_by_role("button", name="Buy now").first.click()
    await page.wait_for_url("**/test-checkout/*")
    await page.get_by_text("More that can happen").click()
    await visitor.press("Pay, and let the bank take it back later")
    await page.wait_for_url("**/checkout/done/*")
    noted = page.get_by_text("Your bank disputes this payment")
    deadline = time.monotonic() + PATIENCE_MILLISECONDS / 1_000
    await visitor.visit("/library")
    while not await noted.is_visible() and time.monotonic() < deadline:  # jobs work through what Stripe tells
        await visitor.reload()
    await expect(noted).to_be_visible()
