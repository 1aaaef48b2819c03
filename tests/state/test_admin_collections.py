"""Collections at the desk: made hidden, filled, ordered and shown; each change is kept."""

from uuid import UUID

import pytest
from sqlmodel import select

from overskill import db
from overskill.errors import Conflict, InvalidInput
from overskill.models import AuditEvent, Collection, Listing, ListingStatus, User
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.market.collections import MOST_SHOWN, shown_collections, staff_picks
from overskill.state.admin_collections import PICKS, CollectionsState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


def sign_in(tab: Tab) -> User:
    with db.transaction() as session:
        user = make_user(session, is_admin=True)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
    return user


def listings(*titles: str) -> list[str]:
    with db.transaction() as session:
        creator = make_creator(session)
        return [str(make_listing(session, creator, title=title).id) for title in titles]


async def make(tab: Tab, title: str) -> str:
    """Returns its id."""
    await tab.do(CollectionsState.ask, wish="make", collection_id="")
    await tab.do(CollectionsState.save, form={"title": title, "text": "Small things."})
    return str(next(row.id for row in tab.seen("rows")[-1] if row.title == title))


async def fill(tab: Tab, collection_id: str, *listing_ids: str) -> None:
    await tab.do(CollectionsState.ask, wish="add", collection_id=collection_id)
    for listing_id in listing_ids:
        await tab.do(CollectionsState.add, listing_id=listing_id)


def seen_by_visitors() -> list[tuple[str, list[str]]]:
    with db.transaction() as session:
        return [(row.title, [each.title for each in row.listings]) for row in shown_collections(session)]


async def test_a_collection_is_made_filled_ordered_and_then_shown(tab: Tab) -> None:
    admin = sign_in(tab)
    one, two = listings("One", "Two")
    made = await make(tab, "For the weekend")
    await fill(tab, made, one, two)
    await tab.do(CollectionsState.move_item, collection_id=made, listing_id=two, by=-1)
    assert seen_by_visitors() == []
    await tab.do(CollectionsState.show, collection_id=made, is_shown=True)
    assert seen_by_visitors() == [("For the weekend", ["Two", "One"])]
    await tab.do(CollectionsState.remove, collection_id=made, listing_id=two)
    assert seen_by_visitors() == [("For the weekend", ["One"])]
    with db.transaction() as session:
        events = session.exec(select(AuditEvent).where(AuditEvent.subject == f"collection:{made}")).all()
    assert {event.actor_id for event in events} == {admin.id}
    assert {event.action for event in events} == {
        "collection.made",
        "collection.listing_added",
        "collection.listing_moved",
        "collection.shown",
        "collection.listing_removed",
    }


async def test_collections_change_places(tab: Tab) -> None:
    sign_in(tab)
    first, _, last = [await make(tab, title) for title in ("First", "Second", "Third")]
    await tab.do(CollectionsState.move, collection_id=last, by=-1)
    await tab.do(CollectionsState.move, collection_id=first, by=-1)
    rows = tab.seen("rows")[-1]
    assert [row.title for row in rows] == ["First", "Third", "Second"]
    assert [(row.is_first, row.is_last) for row in rows] == [(True, False), (False, False), (False, True)]


async def test_a_collection_is_renamed_and_deleted(tab: Tab) -> None:
    sign_in(tab)
    made = await make(tab, "Weekend")
    await tab.do(CollectionsState.ask, wish="edit", collection_id=made)
    assert tab.seen("title")[-1] == "Weekend"
    await tab.do(CollectionsState.save, form={"title": " ", "text": ""})
    assert tab.seen("refusal")[-1] == "Give the collection a title."
    await tab.do(CollectionsState.save, form={"title": "Sunday", "text": "Rest."})
    assert [(row.title, row.text) for row in tab.seen("rows")[-1]] == [("Sunday", "Rest.")]
    await tab.do(CollectionsState.ask, wish="delete", collection_id=made)
    await tab.do(CollectionsState.delete)
    assert tab.seen("rows")[-1] == []
    with db.transaction() as session:
        assert session.get(Collection, UUID(made)) is None


async def test_picks_are_added_and_taken_out_here_too(tab: Tab) -> None:
    sign_in(tab)
    (one,) = listings("One")
    await fill(tab, PICKS, one)
    assert [item.title for item in tab.seen("picks")[-1]] == ["One"]
    with db.transaction() as session:
        assert [card.title for card in staff_picks(session)] == ["One"]
    await tab.do(CollectionsState.remove, collection_id=PICKS, listing_id=one)
    assert tab.seen("picks")[-1] == []


async def test_only_what_is_sold_is_offered_and_nothing_twice(tab: Tab) -> None:
    sign_in(tab)
    one, draft = listings("Habits", "Habits draft")
    with db.transaction() as session:
        session.get_one(Listing, UUID(draft)).status = ListingStatus.DRAFT
    made = await make(tab, "Weekend")
    await tab.do(CollectionsState.ask, wish="add", collection_id=made)
    await tab.do(CollectionsState.search, form={"q": "habits"})
    assert [item.id for item in tab.seen("found")[-1]] == [one]
    await tab.do(CollectionsState.add, listing_id=one)
    with pytest.raises(Conflict, match="already"):
        await tab.do(CollectionsState.add, listing_id=one)


async def test_the_desk_says_why_visitors_do_not_see_a_collection(tab: Tab) -> None:
    sign_in(tab)
    (one,) = listings("One")
    made = [await make(tab, f"Number {number}") for number in range(MOST_SHOWN + 2)]
    for each in made[1:]:
        await fill(tab, each, one)
    for each in made:
        await tab.do(CollectionsState.show, collection_id=each, is_shown=True)
    notes = [row.note for row in tab.seen("rows")[-1]]
    assert notes[0] == "Nothing in it is sold, so visitors do not see it."
    assert notes[1:-1] == [""] * MOST_SHOWN
    assert "Move it up" in notes[-1]


async def test_the_page_runs_few_queries_however_much_is_in_it(tab: Tab) -> None:
    sign_in(tab)
    ids = listings("One", "Two", "Three")
    for title in ("Weekend", "Work"):
        await fill(tab, await make(tab, title), *ids)
    with counted_queries() as sent:
        await tab.do(CollectionsState.load)
    assert sent.count <= MOST_OF_A_PAGE, sent


@pytest.mark.parametrize("by", [0, 5])
async def test_nothing_moves_by_more_than_a_place(tab: Tab, by: int) -> None:
    sign_in(tab)
    made = await make(tab, "Weekend")
    with pytest.raises(InvalidInput, match="one place"):
        await tab.do(CollectionsState.move, collection_id=made, by=by)
