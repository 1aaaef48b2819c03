"""What is cheaper together, on the pages of the apps of a bundle."""

from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from overskill.models import Bundle, CreatorProfile, Listing, ListingStatus, Offer, User, utc_now
from overskill.services.market.bundles import end_bundle, make_bundle, view_bundle
from overskill.services.market.creator_page import view_creator
from overskill.services.market.sitemap import read_entries
from tests.factories import make_app
from tests.market_rows import make_creator, make_listing, make_offer
from tests.services.market.test_listing_page import view


@pytest.fixture
def ada(session: Session) -> CreatorProfile:
    return make_creator(session, username="ada")


def bundle(session: Session, creator: CreatorProfile, price: str, *listings: Listing) -> Bundle:
    offers = [make_offer(session, listing, amount=1000) for listing in listings]
    return make_bundle(session, creator, title="All", text="", price=price, offer_ids=[one.id for one in offers])


def test_a_listing_shows_its_bundles_with_itself_first(session: Session, ada: CreatorProfile) -> None:
    habits, plants = make_listing(session, ada, title="Habits"), make_listing(session, ada, title="Plants")
    other = make_listing(session, ada, title="Notes")
    made = bundle(session, ada, "15", habits, plants)

    [shown] = view(session, plants).bundles
    assert (shown.slug, shown.amount, shown.apart, shown.currency) == (made.slug, 1500, 2000, "usd")
    assert [app.title for app in shown.items] == ["Plants", "Habits"]
    assert view(session, other).bundles == ()


def test_those_that_save_most_come_first(session: Session, ada: CreatorProfile) -> None:
    listings = [make_listing(session, ada, title=title) for title in ("Habits", "Plants", "Notes")]
    offers = [make_offer(session, listing, amount=1000).id for listing in listings]
    for price, ids in (("19", offers[:2]), ("20", offers), ("18", [offers[0], offers[2]])):
        make_bundle(session, ada, title="All", text="", price=price, offer_ids=ids)

    assert [one.amount for one in view(session, listings[0]).bundles] == [2000, 1800, 1900]


def test_a_bundle_that_can_not_be_had_whole_is_not_shown(session: Session, ada: CreatorProfile) -> None:
    habits, plants = make_listing(session, ada, title="Habits"), make_listing(session, ada, title="Plants")
    bundle(session, ada, "15", habits, plants)

    plants.status = ListingStatus.WITHDRAWN
    assert view(session, habits).bundles == ()
    plants.status = ListingStatus.PUBLISHED
    assert len(view(session, habits).bundles) == 1


def test_their_creator_shows_them_while_they_can_be_had_whole(session: Session, ada: CreatorProfile) -> None:
    habits, plants = make_listing(session, ada, title="Habits"), make_listing(session, ada, title="Plants")
    made = bundle(session, ada, "15", habits, plants)
    session.flush()

    [shown] = view_creator(session, "ada", None).bundles
    assert (shown.slug, shown.amount, shown.apart) == (made.slug, 1500, 2000)
    assert {app.title for app in shown.items} == {"Habits", "Plants"}
    assert in_sitemap(session) == [f"/bundles/{made.slug}"]


@pytest.mark.parametrize("status", [ListingStatus.SUSPENDED, ListingStatus.WITHDRAWN, ListingStatus.DRAFT])
def test_with_an_app_that_is_not_sold_it_is_shown_nowhere(
    session: Session, ada: CreatorProfile, status: ListingStatus
) -> None:
    habits, plants = make_listing(session, ada, title="Habits"), make_listing(session, ada, title="Plants")
    made = bundle(session, ada, "15", habits, plants)
    plants.status = status
    session.flush()
    assert (view_creator(session, "ada", None).bundles, in_sitemap(session)) == ((), [])
    assert not view_bundle(session, made.slug).can_be_had


def test_with_a_suspended_app_an_ended_offer_or_a_suspended_creator_neither(
    session: Session, ada: CreatorProfile
) -> None:
    habits, plants = make_listing(session, ada, title="Habits"), make_listing(session, ada, title="Plants")
    made = bundle(session, ada, "15", habits, plants)
    app = make_app(session, session.get_one(User, ada.user_id))
    habits.app_id, app.suspended_at = app.id, utc_now()
    session.flush()
    assert (view_creator(session, "ada", None).bundles, in_sitemap(session)) == ((), [])

    app.suspended_at = None
    session.execute(update(Offer).where(col(Offer.listing_id) == plants.id).values(ended_at=utc_now()))
    assert (view_creator(session, "ada", None).bundles, in_sitemap(session)) == ((), [])
    assert not view_bundle(session, made.slug).can_be_had

    session.execute(update(Offer).values(ended_at=None))
    assert len(in_sitemap(session)) == 1
    ada.suspended_at = utc_now()
    session.flush()
    assert in_sitemap(session) == []


def in_sitemap(session: Session) -> list[str]:
    return [one.path for one in read_entries(session, "bundles", begin=UUID(int=0))]


def test_a_bundle_that_ended_or_lost_an_offer_is_not_shown(session: Session, ada: CreatorProfile) -> None:
    habits, plants = make_listing(session, ada, title="Habits"), make_listing(session, ada, title="Plants")
    made = bundle(session, ada, "15", habits, plants)
    end_bundle(session, ada, made.id)
    assert view(session, habits).bundles == ()

    made.ended_at = None
    session.execute(update(Offer).where(col(Offer.listing_id) == plants.id).values(ended_at=utc_now()))
    assert view(session, habits).bundles == ()
