"""Samples are as rows that happened would be, the same for the same number, and gone when they are taken away."""

import pytest
from sqlalchemy import func, text
from sqlmodel import Session, SQLModel, col, select

from overskill.errors import Conflict
from overskill.models import (
    Collection,
    CreatorProfile,
    License,
    Listing,
    Offer,
    Purchase,
    Review,
    utc_now,
)
from overskill.services.market.collections import shown_collections, staff_picks
from overskill.services.market.search import search
from overskill.services.market.search_terms import SearchTerms
from overskill.services.market.seeding import clear, is_seeded, seed
from tests.factories import make_user
from tests.market_rows import make_listing, make_offer, make_purchase

NOW = utc_now()


def fill(session: Session, count: int = 60, number: int = 1) -> dict[str, int]:
    return seed(session, count, number=number, currency="usd", fee=1000, now=NOW)


def count(session: Session, model: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(model)).one()


def test_what_is_seeded_can_be_found_and_looked_at(session: Session) -> None:
    copied = fill(session)
    assert (copied["listings"], count(session, Listing)) == (60, 60)
    assert search(session, SearchTerms(), currency="usd").count == 60
    assert staff_picks(session)
    assert shown_collections(session)


def test_the_counts_on_listings_and_creators_are_those_of_their_rows(session: Session) -> None:
    fill(session)
    sales = select(func.count()).select_from(Purchase).where(col(Purchase.status) == "paid")
    assert session.exec(select(func.sum(Listing.sale_count))).one() == session.exec(sales).one() > 0
    assert session.exec(select(func.sum(Listing.rating_count))).one() == count(session, Review)
    assert (
        session.exec(select(func.sum(Listing.rating_sum))).one() == session.exec(select(func.sum(Review.rating))).one()
    )
    assert session.exec(select(func.sum(CreatorProfile.listing_count))).one() == 60
    assert session.exec(select(func.sum(CreatorProfile.sale_count))).one() == session.exec(sales).one()


def test_every_review_is_of_a_buyer_with_a_licence_of_that_listing(session: Session) -> None:
    fill(session)
    by_buyers = (
        select(func.count())
        .select_from(Review)
        .join(License, col(License.id) == col(Review.license_id))
        .where(License.holder_id == Review.user_id, License.listing_id == Review.listing_id)
    )
    assert session.exec(by_buyers).one() == count(session, Review) > 0


def test_nothing_that_is_seeded_is_in_the_future_or_below_zero(session: Session) -> None:
    fill(session)
    assert session.exec(select(func.max(Review.created_at))).one() <= NOW
    assert session.exec(select(func.max(Purchase.paid_at))).one() <= NOW
    assert session.exec(select(func.min(Offer.amount))).one() == 0


def test_samples_stand_in_no_ledger_and_are_marked_as_tests(session: Session) -> None:
    fill(session)
    assert session.execute(text("select count(*) from ledger_entries")).scalar_one() == 0
    assert session.exec(select(func.bool_and(Purchase.is_test))).one() is True


def test_the_same_number_makes_the_same_market(session: Session) -> None:
    def market() -> list[str]:
        return list(session.exec(select(Listing.slug).order_by(Listing.slug)))

    fill(session)
    first = market()
    clear(session)
    fill(session)
    again = market()
    clear(session)
    fill(session, number=2)
    assert first == again != market()


def test_samples_are_taken_away_and_nothing_else(session: Session) -> None:
    session.add(Collection(slug="ours", title="Ours"))
    ours = make_listing(session)
    make_purchase(session, make_user(session), make_offer(session, ours))
    fill(session)
    with pytest.raises(Conflict, match="already"):
        fill(session)
    clear(session)
    assert not is_seeded(session)
    left = [count(session, model) for model in (Listing, CreatorProfile, Purchase, Collection)]
    assert left == [1, 1, 1, 1]


def test_samples_that_somebody_has_bought_stay(session: Session) -> None:
    fill(session, 10)
    creator = session.exec(select(CreatorProfile)).first()
    listing = make_listing(session, creator)
    make_purchase(session, make_user(session), make_offer(session, listing))
    with pytest.raises(Conflict, match="bought"):
        clear(session)
