from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from redis import Redis
from sqlmodel import Session, select

from overskill.models import Listing, ListingDaily
from overskill.services.accounts.sessions import Visitor
from overskill.services.market.visits import add_visits, count_try_out, count_view, forget_added, is_program
from tests.market_rows import make_listing
from tests.support_queries import counted_queries

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def days(session: Session) -> list[tuple[date, int, int, int]]:
    session.expire_all()
    rows = session.exec(select(ListingDaily).order_by(ListingDaily.day)).all()  # type: ignore[arg-type]
    return [(row.day, row.views, row.visitors, row.try_outs) for row in rows]


def add(session: Session, redis: Redis) -> int:
    added = add_visits(session, redis)
    forget_added(redis)
    return added


def test_views_visitors_and_try_outs_are_added_up_by_day(session: Session, redis: Redis) -> None:
    listing = make_listing(session)
    for ip, agent in (("192.0.2.1", FIREFOX), ("192.0.2.2", SAFARI)):
        assert count_view(redis, listing.id, Visitor(ip, agent), now=NOW)
    count_try_out(redis, listing.id, Visitor("192.0.2.1", FIREFOX), now=NOW)
    session.flush()

    with counted_queries() as sent:
        assert add(session, redis) == 1
    assert sent.count <= 3, sent
    assert days(session) == [(NOW.date(), 2, 2, 1)]

    count_view(redis, listing.id, Visitor("192.0.2.3", SAFARI), now=NOW)
    add(session, redis)
    assert days(session) == [(NOW.date(), 3, 3, 1)]
    row = session.get_one(Listing, listing.id)
    assert (row.view_count, row.try_count) == (3, 1)


def test_a_reload_is_no_other_view(session: Session, redis: Redis) -> None:
    listing = make_listing(session)
    visitor = Visitor("192.0.2.1", FIREFOX)

    assert [count_view(redis, listing.id, visitor, now=NOW) for _ in range(2)] == [True, False]


def test_who_comes_the_next_day_is_a_visitor_of_that_day(session: Session, redis: Redis) -> None:
    listing = make_listing(session)
    for day in (22, 23):
        count_view(redis, listing.id, Visitor("192.0.2.1", FIREFOX), now=NOW.replace(day=day))
    add(session, redis)

    assert [(views, visitors) for _, views, visitors, _ in days(session)] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("agent", [GOOGLE, "", "curl/8.5.0", "facebookexternalhit/1.1 (link preview)"])
def test_programs_do_not_count(redis: Redis, agent: str) -> None:
    assert is_program(agent)
    assert not count_view(redis, uuid4(), Visitor("192.0.2.1", agent), now=NOW)


@pytest.mark.parametrize("agent", [FIREFOX, SAFARI])
def test_people_do(agent: str) -> None:
    assert not is_program(agent)


def test_what_was_counted_is_not_lost_when_adding_fails(session: Session, redis: Redis) -> None:
    listing = make_listing(session)
    count_view(redis, listing.id, Visitor("192.0.2.1", FIREFOX), now=NOW)
    session.flush()
    with session.begin_nested() as taken_back:
        add_visits(session, redis)
        taken_back.rollback()
    count_view(redis, listing.id, Visitor("192.0.2.2", FIREFOX), now=NOW)

    assert [add(session, redis), add(session, redis), add(session, redis)] == [1, 1, 0]
    assert days(session)[0][1] == 2


def test_a_listing_that_is_gone_counts_nothing(session: Session, redis: Redis) -> None:
    count_view(redis, uuid4(), Visitor("192.0.2.1", FIREFOX), now=NOW)
    assert add(session, redis) == 0
