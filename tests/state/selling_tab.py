"""A tab of a creator with one listing."""

from sqlmodel import select

from overskill.db import transaction
from overskill.models import (
    Listing,
    ListingMedia,
    ListingStatus,
    Release,
    User,
)
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer

LONG = "It keeps what you do every day, and shows how far you have come. " * 3
PICTURE = "0" * 64


def sign_in(tab: Tab, user: User) -> None:
    with transaction() as session:
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


def join(tab: Tab, *, status: ListingStatus = ListingStatus.DRAFT) -> str:
    """As a creator with one listing; returns its address."""
    with transaction() as session:
        user = make_user(session)
        listing = make_listing(session, make_creator(session, user, username="ada"), status=status)
        if status is ListingStatus.DRAFT:
            listing.release_id = None
            session.flush()
            for release in session.exec(select(Release).where(Release.listing_id == listing.id)):
                session.delete(release)
    sign_in(tab, user)
    return f"/sell/{listing.slug}"


def join_as_stranger(tab: Tab) -> None:
    with transaction() as session:
        user = make_user(session, name="Mallory")
        make_creator(session, user, username="mallory")
    sign_in(tab, user)


def listing() -> Listing:
    with transaction() as session:
        return session.exec(select(Listing)).one()


def fill(path: str) -> None:
    with transaction() as session:
        row = session.exec(select(Listing).where(Listing.slug == path.split("/")[2])).one()
        row.tagline, row.description = "Streaks that stick", LONG
        session.add(row)
        session.add(ListingMedia(listing_id=row.id, position=0, checksum=PICTURE, width=640, height=400))
        make_offer(session, row, amount=1200)
