from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlmodel import Session

from overskill.errors import InvalidInput, NotFound
from overskill.models import Listing, ListingStatus
from overskill.services.market import collections
from overskill.services.market.collections import (
    create_collection,
    delete_collection,
    edit_collection,
    feature,
    list_collections,
    set_items,
    shown_collections,
    staff_picks,
)
from tests.market_rows import make_creator, make_listing

Make = Callable[[str], Listing]


@pytest.fixture
def make(session: Session) -> Make:
    creator = make_creator(session)
    return lambda title: make_listing(session, creator, title=title)


def test_a_collection_shows_its_listings_in_their_order(session: Session, make: Make) -> None:
    one, two = make("One"), make("Two")
    collection = create_collection(session, title="For the weekend", text="Small things.")
    set_items(session, collection.id, [two.id, one.id])
    (row,) = shown_collections(session)
    assert (row.slug, row.title, row.text) == ("for-the-weekend", "For the weekend", "Small things.")
    assert [listing.title for listing in row.listings] == ["Two", "One"]
    set_items(session, collection.id, [one.id])
    assert [listing.title for listing in shown_collections(session)[0].listings] == ["One"]


def test_collections_without_anything_to_show_are_not_shown(session: Session, make: Make) -> None:
    create_collection(session, title="Empty")
    hidden = create_collection(session, title="Hidden", is_shown=False)
    withdrawn = make("Withdrawn")
    withdrawn.status = ListingStatus.WITHDRAWN
    set_items(session, hidden.id, [make("One").id])
    set_items(session, create_collection(session, title="Withdrawn").id, [withdrawn.id])
    assert shown_collections(session) == []
    assert [row.title for row in list_collections(session)] == ["Empty", "Hidden", "Withdrawn"]


def test_two_collections_of_one_title_have_two_addresses(session: Session) -> None:
    assert [create_collection(session, title="Très bien!").slug for _ in range(3)] == [
        "tr-s-bien",
        "tr-s-bien-2",
        "tr-s-bien-3",
    ]


def test_a_collection_is_edited_and_moved(session: Session, make: Make) -> None:
    first, second = create_collection(session, title="First"), create_collection(session, title="Second")
    for collection in (first, second):
        set_items(session, collection.id, [make("One").id])
    edit_collection(session, second.id, title="Now first", position=-1)
    assert [row.title for row in shown_collections(session)] == ["Now first", "First"]
    edit_collection(session, first.id, is_shown=False)
    assert [row.title for row in shown_collections(session)] == ["Now first"]
    delete_collection(session, second.id)
    session.flush()
    assert shown_collections(session) == []


def test_what_makes_no_collection_is_refused(session: Session, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = create_collection(session, title="One")
    monkeypatch.setattr(collections, "MOST_ITEMS", 1)
    with pytest.raises(InvalidInput, match="title"):
        create_collection(session, title="  ")
    with pytest.raises(InvalidInput, match="at most"):
        set_items(session, collection.id, [make("One").id, make("Two").id])
    with pytest.raises(NotFound, match="gone"):
        set_items(session, collection.id, [uuid4()])
    with pytest.raises(NotFound, match="gone"):
        edit_collection(session, uuid4(), title="Other")


def test_staff_picks_are_what_the_staff_picked(session: Session, make: Make) -> None:
    one, two = make("One"), make("Two")
    feature(session, one.id, True)
    feature(session, two.id, True)
    assert [listing.title for listing in staff_picks(session)] == ["Two", "One"]
    assert staff_picks(session)[0].is_featured
    feature(session, two.id, False)
    assert [listing.title for listing in staff_picks(session)] == ["One"]
