"""A tab on a listing's page, and who looks at it."""

from typing import Any

from overskill import db
from overskill.models import CreatorProfile, Listing, ListingStatus, User
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_license, make_listing, make_offer, make_purchase


def arrange(*, status: ListingStatus = ListingStatus.PUBLISHED, amount: int = 1000) -> Listing:
    """A listing of Ada's that is sold as a copy."""
    with db.transaction() as session:
        creator = make_creator(session, make_user(session), username="ada")
        listing = make_listing(session, creator, status=status)
        make_offer(session, listing, amount=amount)
        return listing


def join(tab: Tab, user: User | None = None) -> User:
    with db.transaction() as session:
        user = user or make_user(session, name="Bob Stone")
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
        return user


def join_as_creator(tab: Tab, listing: Listing) -> User:
    with db.transaction() as session:
        user = session.get_one(User, session.get_one(CreatorProfile, listing.creator_id).user_id)
    return join(tab, user)


def join_as_buyer(tab: Tab, listing: Listing) -> User:
    user = join(tab)
    with db.transaction() as session:
        offer = make_offer(session, make_listing(session))
        offer.listing_id = listing.id  # one of another kind would do as well
        offer.ended_at = listing.created_at
        session.flush()
        make_license(session, user, make_purchase(session, user, offer)[1])
    return user


async def do(on: Tab, handler: Any, listing: Listing, /, **payload: Any) -> None:
    await on.do(handler, path=f"/apps/{listing.slug}", **payload)
