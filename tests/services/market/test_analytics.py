"""What became of listings: by day, against the days before, each currency on its own."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from overskill.errors import NotFound
from overskill.models import CreatorProfile, Listing, ListingDaily, Refund, RefundStatus
from overskill.services.market.analytics import as_csv, view_analytics
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer, make_purchase
from tests.support_queries import counted_queries

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def listing(session: Session) -> Listing:
    return make_listing(session, make_creator(session, make_user(session, email="ada@example.com")))


def owner_of(session: Session, listing: Listing) -> UUID:
    return session.get_one(CreatorProfile, listing.creator_id).user_id


def sell(session: Session, listing: Listing, amount: int, *, days_ago: int, currency: str = "usd") -> Refund:
    """A purchase, and a refund of half of it that nobody has asked for yet."""
    offer = make_offer(session, listing, amount=amount, currency=currency)
    paid_at = NOW - timedelta(days=days_ago)
    purchase, _ = make_purchase(session, make_user(session), offer, paid_at=paid_at)
    offer.ended_at = NOW
    session.flush()
    return Refund(purchase_id=purchase.id, amount=amount // 2, currency=currency, updated_at=paid_at)


def test_each_day_has_its_figures(session: Session, listing: Listing) -> None:
    user_id = owner_of(session, listing)
    session.add(ListingDaily(listing_id=listing.id, day=NOW.date(), views=40, visitors=20, try_outs=5))
    sell(session, listing, 1000, days_ago=0)
    sell(session, listing, 500, days_ago=6)
    found = view_analytics(session, user_id, days=7, now=NOW)
    assert len(found.days) == 7
    today = found.days[NOW.date()]
    assert (today.views, today.visitors, today.try_outs, today.sales, today.conversion) == (40, 20, 5, 1, 5.0)
    assert found.total.sales == 2
    assert found.total.money["usd"].revenue == 1500


def test_the_range_before_is_compared_with(session: Session, listing: Listing) -> None:
    user_id = owner_of(session, listing)
    for days_ago in (6, 7, 13, 14):
        sell(session, listing, 1000, days_ago=days_ago)
    found = view_analytics(session, user_id, days=7, now=NOW)
    assert (found.total.sales, found.total_before.sales) == (1, 2)
    assert [day.sales for day in found.before] == [1, 0, 0, 0, 0, 0, 1]


def test_currencies_are_never_added_up(session: Session, listing: Listing) -> None:
    user_id = owner_of(session, listing)
    sell(session, listing, 1000, days_ago=1)
    sell(session, listing, 3000, days_ago=1, currency="jpy")
    found = view_analytics(session, user_id, days=7, now=NOW)
    assert found.currencies == ["jpy", "usd"]
    assert {name: taken.revenue for name, taken in found.total.money.items()} == {"usd": 1000, "jpy": 3000}


def test_what_was_given_back_is_counted_on_its_day(session: Session, listing: Listing) -> None:
    user_id = owner_of(session, listing)
    refund = sell(session, listing, 1000, days_ago=2)
    session.add(refund)
    session.flush()
    assert view_analytics(session, user_id, days=7, now=NOW).total.refunds == 0
    refund.status = RefundStatus.SUCCEEDED
    refund.updated_at = NOW
    session.flush()
    found = view_analytics(session, user_id, days=7, now=NOW)
    assert (found.total.refunds, found.total.money["usd"].refunded) == (1, 500)
    assert found.days[NOW.date()].refunds == 1


def test_one_listing_is_looked_at_alone(session: Session, listing: Listing) -> None:
    creator_id, user_id = listing.creator_id, owner_of(session, listing)
    other = make_listing(session, session.get_one(CreatorProfile, creator_id), title="Other")
    sell(session, listing, 1000, days_ago=1)
    sell(session, other, 700, days_ago=1)
    alone = view_analytics(session, user_id, days=7, now=NOW, slug=other.slug)
    assert (alone.title, alone.total.money["usd"].revenue) == ("Other", 700)
    together = view_analytics(session, user_id, days=7, now=NOW)
    assert {one.title: one.figures.sales for one in together.listings} == {"Habits": 1, "Other": 1}


def test_nobody_sees_the_figures_of_somebody_else(session: Session, listing: Listing) -> None:
    stranger = make_user(session)
    sell(session, listing, 1000, days_ago=1)
    with pytest.raises(NotFound):
        view_analytics(session, stranger.id, days=7, now=NOW, slug=listing.slug)
    assert view_analytics(session, stranger.id, days=7, now=NOW).total.sales == 0


def test_all_of_it_takes_five_queries(session: Session, listing: Listing) -> None:
    user_id = owner_of(session, listing)
    sell(session, listing, 1000, days_ago=1)
    with counted_queries() as sent:
        view_analytics(session, user_id, days=365, now=NOW)
    assert sent.count == 5, sent


def test_a_sheet_has_a_line_a_day_and_currency(session: Session, listing: Listing) -> None:
    user_id = owner_of(session, listing)
    sell(session, listing, 1050, days_ago=0)
    sell(session, listing, 3000, days_ago=0, currency="jpy")
    lines = as_csv(view_analytics(session, user_id, days=7, now=NOW)).splitlines()
    assert lines[0].startswith("day,views,")
    assert lines[1] == "2026-11-16,0,0,0,0,0,,,"
    assert lines[7:] == ["2026-11-22,0,0,0,2,0,jpy,3000,0", "2026-11-22,0,0,0,0,0,usd,10.50,0.00"]
