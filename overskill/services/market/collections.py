"""What the staff recommends: picks, and collections of listings under a title.

create_collection(session, title=…)      edit_collection(session, id, title=…, is_shown=…)
set_items(session, id, listing_ids)      feature(session, listing_id, is_featured=True)
delete_collection(session, id)           list_collections(session)   all of them, for the staff

Who calls these has made sure that an admin asks for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from overskill.errors import InvalidInput, NotFound
from overskill.models import Collection, CollectionItem, Listing, utc_now
from overskill.services.market.cards import ListingCard, card_of, is_shown, read_cards, select_cards

MOST_ITEMS = 24
MOST_PICKS = 12
MOST_SHOWN = 8


@dataclass(frozen=True)
class ListingRow:
    """Listings side by side, under a title."""

    slug: str
    title: str
    text: str
    listings: list[ListingCard]


@dataclass(frozen=True)
class CollectionSummary:
    id: UUID
    slug: str
    title: str
    text: str
    position: int
    is_shown: bool
    listing_ids: list[UUID]  # in their order


def shown_collections(session: Session) -> list[ListingRow]:
    """In their order; without those that have nothing to show."""
    query = (
        select_cards()
        .add_columns(
            col(Collection.slug).label("collection"),
            col(Collection.title).label("heading"),
            col(Collection.text).label("about"),
        )
        .join(CollectionItem, col(CollectionItem.listing_id) == col(Listing.id))
        .join(Collection, col(Collection.id) == col(CollectionItem.collection_id))
        .where(col(Collection.is_shown), is_shown())
        .order_by(col(Collection.position), col(Collection.slug), col(CollectionItem.position))
    )
    rows: dict[str, ListingRow] = {}
    for row in session.execute(query):
        shown = rows.setdefault(row.collection, ListingRow(row.collection, row.heading, row.about, []))
        shown.listings.append(card_of(row))
    return list(rows.values())[:MOST_SHOWN]


def staff_picks(session: Session) -> list[ListingCard]:
    """What was picked last comes first."""
    query = (
        select_cards()
        .where(col(Listing.featured_at).is_not(None), is_shown())
        .order_by(col(Listing.featured_at).desc(), col(Listing.id))
        .limit(MOST_PICKS)
    )
    return read_cards(session, query)


def list_collections(session: Session) -> list[CollectionSummary]:
    items: dict[UUID, list[UUID]] = {}
    for item in session.exec(select(CollectionItem).order_by(col(CollectionItem.position))):
        items.setdefault(item.collection_id, []).append(item.listing_id)
    return [
        CollectionSummary(one.id, one.slug, one.title, one.text, one.position, one.is_shown, items.get(one.id, []))
        for one in session.exec(select(Collection).order_by(col(Collection.position), col(Collection.slug)))
    ]


def create_collection(session: Session, *, title: str, text: str = "", is_shown: bool = True) -> Collection:
    """Empty, and behind the others."""
    last = session.exec(select(func.max(Collection.position))).one()
    collection = Collection(
        slug=_slug(session, title),
        title=_title(title),
        text=text.strip()[:300],
        position=0 if last is None else last + 1,
        is_shown=is_shown,
    )
    session.add(collection)
    session.flush()
    return collection


def edit_collection(
    session: Session,
    collection_id: UUID,
    *,
    title: str | None = None,
    text: str | None = None,
    position: int | None = None,
    is_shown: bool | None = None,
) -> Collection:
    """What is None stays. Its address stays, too."""
    collection = _collection(session, collection_id)
    if title is not None:
        collection.title = _title(title)
    if text is not None:
        collection.text = text.strip()[:300]
    if position is not None:
        collection.position = position
    if is_shown is not None:
        collection.is_shown = is_shown
    return collection


def delete_collection(session: Session, collection_id: UUID) -> None:
    session.delete(_collection(session, collection_id))


def set_items(session: Session, collection_id: UUID, listing_ids: Sequence[UUID]) -> None:
    """These and no others, in this order."""
    _collection(session, collection_id)
    wanted = list(dict.fromkeys(listing_ids))
    if len(wanted) > MOST_ITEMS:
        raise InvalidInput(f"A collection has at most {MOST_ITEMS} listings. Take some out first.")
    there = session.exec(select(func.count()).select_from(Listing).where(col(Listing.id).in_(wanted))).one()
    if there < len(wanted):
        raise NotFound("One of these listings is gone. Load the page again.")
    session.exec(delete(CollectionItem).where(col(CollectionItem.collection_id) == collection_id))
    session.add_all(
        CollectionItem(collection_id=collection_id, listing_id=listing_id, position=position)
        for position, listing_id in enumerate(wanted)
    )


def feature(session: Session, listing_id: UUID, is_featured: bool) -> None:
    """Make it a staff pick, or no longer."""
    listing = session.get(Listing, listing_id)
    if listing is None:
        raise NotFound("This listing is gone. Load the page again.")
    listing.featured_at = utc_now() if is_featured else None


def _collection(session: Session, collection_id: UUID) -> Collection:
    collection = session.get(Collection, collection_id)
    if collection is None:
        raise NotFound("This collection is gone. Load the page again.")
    return collection


def _title(title: str) -> str:
    cleaned = " ".join(title.split())[:80]
    if not cleaned:
        raise InvalidInput("Give the collection a title.", field="title")
    return cleaned


def _slug(session: Session, title: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:50] or "collection"
    taken = set(session.exec(select(Collection.slug).where(col(Collection.slug).startswith(stem))))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 2))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
