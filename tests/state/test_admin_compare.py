"""A listing that waits is compared, at the desk, with those that it is nearly the same as."""

from sqlmodel import Session

from overskill.db import transaction
from overskill.models import Listing, ListingStatus
from overskill.services.market.duplicates import keep_fingerprint
from overskill.services.market.fingerprints import BINS, Fingerprint
from overskill.state.admin_compare import CompareState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.state.test_admin import sign_in
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

PICTURE = 0x0F0F


def sold_by(session: Session, name: str, title: str, *, other_code: int = 0, picture: int = PICTURE) -> Listing:
    """So many 128ths of whose code are its own."""
    listing = make_listing(session, make_creator(session, make_user(session, name=name)), title=title)
    minhash = [*range(1_000, 1_000 + other_code), *range(other_code, BINS)]
    keep_fingerprint(session, listing.id, Fingerprint(tuple(minhash), picture))
    return listing


async def test_a_listing_stands_beside_those_it_is_like_the_likest_first(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        suspect = sold_by(session, "Mallory", "Pots")
        suspect.status = ListingStatus.REVIEW
        sold_by(session, "Grace", "Plants", other_code=40, picture=~PICTURE)
        sold_by(session, "Ada", "Garden", other_code=8)
        sold_by(session, "Radia", "Chess", other_code=BINS)
    with counted_queries() as sent:
        await tab.do(CompareState.open, listing_id=str(suspect.id))
    assert sent.count <= MOST_OF_A_PAGE, sent
    assert (tab.seen("listing")[-1].title, tab.seen("listing")[-1].alike) == ("Pots", "")
    assert [(row.title, row.creator, row.alike, row.looks_the_same) for row in tab.seen("others")[-1]] == [
        ("Garden", "Ada", "94% of the code is the same", True),
        ("Plants", "Grace", "69% of the code is the same", False),
    ]
    await tab.do(CompareState.close, _is_open=False)
    assert tab.seen("is_open") == [True, False]


async def test_what_was_never_checked_is_like_nothing(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        listing = make_listing(session)
        sold_by(session, "Grace", "Plants")
    await tab.do(CompareState.open, listing_id=str(listing.id))
    assert tab.seen("is_open")[-1] is True
    assert tab.seen("others")[-1:] in ([], [[]])
