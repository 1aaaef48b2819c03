"""A listing beside those of other creators that it is nearly the same as, for the staff to compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import CreatorProfile, Listing, ListingFingerprint
from overskill.services.market.duplicates import SAME_PICTURE, Lookalike, find_lookalikes
from overskill.services.market.fingerprints import Fingerprint


@dataclass(frozen=True, slots=True)
class Compared:
    slug: str
    title: str
    tagline: str
    creator: str
    username: str
    cover: str  # checksum of its first picture, or ""
    accent: str
    begun_at: datetime
    sales: int
    code: float = 0.0  # the part of the code that is the other's: 0 … 1
    looks_the_same: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    listing: Compared
    others: Sequence[Compared]  # the likest first


def compare(session: Session, listing_id: UUID) -> Comparison:
    """As they are now: what a report says is of the day on which it was written. Raises NotFound."""
    listing = session.get(Listing, listing_id)
    if listing is None:
        raise NotFound("There is no such listing any more. Reload the page.")
    kept = session.get(ListingFingerprint, listing_id)
    found = find_lookalikes(session, listing, Fingerprint(tuple(kept.minhash), kept.picture)) if kept else []
    rows = _compared(session, {listing_id: None, **{one.listing_id: one for one in found}})
    return Comparison(rows[listing_id], [rows[one.listing_id] for one in found])


def _compared(session: Session, alike: dict[UUID, Lookalike | None]) -> dict[UUID, Compared]:
    query = (
        select(Listing, CreatorProfile)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(col(Listing.id).in_(alike))
    )
    return {listing.id: _one(listing, creator, alike[listing.id]) for listing, creator in session.exec(query)}


def _one(listing: Listing, creator: CreatorProfile, alike: Lookalike | None) -> Compared:
    return Compared(
        slug=listing.slug,
        title=listing.title,
        tagline=listing.tagline,
        creator=creator.name,
        username=creator.username,
        cover=listing.cover,
        accent=listing.accent,
        begun_at=listing.created_at,
        sales=listing.sale_count,
        code=alike.code if alike else 0.0,
        looks_the_same=alike is not None and alike.picture <= SAME_PICTURE,
    )
