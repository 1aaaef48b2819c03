from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from overskill.models import Listing, ListingDaily, Release, ReleaseStatus, utc_now
from overskill.services.market.trending import rank_listings
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer, make_purchase

NOW = utc_now()
Make = Callable[[str], Listing]


@pytest.fixture
def make(session: Session) -> Make:
    creator = make_creator(session)
    return lambda title: make_listing(session, creator, title=title)


def see(session: Session, listing: Listing, *, days_ago: int, visitors: int, try_outs: int = 0) -> None:
    day = (NOW - timedelta(days=days_ago)).date()
    session.add(ListingDaily(listing_id=listing.id, day=day, visitors=visitors, views=visitors, try_outs=try_outs))
    session.flush()


def rank(session: Session, *listings: Listing) -> None:
    rank_listings(session, NOW)
    for listing in listings:
        session.refresh(listing)


def test_what_is_looked_at_lately_trends_over_what_was_looked_at_before(session: Session, make: Make) -> None:
    lately, before, long_ago = make("Lately"), make("Before"), make("Long ago")
    see(session, lately, days_ago=0, visitors=100)
    see(session, before, days_ago=8, visitors=100)
    see(session, long_ago, days_ago=60, visitors=9000)
    rank(session, lately, before, long_ago)
    assert lately.trend > before.trend > long_ago.trend == 0


def test_a_try_out_counts_more_than_a_visitor_and_a_sale_more_than_both(session: Session, make: Make) -> None:
    seen, tried, sold = make("Seen"), make("Tried"), make("Sold")
    see(session, seen, days_ago=0, visitors=2)
    see(session, tried, days_ago=0, visitors=1, try_outs=1)
    make_purchase(session, make_user(session), make_offer(session, sold, amount=500), paid_at=NOW)
    rank(session, seen, tried, sold)
    assert sold.trend > tried.trend > seen.trend > 0
    assert (sold.sale_count, seen.sale_count) == (1, 0)


def test_views_without_visitors_move_nothing(session: Session, make: Make) -> None:
    """Somebody who loads their own page all day is one visitor."""
    listing = make("Reloaded")
    session.add(ListingDaily(listing_id=listing.id, day=NOW.date(), views=10_000, visitors=0))
    session.flush()
    rank(session, listing)
    assert listing.trend == 0


def test_one_good_rating_ranks_below_many(session: Session, make: Make) -> None:
    once, often, badly = make("Once"), make("Often"), make("Badly")
    once.rating_sum, once.rating_count = 5, 1
    often.rating_sum, often.rating_count = 460, 100
    badly.rating_sum, badly.rating_count = 150, 100
    session.flush()
    rank(session, once, often, badly)
    assert often.rank > once.rank > badly.rank


def test_nothing_ranks_before_its_release_passed_the_checks(session: Session, make: Make) -> None:
    listing = make("Unproved")
    listing.rating_sum, listing.rating_count = 500, 100
    session.get_one(Release, listing.release_id).status = ReleaseStatus.CHECKING
    see(session, listing, days_ago=0, visitors=1000)
    rank(session, listing)
    assert (listing.rank, listing.trend) == (0, 0)


def test_what_stands_where_it_stood_is_not_written_again(session: Session, make: Make) -> None:
    see(session, make("Steady"), days_ago=1, visitors=10)
    assert [rank_listings(session, NOW) for _ in range(2)] == [1, 0]
