"""Journey 9: a creator sells, buyers get copies of their own and keep their changes, and money goes where it should."""

import re
import time
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenVisitor
from tests.browser.editor import Editor, describe
from tests.browser.seller import add_picture, begin_listing, save_prices, submit, write_words
from tests.browser.visitor import PASSWORD, PATIENCE_MILLISECONDS, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_an_app_is_sold_changed_updated_sold_on_and_given_back(
    creator: Visitor, open_another: OpenVisitor
) -> None:
    title = f"Thirsty {uuid4().hex[:6]}"
    original = await describe(creator, "a plant care diary")
    await original.reaches(1)
    address = await sell(creator, original, title, price="12.00", share="20")

    buyer = await open_another()
    await buyer.sign_up(f"grace-{uuid4().hex[:6]}@example.com", PASSWORD, name="Grace Hopper")
    await find(buyer, title)
    await tries(buyer)
    await buys(buyer, "$12.00")
    copy = await edits_own_copy(buyer)
    await copy.says("make it dark green")
    await copy.reaches(2)

    await releases(creator, original, address)
    await takes_the_update(buyer)

    remix = await sell(buyer, copy, f"{title} Noir", price="20.00")
    guest = await open_another()
    await guest.visit(remix)
    await guest.page.get_by_label("Your email").fill(f"guest-{uuid4().hex[:6]}@example.com")
    await buys(guest, "$20.00")

    await earns(creator, "$14.40")  # 90 % of 12, and a fifth of 90 % of 20
    await earns(buyer, "$14.40")  # the rest of 90 % of 20
    await gives_back(buyer)
    await earns(creator, "$3.60")


async def sell(visitor: Visitor, editor: Editor, title: str, *, price: str, share: str = "") -> str:
    """List the app. Returns the address of its page."""
    page = visitor.page
    desk = await begin_listing(visitor, editor.slug)
    await write_words(visitor, title=title, tagline="Plants that stay alive")
    await visitor.shoot_everywhere("words", whole=True)
    await add_picture(visitor)
    await page.locator("select[name=copy_model]").select_option("one_time")
    await page.locator("input[name=copy_price]").fill(price)
    if share:
        await page.locator("input[name=allows_remix]").check()
        await page.locator("[name=remix_percent]").fill(share)
    await save_prices(visitor)
    await visitor.shoot_everywhere("price", whole=True)
    await submit(visitor)
    await expect(page.get_by_text("Published", exact=True).first).to_be_visible()
    await visitor.shoot_everywhere("published", whole=True)
    return desk.replace("/sell/", "/apps/")


async def find(visitor: Visitor, title: str) -> None:
    await visitor.visit("/explore")
    search = visitor.page.get_by_role("combobox").first
    await search.fill(title)
    await search.press("Enter")
    await expect(visitor.page.get_by_role("heading", name=f"“{title}”")).to_be_visible()
    await visitor.shoot_everywhere("found")
    await visitor.page.get_by_role("link", name=re.compile(title)).first.click()
    await visitor.page.wait_for_url("**/apps/*")
    await expect(visitor.page.get_by_role("heading", level=1, name=title)).to_be_visible()
    await visitor.shoot_everywhere("listing", whole=True)


async def tries(visitor: Visitor) -> None:
    await visitor.page.get_by_role("button", name="Try it").first.click()
    frame = visitor.page.frame_locator("iframe").first
    await expect(frame.locator("h1").first).to_be_visible()
    await visitor.shoot("try-out")
    await visitor.page.keyboard.press("Escape")


async def buys(visitor: Visitor, price: str) -> None:
    page: Page = visitor.page
    await page.get_by_role("button", name="Buy now").first.click()
    await page.wait_for_url("**/test-checkout/*")
    await page.get_by_role("button", name=f"Pay {price}").click()
    await page.wait_for_url("**/checkout/done/*")
    await expect(page.get_by_text("It is yours, and ready")).to_be_visible()
    await visitor.shoot_everywhere("bought")


async def edits_own_copy(visitor: Visitor) -> Editor:
    await visitor.visit("/library")
    await visitor.shoot_everywhere("library", whole=True)
    await visitor.page.get_by_role("link", name="Edit in the studio").first.click()
    await visitor.page.wait_for_url("**/studio/*")
    editor = Editor(visitor, visitor.page.url.rpartition("/")[2])
    await editor.open()
    return editor


async def releases(visitor: Visitor, editor: Editor, address: str) -> None:
    """A second release of the app, with a field more."""
    await editor.open()
    await editor.says("add a nickname field")
    await editor.reaches(2)
    await visitor.visit(address.replace("/apps/", "/sell/"))
    await visitor.page.get_by_role("tab", name="Releases").click()
    await visitor.page.get_by_label("Notes", exact=True).fill("A nickname for each plant.")
    await visitor.press("Make release")
    await expect(visitor.page.get_by_text("Release 2").first).to_be_visible()


async def takes_the_update(visitor: Visitor) -> None:
    page = visitor.page
    link = page.locator('a[href*="/library/updates/"]').first
    deadline = time.monotonic() + PATIENCE_MILLISECONDS / 1_000
    await visitor.visit("/library")
    while not await link.is_visible() and time.monotonic() < deadline:  # the release is checked before it is offered
        await visitor.reload()
    await link.click()
    await visitor.press("Prepare the update")
    await expect(page.get_by_text("Ready: all checks pass")).to_be_visible()
    await visitor.shoot_everywhere("update", whole=True)
    await visitor.press("Accept the update")
    await expect(page.get_by_text("Your app has this release")).to_be_visible()


async def earns(visitor: Visitor, amount: str) -> None:
    """As soon as jobs have worked through what was paid and given back."""
    page = visitor.page
    sums = page.locator("dl > div").filter(has=page.get_by_text("On its way to it", exact=True))
    shown = sums.get_by_text(amount, exact=True)
    deadline = time.monotonic() + PATIENCE_MILLISECONDS / 1_000
    await visitor.visit("/sell/earnings")
    while not await shown.is_visible() and time.monotonic() < deadline:
        await visitor.reload()
    await expect(shown).to_be_visible()
    await visitor.shoot_everywhere("earnings", whole=True)


async def gives_back(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.visit("/library")
    await page.get_by_role("button", name=re.compile("More")).first.click()
    await page.get_by_role("menuitem", name="Ask for the money back").click()
    await page.get_by_role("dialog").get_by_role("button", name="Give it back").click()
    await expect(page.get_by_text("The money is on its way back to you.")).to_be_visible()
    await visitor.shoot_everywhere("refunded", whole=True)
