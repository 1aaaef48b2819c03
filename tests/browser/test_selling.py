"""Journey 10: a creator is refused and mends it, sells a bundle, appeals, and reads what a year has brought."""

import asyncio
import re
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from playwright.async_api import expect
from pydantic import SecretStr
from sqlalchemy import text
from sqlmodel import Session

from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.embedded.places import Home
from overskill.models import Act, SubjectKind, utc_now
from overskill.services.accounts.sessions import Visitor as Device
from overskill.services.accounts.sessions import open_session
from overskill.services.market.appeal_links import appeal_link
from overskill.services.market.moderation import act
from tests.browser.conftest import OpenVisitor
from tests.browser.editor import Editor, describe
from tests.browser.seller import add_picture, begin_listing, save_prices, submit, write_words
from tests.browser.visitor import Account, Visitor
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.support_product import Product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BEST_SAMPLE = text(
    "select c.user_id from creator_profiles c join users u on u.id = c.user_id join listings l on l.creator_id = c.id "
    "where u.email like '%@sample.invalid' group by 1 order by sum(l.sale_count) desc limit 1"
)
UNSAFE = "eval('1');\nexport default"


async def test_a_refused_release_is_mended_and_published(creator: Visitor) -> None:
    page = creator.page
    editor = await describe(creator, "a kanban board for chores")  # nobody else sells one here
    await editor.reaches(1)
    await editor.replaces("src/App.tsx", "export default", UNSAFE)
    address = await drafts(creator, editor)
    await submit(creator)
    await expect(page.get_by_text("is unsafe").first).to_be_visible()
    await creator.shoot_everywhere("refused", whole=True)
    await page.get_by_role("button", name="Ask the studio to fix it").first.click()
    await page.wait_for_url(f"**/studio/{editor.slug}")
    await expect(editor.turns.last).to_contain_text("refused to sell it")
    await expect(page.get_by_role("button", name="Stop")).to_be_hidden()

    await editor.replaces("src/App.tsx", UNSAFE, "export default")  # what no recipe can
    await creator.visit(address)
    await expect(page.get_by_text("The app has changed since.").first).to_be_visible()
    await creator.press("Go on")
    await creator.press("Submit for checks")
    await expect(page.get_by_text("Published", exact=True).first).to_be_visible()


async def drafts(visitor: Visitor, editor: Editor) -> str:
    """Everything of a listing but its checks, each word said to be saved. Returns its address on the desk."""
    address = await begin_listing(visitor, editor.slug)
    await loses_nothing(visitor)
    await write_words(visitor, title=f"Pots {uuid4().hex[:6]}", tagline="Plants that stay alive")
    await add_picture(visitor)
    await visitor.page.locator("select[name=copy_model]").select_option("free")
    await save_prices(visitor)
    return address


async def loses_nothing(visitor: Visitor) -> None:
    """What is typed without a connection is said not to be saved, and is there after the page was loaded anew."""
    page, tagline = visitor.page, visitor.page.locator("#listing-tagline")
    status = tagline.locator("xpath=..").get_by_role("status")
    await tagline.fill("Typed on a train")
    await expect(status).to_have_text("Not saved yet")
    await visitor.reload()
    await expect(tagline).to_have_value("Typed on a train")
    await expect(status).to_have_text("Saved")
    await expect(page.locator("#listing-tagline")).to_have_value("Typed on a train")


async def test_two_apps_are_sold_as_a_bundle(open_another: OpenVisitor, product: Product) -> None:
    with product.session() as session:
        maker = make_creator(session, make_user(session), username=f"maker-{uuid4().hex[:6]}")
        for title in ("Pots", "Seeds"):
            make_offer(session, make_listing(session, maker, title=title), amount=1200)
        session.commit()
        user_id = maker.user_id
    visitor = await signed_in(open_another, product, user_id)
    page = visitor.page
    await visitor.visit("/sell/bundles")
    await visitor.fill(title="The garden", price="30.00")
    for title in ("Pots", "Seeds"):
        await page.get_by_role("checkbox", name=re.compile(title)).check()
    await expect(page.get_by_text("apart they cost $24.00")).to_be_visible()
    await visitor.press("Sell this bundle")
    await expect(page.get_by_role("alert").filter(has_text=re.compile("less|apart"))).to_be_visible()
    await expect(page.locator("[name=title]")).to_have_value("The garden")
    await visitor.shoot_everywhere("bundle", whole=True)
    await visitor.fill(price="18.00")
    await visitor.press("Sell this bundle")
    await expect(page.get_by_role("link", name="The garden")).to_be_visible()


async def test_who_can_not_sign_in_appeals_by_the_mails_link(visitor: Visitor, product: Product) -> None:
    page = visitor.page
    secret = (Home(product.home).secret_key).read_text()
    settings = Settings(OVERSKILL_SECRET_KEY=SecretStr(secret), OVERSKILL_PUBLIC_URL=product.url)
    with product.session() as session:
        link = appeal_link(suspended(session), settings, utc_now())
        session.commit()
    await visitor.go(link)
    await expect(page.get_by_text("was suspended")).to_be_visible()
    await visitor.shoot_everywhere("appeal", whole=True)
    await visitor.press("Appeal")
    await expect(page.get_by_text("You appealed.")).to_be_visible()
    await visitor.go(f"{link[:-4]}AAAA")
    await expect(page.get_by_text("This link shows nothing")).to_be_visible()
    await visitor.audit("A broken link")


def suspended(session: Session) -> UUID:
    admin, listing = make_user(session, is_admin=True), make_listing(session, title="Misleading pots")
    evidence = [{"kind": "note", "text": "The pictures are of another app."}]
    kind, reason = SubjectKind.LISTING, "Its pictures show another app."
    return act(
        session, admin.id, kind, listing.id, Act.SUSPEND, reason=reason, evidence=evidence, queue=FakeJobQueue()
    ).id


@pytest_asyncio.fixture(loop_scope="session")
async def best_seller(product: Product) -> AsyncIterator[UUID]:
    """Of a year of samples, which are gone afterwards."""
    assert await asyncio.to_thread(product.begin("seed", "--listings", "40").wait) == 0
    with product.session() as session:
        user_id = session.connection().execute(BEST_SAMPLE).scalar_one()
    yield user_id
    assert await asyncio.to_thread(product.begin("seed", "--clear").wait) == 0


async def test_a_year_of_sales_is_read_in_charts_and_a_sheet(
    open_another: OpenVisitor, product: Product, best_seller: UUID
) -> None:
    visitor = await signed_in(open_another, product, best_seller)
    page = visitor.page
    await visitor.visit("/sell/analytics")
    await page.get_by_role("radio", name="A year").click()
    await expect(page.locator("svg.recharts-surface").first).to_be_visible()
    await visitor.shoot_everywhere("analytics", whole=True)
    sheet = await page.request.get(f"{product.url}/sell/analytics.csv?days=365")
    assert (await sheet.text()).count("\n") > 365
    await visitor.visit("/sell/earnings")
    await expect(page.get_by_text("Samples stand in no ledger")).to_be_visible()
    await visitor.shoot_everywhere("samples", whole=True)


async def signed_in(open_another: OpenVisitor, product: Product, user_id: UUID) -> Visitor:
    with product.session() as session:
        cookie = open_session(session, user_id, Device())
        session.commit()
    visitor = await open_another()
    await visitor.bring(Account("", "", cookie))
    return visitor
