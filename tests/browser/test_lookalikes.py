"""Journey 10: somebody of the staff compares a listing with those that it may be a copy of."""

from uuid import uuid4

import pytest
from playwright.async_api import expect
from sqlmodel import Session

from overskill.models import ListingStatus, Report, ReportReason, SubjectKind
from overskill.services.accounts.sessions import Visitor as Device
from overskill.services.accounts.sessions import open_session
from overskill.services.market.duplicates import find_lookalikes, keep_fingerprint
from overskill.services.market.fingerprints import BINS, Fingerprint
from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import Account
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.support_product import Product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_is_nearly_the_same_is_compared(open_another: OpenVisitor, product: Product) -> None:
    title = f"Orchards {uuid4().hex[:6]}"
    with product.session() as session:
        reports_copy(session, title)
        cookie = open_session(session, make_user(session, is_admin=True).id, Device())
        session.commit()
    visitor = await open_another()
    page = visitor.page
    await visitor.bring(Account("", "", cookie))
    await visitor.visit("/admin/reports")
    row = page.get_by_role("row").filter(has_text=title)
    await expect(row).to_contain_text("87% of the code")
    await visitor.shoot_everywhere("report", whole=True)
    await row.get_by_role("button", name="Compare").click()
    dialog = page.get_by_role("dialog", name="Is it a copy?")
    await expect(dialog.get_by_role("link", name=title)).to_be_visible()
    await expect(dialog.get_by_role("listitem")).to_contain_text(["87% of the code is the same", "75% of the code"])
    await expect(dialog.get_by_role("listitem").first).to_contain_text("the start pages look the same")
    await visitor.shoot_everywhere("compared")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(row.get_by_role("button", name="Compare")).to_be_focused()

    await visitor.visit("/admin/listings")
    await page.get_by_role("button", name=f"Compare {title}").click()
    await expect(dialog.get_by_role("listitem")).to_have_count(2)


def reports_copy(session: Session, title: str) -> None:
    """As the check of a release does."""
    begun = uuid4().int % 1_000_000_000  # no other test's code is like it
    for name, own, picture in (("Radia Perlman", 17, 5), ("Grace Hopper", 32, ~5)):
        other = make_listing(session, make_creator(session, make_user(session, name=name)), title=name.split()[1])
        keep_fingerprint(session, other.id, code(begun, own=own, picture=picture))
    copy = make_listing(session, make_creator(session, make_user(session, name="Mallory")), title=title)
    copy.status, copy.published_at = ListingStatus.REVIEW, None
    found = code(begun, own=0, picture=5)
    keep_fingerprint(session, copy.id, found)
    details = "\n".join(f"{one.words} /apps/{one.slug}" for one in find_lookalikes(session, copy, found))
    session.add(
        Report(subject_kind=SubjectKind.LISTING, subject_id=copy.id, reason=ReportReason.COPIED, details=details)
    )
    session.add(copy)


def code(begun: int, *, own: int, picture: int) -> Fingerprint:
    """`own` 128ths of it are like nothing else."""
    minhash = [*(begun + 10_000 * own + place for place in range(own)), *(begun + place for place in range(own, BINS))]
    return Fingerprint(tuple(minhash), picture)
