"""What is found, in which order, and what is never shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from overskill.models import (
    Category,
    CreatorProfile,
    LicenseKind,
    Listing,
    ListingStatus,
    Offer,
    PriceModel,
    User,
    utc_now,
)
from overskill.services.market import search as searching
from overskill.services.market.explore import suggest
from overskill.services.market.search import Found, search
from overskill.services.market.search_terms import PriceRange, SearchTerms, Sort
from overskill.services.market.spelling import count_words
from tests.factories import make_app, make_user

NOW = utc_now()
Make = Callable[..., Listing]


@pytest.fixture
def make(session: Session) -> Make:
    user = make_user(session)
    creator = CreatorProfile(user_id=user.id, username="ada", name="Ada Lovelace")
    session.add(creator)
    session.flush()

    def make_one(title: str, **facts: Any) -> Listing:
        facts = {"creator_id": creator.id, "slug": title.lower().replace(" ", "-"), "published_at": NOW} | facts
        listing = Listing(title=title, status=facts.pop("status", ListingStatus.PUBLISHED), **facts)
        session.add(listing)
        session.flush()
        return listing

    return make_one


def find(session: Session, words: str = "", **terms: Any) -> Found:
    return search(session, SearchTerms(words=words, **terms), currency="usd")


def titles(found: Found) -> list[str]:
    return [listing.title for listing in found.listings]


def test_words_are_found_in_the_title_the_tagline_the_keywords_and_the_description(
    session: Session, make: Make
) -> None:
    make("Habit garden")
    make("Leafy", tagline="Grow a habit a day")
    make("Streaks", keywords="habits routine")
    make("Calm", description="For people with **habits**.")
    make("Invoices")
    assert set(titles(find(session, "habit"))) == {"Habit garden", "Leafy", "Streaks", "Calm"}
    assert titles(find(session, "habit"))[0] == "Habit garden"


def test_a_word_may_be_only_begun(session: Session, make: Make) -> None:
    make("Habit tracker")
    assert titles(find(session, "habit trac")) == ["Habit tracker"]


def test_a_word_can_be_left_out(session: Session, make: Make) -> None:
    make("Habit tracker")
    make("Habit diary")
    assert titles(find(session, "habit -diary")) == ["Habit tracker"]


def test_misspelt_words_are_corrected_and_the_answer_says_so(session: Session, make: Make) -> None:
    make("Habit tracker")
    make("Invoice maker")
    count_words(session)
    found = find(session, "habbit trakcer")
    assert (titles(found), found.words, found.is_close) == (["Habit tracker"], "habit tracker", False)
    assert find(session, "invioce").words == "invoice"


def test_what_nothing_has_shows_what_is_called_alike(session: Session, make: Make) -> None:
    """Also while no words have been counted yet."""
    make("Habit tracker")
    found = find(session, "habbit")
    assert (titles(found), found.is_close) == (["Habit tracker"], True)


def test_where_nothing_has_all_of_the_words_what_has_one_is_shown(session: Session, make: Make) -> None:
    make("Habit diary")
    make("Invoice tracker")
    found = find(session, "habit tracker")
    assert (set(titles(found)), found.is_close) == ({"Habit diary", "Invoice tracker"}, True)


def test_nothing_is_found_for_what_is_like_nothing(session: Session, make: Make) -> None:
    make("Habit tracker")
    found = find(session, "zzyzx quux")
    assert (found.listings, found.count, found.next) == ([], 0, None)


@pytest.mark.parametrize("words", ['"', "'", "the", "& | !", ":*", "a:b", "\\", "-", "%", "or", '"habit tra'])
def test_no_words_break_the_search(session: Session, make: Make, words: str) -> None:
    make("Habit tracker")
    find(session, words)


@pytest.mark.parametrize("status", [status for status in ListingStatus if status != ListingStatus.PUBLISHED])
def test_only_what_is_published_is_shown(session: Session, make: Make, status: ListingStatus) -> None:
    make("Habit tracker", status=status)
    assert (titles(find(session)), titles(find(session, "habit"))) == ([], [])


def test_nothing_of_who_or_what_is_suspended_is_shown(session: Session, make: Make) -> None:
    user = make_user(session)
    other = CreatorProfile(user_id=user.id, username="bob", name="Bob")
    session.add(other)
    session.flush()
    app = make_app(session, user)
    make("Of a creator", creator_id=other.id)
    make("Of an app", app_id=app.id)
    assert len(titles(find(session))) == 2
    app.suspended_at = NOW
    session.flush()
    assert titles(find(session)) == ["Of a creator"]
    other.suspended_at = NOW
    session.flush()
    assert titles(find(session)) == []
    other.suspended_at = None
    session.get_one(User, user.id).suspended_at = NOW
    session.flush()
    assert titles(find(session)) == []


def test_filters_leave_out_what_does_not_fit(session: Session, make: Make) -> None:
    free = make("Free", category=Category.FOOD, rating_sum=9, rating_count=2)
    cheap = make("Cheap", lowest_amount=500, rating_sum=3, rating_count=1)
    make("Dear", lowest_amount=5000)
    make("Elsewhere", lowest_amount=500, currency="jpy")
    session.add(Offer(listing_id=free.id, license=LicenseKind.COPY, price_model=PriceModel.FREE))
    session.add(Offer(listing_id=cheap.id, license=LicenseKind.USE, price_model=PriceModel.SUBSCRIPTION, amount=500))
    session.add(
        Offer(listing_id=free.id, license=LicenseKind.SOURCE, price_model=PriceModel.SUBSCRIPTION, ended_at=NOW)
    )
    session.flush()
    assert titles(find(session, category=Category.FOOD)) == ["Free"]
    assert titles(find(session, price=PriceRange.FREE)) == ["Free"]
    assert set(titles(find(session, price=PriceRange.PAID))) == {"Cheap", "Dear", "Elsewhere"}
    assert set(titles(find(session, most=5))) == {"Free", "Cheap"}
    assert titles(find(session, rating=4)) == ["Free"]
    assert titles(find(session, license=LicenseKind.COPY)) == ["Free"]
    assert titles(find(session, price_model=PriceModel.SUBSCRIPTION)) == ["Cheap"]
    assert titles(find(session, license=LicenseKind.USE, price_model=PriceModel.FREE)) == []


def test_each_sort_has_its_order(session: Session, make: Make) -> None:
    make("One", trend=3.0, rank=1.0, lowest_amount=200, published_at=NOW - timedelta(days=2))
    make("Two", trend=2.0, rank=3.0, lowest_amount=100, published_at=NOW - timedelta(days=1))
    make("Three", trend=1.0, rank=2.0, lowest_amount=300, published_at=NOW - timedelta(days=3))
    assert titles(find(session)) == ["One", "Two", "Three"]
    assert titles(find(session, chosen_sort=Sort.NEW)) == ["Two", "One", "Three"]
    assert titles(find(session, chosen_sort=Sort.TOP)) == ["Two", "Three", "One"]
    assert titles(find(session, chosen_sort=Sort.PRICE)) == ["Two", "One", "Three"]


def test_amounts_of_two_currencies_are_never_compared(session: Session, make: Make) -> None:
    make("Dollars", lowest_amount=900)
    make("Yen", lowest_amount=800, currency="jpy")
    make("Free in yen", currency="jpy")
    assert titles(find(session, chosen_sort=Sort.PRICE)) == ["Free in yen", "Dollars"]


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_follow_each_other_without_a_gap_or_a_double(
    session: Session, make: Make, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    monkeypatch.setattr(searching, "PAGE_LENGTH", 4)
    for number in range(11):
        make(f"Habit {number}", trend=float(number % 3), rank=float(number % 2), lowest_amount=100 * (number % 4))
    terms, seen = SearchTerms(words="habit", chosen_sort=sort), []
    page = search(session, terms, currency="usd")
    lengths = [len(page.listings)]
    seen += titles(page)
    while page.next:
        page = search(session, terms, currency="usd", after=page.next)
        seen += titles(page)
        lengths.append(len(page.listings))
    assert lengths == [4, 4, 3]
    assert sorted(seen) == sorted(f"Habit {number}" for number in range(11))
    assert page.count == 11


def test_counting_ends_where_nobody_counts_on(session: Session, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_COUNTED", 2)
    for number in range(5):
        make(f"Habit {number}")
    assert find(session).count == 3


def test_a_creators_name_and_username_find_what_they_sell(session: Session, make: Make) -> None:
    make("Streaks")
    someone = CreatorProfile(user_id=make_user(session).id, username="grace-h", name="Grace Hopper")
    session.add(someone)
    session.flush()
    make("Ledger", creator_id=someone.id)
    count_words(session)
    assert titles(find(session, "lovelace")) == ["Streaks"]
    assert titles(find(session, "streaks ada")) == ["Streaks"]
    assert titles(find(session, "grace-h")) == ["Ledger"]
    assert titles(find(session, "Hoper")) == ["Ledger"]


def test_a_creator_who_is_called_something_else_is_found_by_that(session: Session, make: Make) -> None:
    listing = make("Streaks")
    creator = session.get_one(CreatorProfile, listing.creator_id)
    creator.name, creator.username = "Augusta King", "augusta"
    session.add(creator)
    session.flush()
    assert titles(find(session, "augusta king")) == ["Streaks"]
    assert not find(session, "lovelace").listings


def test_a_title_that_has_the_word_comes_before_a_creator_who_is_called_so(session: Session, make: Make) -> None:
    make("Streaks")
    make("Lovelace letters")
    assert titles(find(session, "lovelace")) == ["Lovelace letters", "Streaks"]


def test_what_is_not_scored_follows_what_is_each_once(
    session: Session, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_SCORED", 4)
    monkeypatch.setattr(searching, "PAGE_LENGTH", 3)
    for number in range(11):
        make(f"Habits {number}", rank=float(number % 6))
    terms, shown = SearchTerms(words="habits"), list[str]()
    found = search(session, terms, currency="usd")
    shown += titles(found)
    while found.next is not None:
        found = search(session, terms, currency="usd", after=found.next)
        shown += titles(found)
    assert len(shown) == len(set(shown)) == 11
    ranks = [int(title.split()[1]) % 6 for title in shown]
    assert ranks[4:] == sorted(ranks[4:], reverse=True)


@pytest.mark.parametrize("sort", [None, Sort.NEW])
def test_each_search_is_planned_for_its_own_words(session: Session, make: Make, sort: Sort | None) -> None:
    make("Habit tracker")
    for _ in range(8):
        assert titles(find(session, "habit", chosen_sort=sort)) == ["Habit tracker"]
        assert [found.title for found in suggest(session, "habit")] == ["Habit tracker"]
    kept = session.execute(text("select statement from pg_prepared_statements")).scalars()
    assert not [statement for statement in kept if "listings.search @@" in statement]
