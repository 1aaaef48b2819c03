"""The marketplace's page: what the address asks for is shown, with few statements, and nothing of it is lost."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.container import Container
from overskill.errors import LimitReached
from overskill.models import Category, Listing
from overskill.services.market import search as searching
from overskill.services.market.collections import create_collection, feature, set_items
from overskill.services.market.spelling import count_words
from overskill.state import explore
from overskill.state.explore import ExploreState
from tests.conftest import Tab
from tests.market_rows import make_creator, make_listing
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

Fill = Callable[..., None]


@pytest.fixture
def fill(services: Container) -> Fill:
    def make(*titles: str, **facts: Any) -> None:
        with db.transaction() as session:
            creator = make_creator(session)
            for place, title in enumerate(titles):
                listing = make_listing(session, creator, title=title)
                listing.trend = float(len(titles) - place)
                for name, value in facts.items():
                    setattr(listing, name, value)
            count_words(session)

    return make


async def visit(tab: Tab, address: str = "/explore") -> None:
    query = dict(parse_qsl(urlsplit(address).query))
    await tab.do(ExploreState.load, path=address, params=query)


def shown(tab: Tab) -> list[str]:
    return [listing.title for listing in tab.seen("listings")[-1]]


def href_of(tab: Tab, group: str, words: str) -> str:
    return next(option.href for option in tab.seen(group)[-1] if option.words == words)


async def test_whoever_asks_for_nothing_sees_what_trends_and_what_is_recommended(tab: Tab, fill: Fill) -> None:
    fill("One", "Two")
    with db.transaction() as session:
        listing = _listing(session, "Two")
        feature(session, listing.id, True)
        set_items(session, create_collection(session, title="Ours").id, [listing.id])
    await visit(tab)
    assert shown(tab) == ["One", "Two"]
    assert [pick.title for pick in tab.seen("picks")[-1]] == ["Two"]
    assert [row.title for row in tab.seen("rows")[-1]] == ["Ours"]
    assert tab.seen("count")[-1] == "2 apps"


async def test_the_address_says_what_is_shown(tab: Tab, fill: Fill) -> None:
    fill("Habit tracker", "Habit diary", lowest_amount=500)
    fill("Habit garden", category=Category.LIFESTYLE)
    await visit(tab, "/explore?q=habit&price=free")
    assert shown(tab) == ["Habit garden"]
    assert tab.seen("words")[-1] == "habit"
    assert tab.seen("picks") == []
    await visit(tab, href_of(tab, "prices", "Paid"))
    assert set(shown(tab)) == {"Habit tracker", "Habit diary"}
    await visit(tab, href_of(tab, "chosen", "Paid"))
    assert len(shown(tab)) == 3
    await visit(tab, href_of(tab, "categories", "Lifestyle"))
    assert shown(tab) == ["Habit garden"]


async def test_an_address_that_makes_no_sense_shows_what_it_can(tab: Tab, fill: Fill) -> None:
    fill("One")
    await visit(tab, "/explore?category=nonsense&sort=9&rating=-1&most=1e9&price=\x00")
    assert shown(tab) == ["One"]


async def test_misspelt_words_are_corrected_and_the_page_says_so(tab: Tab, fill: Fill) -> None:
    fill("Habit tracker")
    await visit(tab, "/explore?q=habbit+trakcer")
    assert (shown(tab), tab.seen("corrected")[-1]) == (["Habit tracker"], "habit tracker")
    assert tab.seen("words")[-1] == "habbit trakcer"


async def test_a_list_goes_on_where_it_ended(tab: Tab, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PAGE_LENGTH", 2)
    fill(*(f"App {number}" for number in range(5)))
    await visit(tab)
    lengths = [len(shown(tab))]
    while tab.seen("has_more")[-1]:
        await tab.do(ExploreState.more)
        lengths.append(len(shown(tab)))
    assert lengths == [2, 4, 5]
    assert shown(tab) == [f"App {number}" for number in range(5)]
    await tab.do(ExploreState.more)
    assert len(shown(tab)) == 5


async def test_a_long_list_makes_room_for_its_next_page(tab: Tab, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PAGE_LENGTH", 2)
    monkeypatch.setattr(explore, "MOST_KEPT", 4)
    fill(*(f"App {number}" for number in range(6)))
    await visit(tab)
    await tab.do(ExploreState.more)
    assert tab.seen("is_full")[-1] is True
    await tab.do(ExploreState.more)
    assert shown(tab) == ["App 4", "App 5"]


async def test_who_comes_back_finds_the_list_as_it_was(tab: Tab, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "PAGE_LENGTH", 2)
    fill("One", "Two", "Three")
    await visit(tab)
    await tab.do(ExploreState.more)
    with counted_queries() as sent:
        await visit(tab)
    assert (sent.count, len(shown(tab))) == (0, 3)


@pytest.mark.parametrize("address", ["/explore", "/explore?q=habit", "/explore?q=habbit", "/explore?q=zzyzx&rating=4"])
async def test_the_page_sends_few_statements(tab: Tab, fill: Fill, address: str) -> None:
    fill("Habit tracker")
    with counted_queries() as sent:
        await visit(tab, address)
    assert sent.count <= MOST_OF_A_PAGE - 1, sent  # one more finds out who is signed in


async def test_what_is_typed_suggests_listings(tab: Tab, fill: Fill) -> None:
    fill("Habit tracker", "Invoices")
    await tab.do(ExploreState.suggest, typed="habi")
    assert [one.title for one in tab.seen("suggestions")[-1]] == ["Habit tracker"]
    assert tab.seen("typed")[-1] == "habi"


async def test_who_searches_without_end_is_refused_for_a_while_and_keeps_what_was_found(
    tab: Tab, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explore, "SEARCHES", "2/minute")
    fill("Habit tracker", "Invoices")
    tab.ip = "203.0.113.7"
    for words in ("habit", "invoices"):
        await visit(tab, f"/explore?q={words}")
    with counted_queries() as sent:
        await visit(tab, "/explore?q=tracker")
    assert sent.count == 0
    assert "Wait a minute" in tab.seen("refusal")[-1]
    assert (shown(tab), tab.seen("is_searching")[-1]) == (["Invoices"], False)
    monkeypatch.setattr(explore, "SEARCHES", "600/minute")
    await visit(tab, "/explore?q=tracker")
    assert (shown(tab), tab.seen("refusal")[-1]) == (["Habit tracker"], "")


async def test_others_go_on_searching_meanwhile(tab: Tab, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore, "SEARCHES", "1/minute")
    fill("Habit tracker")
    for number in range(3):
        tab.ip = f"203.0.113.{number}"
        await visit(tab, f"/explore?q=habit&rating={number}")
    assert tab.seen("refusal") == []


async def test_the_next_page_counts_too_and_the_list_can_go_on_later(
    tab: Tab, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "PAGE_LENGTH", 2)
    monkeypatch.setattr(explore, "SEARCHES", "1/minute")
    fill("One", "Two", "Three")
    tab.ip = "203.0.113.7"
    await visit(tab)
    with pytest.raises(LimitReached, match="Wait a little"):
        await tab.do(ExploreState.more)
    assert (shown(tab), tab.seen("has_more")[-1]) == (["One", "Two"], True)
    monkeypatch.setattr(explore, "SEARCHES", "600/minute")
    await tab.do(ExploreState.more)
    assert shown(tab) == ["One", "Two", "Three"]


async def test_suggestions_end_without_a_word_where_there_were_too_many(
    tab: Tab, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explore, "SUGGESTIONS", "1/minute")
    fill("Habit tracker")
    tab.ip = "203.0.113.7"
    await tab.do(ExploreState.suggest, typed="habi")
    await tab.do(ExploreState.suggest, typed="habit")
    assert (tab.seen("typed")[-1], tab.seen("suggestions")[-1]) == ("habit", [])
    assert tab.errors == []


def _listing(session: Session, title: str) -> Listing:
    return session.exec(select(Listing).where(Listing.title == title)).one()
