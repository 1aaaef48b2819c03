from redis import Redis
from sqlmodel import Session

from overskill.models import Category, ListingStatus
from overskill.services.market.explore import first_page, forget_first_page, suggest
from tests.market_rows import make_listing
from tests.support_queries import counted_queries


def test_the_first_page_is_kept_until_the_order_is_another(session: Session, redis: Redis) -> None:
    make_listing(session, title="One")
    before = first_page(session, redis, currency="usd")
    make_listing(session, title="Two")
    assert first_page(session, redis, currency="usd") == before
    forget_first_page(redis)
    assert {listing.title for listing in first_page(session, redis, currency="usd").listings} == {"One", "Two"}


def test_what_is_taken_off_is_no_longer_on_the_kept_page(session: Session, redis: Redis) -> None:
    listing = make_listing(session)
    first_page(session, redis, currency="usd")
    listing.status = ListingStatus.SUSPENDED
    session.flush()
    assert first_page(session, redis, currency="usd").listings == []


def test_a_kept_page_costs_one_look(session: Session, redis: Redis) -> None:
    make_listing(session)
    first_page(session, redis, currency="usd")
    with counted_queries() as sent:
        first_page(session, redis, currency="usd")
    assert sent.count == 1, sent


def test_categories_are_counted(session: Session, redis: Redis) -> None:
    make_listing(session).category = Category.FOOD
    make_listing(session)
    session.flush()
    found = first_page(session, redis, currency="usd")
    assert (found.counts, found.count) == ({"food": 1, "productivity": 1}, 2)


def test_what_is_being_typed_suggests_the_best_listings(session: Session) -> None:
    make_listing(session, title="Habit garden").rank = 1.0
    make_listing(session, title="Habits").rank = 2.0
    make_listing(session, title="Invoices").rank = 3.0
    session.flush()
    assert [one.title for one in suggest(session, "habi")] == ["Habits", "Habit garden"]
    assert suggest(session, "h") == []
