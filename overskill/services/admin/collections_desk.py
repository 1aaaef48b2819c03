"""Collections and staff picks as the staff edits them. Each change is in the audit log."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import CreatorProfile, Listing, ListingStatus, SubjectKind
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own
from overskill.services.admin.finding import contains
from overskill.services.market import collections
from overskill.services.market.collections import CollectionSummary
from overskill.services.market.interests import concerned_by, own_of

MOST_FOUND = 10
_GONE = "This collection is gone. Load the page again."


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    title: str
    slug: str
    creator: str
    is_sold: bool  # what is not is left out of what visitors see
    is_own: bool = False  # of the admin who looks for something to add, and another one adds it


@dataclass(frozen=True, slots=True)
class CollectionLine:
    id: str
    slug: str
    title: str
    text: str
    is_shown: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    picks: tuple[Item, ...]
    collections: tuple[CollectionLine, ...]  # in their order


def view_shelves(session: Session) -> Shelves:
    """Three queries, however many there are."""
    found = collections.list_collections(session)
    wanted = {listing_id for one in found for listing_id in one.listing_ids}
    rows = session.exec(
        select(Listing, CreatorProfile.name)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(col(Listing.id).in_(wanted) | col(Listing.featured_at).is_not(None))
        .order_by(col(Listing.featured_at).desc().nulls_last(), col(Listing.id))
    ).all()
    items = {listing.id: _item(listing, creator) for listing, creator in rows}
    picks = tuple(items[listing.id] for listing, _ in rows if listing.featured_at is not None)
    return Shelves(picks, tuple(_line(one, items) for one in found))


def find_to_add(session: Session, viewer_id: UUID, words: str, *, limit: int = MOST_FOUND) -> list[Item]:
    """What is sold, by its title, address or creator."""
    named = contains(Listing.title, words) | contains(Listing.slug, words) | contains(CreatorProfile.username, words)
    rows = session.exec(
        select(Listing, CreatorProfile.name)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(Listing.status == ListingStatus.PUBLISHED, named)
        .order_by(Listing.title, col(Listing.id))
        .limit(limit)
    ).all()
    own = own_of(session, viewer_id, [(SubjectKind.LISTING, listing.id) for listing, _ in rows])
    return [_item(listing, creator, is_own=(SubjectKind.LISTING, listing.id) in own) for listing, creator in rows]


def create(session: Session, admin_id: UUID, title: str, text: str) -> UUID:
    """Empty and hidden, behind the others."""
    made = collections.create_collection(session, title=title, text=text, is_shown=False)
    _note(session, admin_id, "made", made.id, title=made.title)
    return made.id


def edit(session: Session, admin_id: UUID, collection_id: UUID, title: str, text: str) -> None:
    before = _summary(session, collection_id)
    edited = collections.edit_collection(session, collection_id, title=title, text=text)
    _note(session, admin_id, "edited", collection_id, title=edited.title, title_before=before.title, before=before.text)


def show(session: Session, admin_id: UUID, collection_id: UUID, is_shown: bool) -> None:
    """On the explore page, or no longer."""
    collections.edit_collection(session, collection_id, is_shown=is_shown)
    _note(session, admin_id, "shown" if is_shown else "hidden", collection_id)


def delete(session: Session, admin_id: UUID, collection_id: UUID) -> None:
    """Its listings stay as they are."""
    title = _summary(session, collection_id).title
    collections.delete_collection(session, collection_id)
    _note(session, admin_id, "deleted", collection_id, title=title)


def move(session: Session, admin_id: UUID, collection_id: UUID, by: int) -> None:
    """One place up (-1) or down (1) among all."""
    ids = [one.id for one in collections.list_collections(session)]
    for position, each in enumerate(_moved(ids, collection_id, by)):
        collections.edit_collection(session, each, position=position)
    _note(session, admin_id, "moved", collection_id)


def add_item(session: Session, admin_id: UUID, collection_id: UUID, listing_id: UUID) -> None:
    """At its end. Raises Conflict for what is there already, NotAllowed for the admin's own."""
    ids = _summary(session, collection_id).listing_ids
    if listing_id in ids:
        raise Conflict("It is in this collection already.")
    key = (SubjectKind.LISTING, listing_id)
    own = decided_as_own(session, admin_id, concerned_by(session, [key])[key])
    collections.set_items(session, collection_id, [*ids, listing_id])
    _note(session, admin_id, "listing_added", collection_id, listing=str(listing_id), **own)


def remove_item(session: Session, admin_id: UUID, collection_id: UUID, listing_id: UUID) -> None:
    ids = _summary(session, collection_id).listing_ids
    collections.set_items(session, collection_id, [each for each in ids if each != listing_id])
    _note(session, admin_id, "listing_removed", collection_id, listing=str(listing_id))


def move_item(session: Session, admin_id: UUID, collection_id: UUID, listing_id: UUID, by: int) -> None:
    ids = _summary(session, collection_id).listing_ids
    collections.set_items(session, collection_id, _moved(ids, listing_id, by))
    _note(session, admin_id, "listing_moved", collection_id, listing=str(listing_id))


def _moved(ids: list[UUID], wanted: UUID, by: int) -> list[UUID]:
    """What is at an end stays there."""
    if wanted not in ids:
        raise NotFound("This is gone. Load the page again.")
    if by not in (-1, 1):
        raise InvalidInput("Move it up or down, one place at a time.")
    place = ids.index(wanted)
    rest = [each for each in ids if each != wanted]
    rest.insert(max(0, place + by), wanted)
    return rest


def _summary(session: Session, collection_id: UUID) -> CollectionSummary:
    found = next((one for one in collections.list_collections(session) if one.id == collection_id), None)
    if found is None:
        raise NotFound(_GONE)
    return found


def _line(one: CollectionSummary, items: dict[UUID, Item]) -> CollectionLine:
    shown = tuple(items[each] for each in one.listing_ids if each in items)
    return CollectionLine(str(one.id), one.slug, one.title, one.text, one.is_shown, shown)


def _item(listing: Listing, creator: str, *, is_own: bool = False) -> Item:
    is_sold = listing.status is ListingStatus.PUBLISHED
    return Item(str(listing.id), listing.title, listing.slug, creator, is_sold, is_own)


def _note(session: Session, admin_id: UUID, what: str, collection_id: UUID, **details: str | bool) -> None:
    record(session, f"collection.{what}", admin_id, subject=f"collection:{collection_id}", details=details)
