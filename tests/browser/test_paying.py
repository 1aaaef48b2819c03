"""Journey 10: payouts set up; a subscription with a code, late, gone on with, ended; a guest pays what they want."""

import re
import time
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import OpenVisitor
from tests.browser.editor import Editor, describe
from tests.browser.seller import add_picture, begin_listing, save_prices, submit, write_words
from tests.browser.visitor import PASSWORD, PATIENCE_MILLISECONDS, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_payouts_are_set_up_and_subscriptions_are_paid_renewed_and_ended(
    creator: Visitor, open_another: OpenVisitor
) -> None:
    title = f"Shelf {uuid4().hex[:6]}"
    address = await sells(creator, await describe(creator, "a reading list"), title)
    await sets_payouts_up(creator)

    buyer = await open_another()
    await buyer.sign_up(f"grace-{uuid4().hex[:6]}@example.com", PASSWORD, name="Grace Hopper")
    await subscribes(buyer, address)
    await is_late_and_goes_on(buyer)
    await ends_it(buyer)

    guest = await open_another()
    await pays_what_they_want(guest, address)


async def sells(visitor: Visitor, editor: Editor, title: str) -> str:
    """By the month, with a code; and for what somebody wants to pay. Returns the address of its page."""
    page = visitor.page
    await editor.reaches(1)
    desk = await begin_listing(visitor, editor.slug)
    await write_words(visitor, title=title, tagline="What you read, and what waits")
    await add_picture(visitor)
    await page.locator("select[name=copy_model]").select_option("subscription")
    await page.locator("input[name=copy_price]").fill("5.00")
    await page.locator("select[name=source_model]").select_option("pay_what_you_want")
    await page.locator("input[name=source_price]").fill("2.00")
    await save_prices(visitor)
    await page.get_by_role("tab", name="Discounts").click()
    await page.locator("#coupon-code").fill("READER")
    await page.locator("#coupon-percent").fill("20")
    await visitor.press("Add discount")
    await expect(page.get_by_text("READER")).to_be_visible()
    await submit(visitor)
    await expect(page.get_by_text("Published", exact=True).first).to_be_visible()
    return desk.replace("/sell/", "/apps/")


async def sets_payouts_up(visitor: Visitor) -> None:
    """Left half-way, gone on with, asked for more, and then in order."""
    page = visitor.page
    await visitor.visit("/sell/earnings")
    await page.get_by_label("Your country").select_option("Germany")
    await visitor.press("Set up payouts")
    await page.wait_for_url("**/test-onboarding/*")
    await visitor.shoot_everywhere("onboarding", whole=True)
    await page.get_by_role("link", name="Not now").click()
    await expect(page.get_by_text("Your account is not finished")).to_be_visible()
    await visitor.press("Go on")
    await page.wait_for_url("**/test-onboarding/*")
    await page.get_by_text("More that can happen").click()
    await visitor.press("Stripe wants to see a document")
    await expect(page.get_by_text("It asks for a document that shows who you are")).to_be_visible()
    await visitor.shoot_everywhere("account-wanted")
    await visitor.press("Answer Stripe")
    await page.wait_for_url("**/test-onboarding/*")
    await visitor.press("Agree and go on")
    await expect(page.get_by_text("Payouts are set up")).to_be_visible()


async def subscribes(visitor: Visitor, address: str) -> None:
    """With a code, by keyboard alone on the payment page, after a card that was declined."""
    page = visitor.page
    await visitor.visit(address)
    await page.get_by_text("Have a code?").click()
    await page.locator("#coupon").fill("reader")
    await visitor.press("Use")
    await expect(page.get_by_text("READER counts")).to_be_visible()
    await visitor.press("Subscribe")
    await page.wait_for_url("**/test-checkout/*")
    await visitor.shoot_everywhere("payment", whole=True)
    await visitor.press("Let the card be declined")
    await expect(page.get_by_role("alert")).to_contain_text("Your card was declined")
    await visitor.shoot_everywhere("declined", whole=True)
    await press_by_keyboard(page, page.get_by_role("button", name="Pay $4.00"))
    await page.wait_for_url("**/checkout/done/*")
    await expect(page.get_by_text("It is yours, and ready")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="Paid already")).to_be_visible()
    await visitor.shoot_everywhere("paid-already")


async def press_by_keyboard(page: Page, button: Locator) -> None:
    await page.locator("select").focus()
    for _ in range(10):
        await page.keyboard.press("Tab")
        if await button.evaluate("(it) => it === document.activeElement"):
            break
    await page.keyboard.press("Enter")


async def is_late_and_goes_on(visitor: Visitor) -> None:
    """The next payment is declined, then made with another card; the library says so each time."""
    page = visitor.page
    await library_says(visitor, re.compile(r"\$4\.00 each month"))
    await library_says(visitor, re.compile("Renews "))
    await visitor.shoot_everywhere("subscribed", whole=True)
    await chooses(page, "Card and payments")
    await page.wait_for_url("**/test-portal/*")
    await visitor.press("Let its payments be declined")
    await visitor.press("Let the next payment come now")
    await expect(page.get_by_text("The payment is late.")).to_be_visible()
    await visitor.shoot_everywhere("portal-late", whole=True)
    await library_says(visitor, re.compile("The last payment was declined"))
    await visitor.shoot_everywhere("late", whole=True)
    await page.get_by_role("link", name="Change the card").click()
    await page.wait_for_url("**/test-portal/*")
    await visitor.press("Use a card that works")
    await expect(page.get_by_text(re.compile("The next payment is on"))).to_be_visible()
    await expect(page.get_by_role("row")).to_have_count(2)
    await visitor.shoot_everywhere("renewed", whole=True)
    await library_says(visitor, re.compile("Renews "))


async def ends_it(visitor: Visitor) -> None:
    page = visitor.page
    await chooses(page, "Cancel the subscription")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("is not paid again")
    await visitor.shoot_everywhere("cancel")
    await dialog.get_by_role("button", name="Cancel the subscription").click()
    await expect(page.get_by_text("You cancelled it.")).to_be_visible()
    await visitor.shoot_everywhere("cancelled", whole=True)
    await visitor.press("Go on with it")
    await expect(page.get_by_text("You cancelled it.")).to_be_hidden()
    await chooses(page, "Cancel the subscription")
    await page.get_by_role("dialog").get_by_role("button", name="Cancel the subscription").click()
    await expect(page.get_by_text("You cancelled it.")).to_be_visible()


async def chooses(page: Page, words: str) -> None:
    await page.get_by_role("button", name=re.compile("More")).first.click()
    await page.get_by_role("menuitem", name=words).click()


async def library_says(visitor: Visitor, words: re.Pattern[str]) -> None:
    """As soon as what happened at Stripe was heard of."""
    deadline = time.monotonic() + PATIENCE_MILLISECONDS / 1_000
    await visitor.visit("/library")
    shown = visitor.page.get_by_text(words).first
    await expect(visitor.page.get_by_role("heading", level=2).first).to_be_visible()
    while not await shown.is_visible() and time.monotonic() < deadline:
        await visitor.reload()
        await expect(visitor.page.get_by_role("heading", level=2).first).to_be_visible()
    await expect(shown).to_be_visible()


async def pays_what_they_want(visitor: Visitor, address: str) -> None:
    page = visitor.page
    await visitor.visit(address)
    await page.get_by_role("radio").last.check()
    await page.get_by_label("What you want to pay").fill("1.99")
    await page.get_by_label("Your email").fill(f"guest-{uuid4().hex[:6]}@example.com")
    await visitor.press("Continue to payment")
    await expect(page.get_by_text(re.compile(r"It costs at least \$2\.00")).first).to_be_visible()
    await page.get_by_label("What you want to pay").fill("7.50")
    await visitor.press("Continue to payment")
    await page.wait_for_url("**/test-checkout/*")
    await visitor.press("Pay $7.50")
    await page.wait_for_url("**/checkout/done/*")
    await expect(page.get_by_text("It is yours, and ready")).to_be_visible()
    await visitor.shoot_everywhere("paid-as-wanted", whole=True)
