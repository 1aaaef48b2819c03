"""Journey 10: a creator lists an app by keyboard alone. Whatever is pressed, the keyboard stays where they are."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import FileChooser, FilePayload, Locator, Page, expect
from sqlmodel import select

from overskill.models import App, Membership, User
from overskill.services.accounts.sessions import Visitor as Device
from overskill.services.accounts.sessions import open_session
from overskill.services.market.creators import find_creator
from tests.browser.conftest import OpenVisitor
from tests.browser.seller import picture
from tests.browser.visitor import PATIENCE_MILLISECONDS, Account, Visitor
from tests.market_rows import make_creator
from tests.support_product import Product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MOST_STEPS = 40  # of the Tab key, to what is looked for
ABOUT = "It keeps every plant with when it was watered, and says which of them is thirsty today. " * 2


async def test_a_listing_is_made_and_submitted_by_keyboard(open_another: OpenVisitor, product: Product) -> None:
    visitor, slug = await begins(open_another, product)
    keys = Keys(visitor.page)
    await visitor.visit(f"/sell?app={slug}")
    await keys.goes_to("Begin the listing")
    await keys.press("Enter")
    await visitor.page.wait_for_url(re.compile(r"/sell/[a-z0-9-]+$"))
    await keys.is_on("Words")
    await writes(keys)
    await adds_pictures(visitor, keys)
    await prices(keys)
    await keys.next_step("Submit")
    await keys.goes_to("Submit for checks")
    with product.pausing():
        await keys.press("Enter")
        await keys.is_on("Being checked")
        await visitor.shoot_everywhere("submitted", whole=True)
    await expect(visitor.page.get_by_text("Published", exact=True)).to_be_visible()
    await keys.is_on("Next release")


async def begins(open_another: OpenVisitor, product: Product) -> tuple[Visitor, str]:
    """A creator with an app such as nobody else sells here."""
    made: dict[str, Any] = await asyncio.to_thread(product.run, "new", "a score board for curling teams")
    with product.session() as session:
        team = session.exec(select(App.team_id).where(App.slug == made["slug"])).one()
        owner = session.exec(select(Membership.user_id).where(Membership.team_id == team)).first()
        assert owner is not None
        if find_creator(session, owner) is None:
            make_creator(session, session.get_one(User, owner))
        cookie = open_session(session, owner, Device())
        session.commit()
    visitor = await open_another()
    await visitor.bring(Account("", "", cookie))
    return visitor, made["slug"]


async def writes(keys: "Keys") -> None:
    for field, words in (("Tagline", "Plants that stay alive"), ("Description", ABOUT)):
        await keys.goes_to(field)
        await keys.press("Control+A")
        await keys.page.keyboard.type(words)
    await keys.press("Tab")  # the field before is saved meanwhile, and draws itself
    await expect(keys.page.locator("#listing-description").locator("xpath=..").get_by_role("status")).to_have_text(
        "Saved"
    )
    await keys.is_on("Keywords")
    await keys.next_step("Pictures")


async def adds_pictures(visitor: Visitor, keys: "Keys") -> None:
    page = visitor.page
    upload = page.get_by_role("button", name="Upload a picture, or drop it here")
    pictures = page.get_by_role("list", name="Pictures of the listing").locator("img")
    refusal = page.get_by_role("alert")
    await keys.goes_to("Upload a picture, or drop it here")
    for number in (1, 2):
        await keys.chooses(picture(number))
        await expect(pictures).to_have_count(number)
        await expect(upload).to_be_focused()  # so that the next Enter chooses the next one
    await keys.chooses(picture(2))
    await expect(refusal).to_have_text("That picture is there already.")
    await visitor.shoot_everywhere("picture-refused", whole=True)
    await keys.goes_to("Remove picture 2", back=True)
    await keys.press("Space")
    await expect(refusal).to_have_count(0)
    await keys.is_on("Undo")
    await keys.press("Enter")
    await keys.is_on("Remove picture 2")

    await keys.press("Space")
    await keys.goes_to("Upload a picture, or drop it here")
    await keys.chooses(picture(2))  # what was just removed is there no more
    await expect(page.get_by_text("The picture is removed.")).to_be_hidden()
    await expect(upload).to_be_focused()
    await expect(pictures).to_have_count(2)
    await expect(refusal).to_have_count(0)

    await keys.goes_to("Move picture 2 forward", back=True)
    await keys.press("Enter")
    await keys.is_on("Move picture 1 forward")
    refused = [one for one in visitor.complaints if "409" in one]
    visitor.complaints[:] = [one for one in visitor.complaints if "409" not in one]  # the page says it in words
    assert len(refused) == 1
    await keys.next_step("Price and licences")


async def prices(keys: "Keys") -> None:
    await keys.goes_to("How Copy is sold")
    await keys.press("ArrowDown", "ArrowDown", "Tab")
    await keys.page.keyboard.type("12")
    await keys.goes_to("Save prices")
    await keys.press("Enter")
    await expect(keys.page.get_by_text("Saved. Who bought before")).to_be_visible()
    await keys.is_on("Save prices")
    await keys.next_step("Discounts")
    await keys.goes_to("Code")
    await keys.page.keyboard.type("SPRING")
    await keys.goes_to("Percent off")
    await keys.page.keyboard.type("20")
    await keys.press("Enter")
    await expect(keys.page.get_by_role("button", name="End it: SPRING")).to_be_visible()
    await keys.goes_to("End it: SPRING")
    await keys.press("Enter")
    await expect(keys.page.get_by_text("Ended", exact=True)).to_be_visible()
    await keys.is_on("Discounts")


class Keys:
    """A keyboard, and what it is on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.choosers: asyncio.Queue[FileChooser] = asyncio.Queue()
        # Long before the first: the browser hears a moment later that it is to ask us, not the system.
        page.on("filechooser", lambda chooser: self.choosers.put_nowait(chooser))  # noqa: PLW0108 - Playwright marks it

    @property
    def here(self) -> Locator:
        return self.page.locator(":focus")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def is_on(self, words: str) -> None:
        """What a screen reader says of it: a control by its name, a heading by its words."""
        await expect(self.here).to_have_accessible_name(words)

    async def goes_to(self, words: str, *, back: bool = False) -> None:
        for _ in range(MOST_STEPS):
            await self.press("Shift+Tab" if back else "Tab")
            if await self._names(words):
                return
        raise AssertionError(f"{MOST_STEPS} times Tab did not lead to {words!r}")

    async def next_step(self, words: str) -> None:
        for _ in range(MOST_STEPS):
            await self.press("Shift+Tab")
            if await self.here.get_attribute("role") == "tab":
                break
        await self.press("ArrowDown")
        await expect(self.page.get_by_role("tab", name=re.compile(words), selected=True)).to_be_focused()

    async def chooses(self, file: FilePayload) -> None:
        """By Enter on a button that opens the system's dialog."""
        await self.press("Enter")
        async with asyncio.timeout(PATIENCE_MILLISECONDS / 1_000):
            chooser = await self.choosers.get()
        await chooser.set_files(file)

    async def _names(self, words: str) -> bool:
        one = self.here
        if not await one.count():
            return False
        return words == str(await one.evaluate("one => one.ariaLabel || one.labels?.[0]?.innerText || one.innerText"))
