"""Listings that are nearly others' listings: found before they are published, for somebody to look at."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from overskill.models import (
    CreatorProfile,
    FingerprintBand,
    Install,
    License,
    LicenseKind,
    Listing,
    ListingFingerprint,
    ListingStatus,
)
from overskill.services.market.fingerprints import Fingerprint, bands_of, likeness, picture_distance

ALIKE = 0.6  # of the code: recipes of different kinds stay below 0.2, renamed copies above 0.8
ALIKE_WITH_PICTURE = 0.4  # where the start pages can't be told apart either
SAME_PICTURE = 5  # of 64 bits differ at most
_MOST_COMPARED = 200
_MOST_TOLD = 5
_NOT_COMPARED = (ListingStatus.DRAFT,)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Another creator's listing, and how alike the two are."""

    listing_id: UUID
    slug: str
    title: str
    creator: str
    code: float  # 0 … 1
    picture: int  # of 64 bits differ

    @property
    def words(self) -> str:
        same_look = ", and the start pages look the same" if self.picture <= SAME_PICTURE else ""
        return f"{self.code:.0%} of the code is that of “{self.title}” by {self.creator}{same_look}."

    def to_json(self) -> dict[str, str]:
        """As evidence."""
        return {"kind": "lookalike", "text": self.words, "link": f"/apps/{self.slug}"}


def keep_fingerprint(session: Session, listing_id: UUID, found: Fingerprint) -> None:
    """In place of the one of its release before."""
    values = {"minhash": list(found.minhash), "picture": found.picture}
    row = insert(ListingFingerprint).values(listing_id=listing_id, **values)
    session.execute(row.on_conflict_do_update(index_elements=["listing_id"], set_=values))
    session.execute(delete(FingerprintBand).where(col(FingerprintBand.listing_id) == listing_id))
    bands = [
        {"listing_id": listing_id, "band": band, "value": value} for band, value in enumerate(bands_of(found.minhash))
    ]
    if bands:
        session.execute(insert(FingerprintBand).values(bands))


def find_lookalikes(session: Session, listing: Listing, found: Fingerprint) -> list[Lookalike]:
    """The likest first. Neither the creator's own nor what the app was made from by a licence to."""
    if not found.minhash:
        return []
    bands = tuple_(col(FingerprintBand.band), col(FingerprintBand.value))
    shared = select(col(FingerprintBand.listing_id)).where(bands.in_(list(enumerate(bands_of(found.minhash)))))
    rows = session.execute(
        select(ListingFingerprint, Listing, col(CreatorProfile.name))
        .join(Listing, col(Listing.id) == ListingFingerprint.listing_id)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(
            col(Listing.id).in_(shared),
            col(Listing.creator_id) != listing.creator_id,
            col(Listing.status).not_in(_NOT_COMPARED),
            col(Listing.id).not_in(_may_be_like(session, listing)),
        )
        .limit(_MOST_COMPARED)
    )
    compared = (
        Lookalike(
            other.id,
            other.slug,
            other.title,
            creator,
            likeness(found.minhash, theirs.minhash),
            picture_distance(found.picture, theirs.picture),
        )
        for theirs, other, creator in rows
    )
    return sorted(filter(_is_suspicious, compared), key=lambda one: -one.code)[:_MOST_TOLD]


def _is_suspicious(one: Lookalike) -> bool:
    return one.code >= ALIKE or (one.code >= ALIKE_WITH_PICTURE and one.picture <= SAME_PICTURE)


def _may_be_like(session: Session, listing: Listing) -> set[UUID]:
    """What it remixes, up the tree, and what was bought to be sold again."""
    allowed: set[UUID] = set()
    parent = listing.parent_id
    while parent is not None and parent not in allowed:
        allowed.add(parent)
        parent = session.scalar(select(col(Listing.parent_id)).where(col(Listing.id) == parent))
    bought = session.scalars(
        select(col(Install.listing_id))
        .join(License, col(License.id) == Install.license_id)
        .where(col(Install.app_id) == listing.app_id, col(License.kind) == LicenseKind.SOURCE)
    )
    return allowed | set(bought)
