"""Pictures in the marketplace: of listings and their creators. Drawn anew as WebP, and named by what they show."""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from PIL import Image
from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select
from sqlmodel import Session, col

from overskill.clients.objects import ObjectStore
from overskill.db import after_commit
from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound
from overskill.models import (
    App,
    AppVersion,
    CreatorProfile,
    License,
    Listing,
    ListingMedia,
    Purchase,
    PurchaseItem,
    Release,
    User,
)
from overskill.services.apps.thumbnails import read_thumbnail
from overskill.services.attachments.pictures import redraw
from overskill.services.market.cards import is_kept, is_shown
from overskill.services.market.words import line

MOST_PICTURES = 8
LARGEST_UPLOAD = 8 * 1024 * 1024
LONGEST_ALT = 200
_MOST_OFFERED = 12
_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_NO_PICTURE = "There is no such picture."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture in the object store."""

    checksum: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept."""

    content: bytes = field(repr=False)
    width: int
    height: int


def draw(image: bytes) -> Drawn:
    """As a WebP within bounds, with nothing of the upload left in it. It takes a while, and waits for those that are
    drawn before it, so no transaction does. Raises InvalidInput."""
    if len(image) > LARGEST_UPLOAD:
        raise InvalidInput(f"A picture has at most {LARGEST_UPLOAD >> 20} MB. Choose a smaller one.")
    sharp, _, (width, height) = redraw(image)
    result = io.BytesIO()
    with Image.open(io.BytesIO(sharp)) as picture:
        picture.save(result, "WEBP", quality=86, method=4)
    return Drawn(result.getvalue(), width, height)


def keep_picture(drawn: Drawn, objects: ObjectStore) -> Kept:
    checksum = hashlib.sha256(drawn.content).hexdigest()
    objects.put(media_key(checksum), drawn.content)
    return Kept(checksum, drawn.width, drawn.height)


def media_key(checksum: str) -> str:
    return f"media/{checksum[:2]}/{checksum}.webp"


def read_media(session: Session, user_id: UUID | None, checksum: str, objects: ObjectStore) -> tuple[bytes, bool]:
    """A picture, and whether everybody may see it. Raises NotFound.

    It is public while a published listing or a creator shows it. Otherwise its creator sees it, and who bought the
    listing, unless that is suspended.
    """
    if not _CHECKSUM.fullmatch(checksum):
        raise NotFound(_NO_PICTURE)
    is_public = _shown_by(checksum, user_id=None)
    if session.scalar(is_public) is not None:
        return objects.get(media_key(checksum)), True
    if user_id is None or session.scalar(_shown_by(checksum, user_id=user_id)) is None:
        raise NotFound(_NO_PICTURE)
    return objects.get(media_key(checksum)), False


def list_media(session: Session, listing_id: UUID) -> list[ListingMedia]:
    rows = select(ListingMedia).where(col(ListingMedia.listing_id) == listing_id)
    return list(session.scalars(rows.order_by(col(ListingMedia.position), col(ListingMedia.id))))


def add_picture(
    session: Session, listing: Listing, drawn: Drawn, objects: ObjectStore, *, alt: str = ""
) -> ListingMedia:
    """At the end of the listing's pictures. The caller holds the listing's row lock."""
    media = list_media(session, listing.id)
    if len(media) >= MOST_PICTURES:
        raise LimitReached(f"A listing has at most {MOST_PICTURES} pictures. Remove one first.")
    kept = keep_picture(drawn, objects)
    if any(one.checksum == kept.checksum for one in media):
        raise Conflict("That picture is there already.")
    row = ListingMedia(
        listing_id=listing.id,
        position=len(media),
        checksum=kept.checksum,
        width=kept.width,
        height=kept.height,
        alt=line(alt, "A description of a picture", most=LONGEST_ALT, field="alt"),
    )
    session.add(row)
    _number(session, listing, [*media, row])
    return row


def cover_with(session: Session, listing: Listing, kept: Kept) -> None:
    """The first picture of a listing that has none: its start page as it was checked."""
    alt = f"The start page of {listing.title}"
    row = ListingMedia(
        listing_id=listing.id, position=0, checksum=kept.checksum, width=kept.width, height=kept.height, alt=alt
    )
    session.add(row)
    _number(session, listing, [row])


def own_pictures() -> ColumnElement[Any]:
    """Checksums of pictures that an app's versions have, the newest first, in a query that has the app: see
    `offered_pictures`."""
    shots = (
        select(col(AppVersion.screenshot))
        .where(col(AppVersion.app_id) == col(App.id), col(AppVersion.screenshot) != "")
        .order_by(col(AppVersion.number).desc())
        .limit(_MOST_OFFERED)
        .correlate(App)
    )
    return func.array(shots.scalar_subquery())


def offered_pictures(app: App | None, own: Sequence[str]) -> list[str]:
    """What one click adds. `own` is what `own_pictures` reads."""
    return list(dict.fromkeys(one for one in (app.thumbnail, *own) if one)) if app else []


def add_own_picture(
    session: Session, user_id: UUID, listing: Listing, checksum: str, objects: ObjectStore
) -> ListingMedia:
    """One of `offered_pictures`. Raises NotFound for any other."""
    found = session.execute(select(App, own_pictures()).where(col(App.id) == listing.app_id)).one_or_none()
    if found is None or checksum not in offered_pictures(*found):
        raise NotFound(_NO_PICTURE)
    image = read_thumbnail(session, user_id, checksum, objects)
    return add_picture(session, listing, draw(image), objects, alt=f"{listing.title} in use")


def remove_picture(session: Session, listing: Listing, media_id: UUID, objects: ObjectStore) -> None:
    media = list_media(session, listing.id)
    gone = _one_of(media, media_id)
    session.delete(gone)
    _number(session, listing, [one for one in media if one.id != media_id])
    forget_picture(session, gone.checksum, objects)


def order_pictures(session: Session, listing: Listing, media_ids: Sequence[UUID]) -> None:
    """The first is the cover. What is not named stays behind those that are."""
    media = {one.id: one for one in list_media(session, listing.id)}
    wanted = [media.pop(one) for one in dict.fromkeys(media_ids) if one in media]
    _number(session, listing, [*wanted, *media.values()])


def describe_picture(session: Session, listing: Listing, media_id: UUID, alt: str) -> None:
    row = _one_of(list_media(session, listing.id), media_id)
    row.alt = line(alt, "A description of a picture", most=LONGEST_ALT, field="alt")
    session.add(row)


def forget_picture(session: Session, checksum: str, objects: ObjectStore) -> None:
    """Once this is committed, delete a picture that nothing shows any more."""
    session.flush()
    if checksum and session.scalar(_held_by(checksum)) is None:
        after_commit(session, partial(objects.delete, media_key(checksum)))


def _one_of(media: Sequence[ListingMedia], media_id: UUID) -> ListingMedia:
    for one in media:
        if one.id == media_id:
            return one
    raise NotFound("That picture is not there any more. Reload the page.")


def _number(session: Session, listing: Listing, media: Sequence[ListingMedia]) -> None:
    for position, one in enumerate(media):
        one.position = position
        session.add(one)
    listing.cover = media[0].checksum if media else ""
    session.add(listing)
    session.flush()


def _shown_by(checksum: str, *, user_id: UUID | None) -> Select[str]:
    """Who shows it: of anybody what is published, or of one user all of theirs and what they bought."""
    of_media = select(col(ListingMedia.listing_id)).where(col(ListingMedia.checksum) == checksum)
    of_release = select(col(Release.listing_id)).where(col(Release.screenshot) == checksum)
    of_listing = (
        select(col(Listing.slug))
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(col(Listing.id).in_(of_media.union_all(of_release)))
    )
    of_creator = select(col(CreatorProfile.username)).where(col(CreatorProfile.picture) == checksum)
    if user_id is not None:
        own = col(CreatorProfile.user_id) == user_id
        bought = and_(col(Listing.id).in_(_bought_by(user_id)), is_kept())
        return _first_of(of_listing.where(or_(own, bought)), of_creator.where(own))
    of_creator = of_creator.join(User, col(User.id) == CreatorProfile.user_id)
    is_seen = and_(col(CreatorProfile.suspended_at).is_(None), col(User.suspended_at).is_(None))
    return _first_of(of_listing.where(is_shown()), of_creator.where(is_seen))


def _bought_by(user_id: UUID) -> CompoundSelect[UUID]:
    """Listings, those included that somebody handed on to them."""
    paid = (col(Purchase.buyer_id) == user_id, col(Purchase.paid_at).is_not(None))
    held = select(col(License.listing_id)).where(col(License.holder_id) == user_id)
    return held.union_all(select(col(PurchaseItem.listing_id)).join(Purchase).where(*paid))


def _held_by(checksum: str) -> Select[UUID]:
    return _first_of(
        select(col(ListingMedia.id)).where(col(ListingMedia.checksum) == checksum),
        select(col(CreatorProfile.id)).where(col(CreatorProfile.picture) == checksum),
        select(col(Release.id)).where(col(Release.screenshot) == checksum),
    )


def _first_of(first: Select[T], *others: Select[T]) -> Select[T]:
    found = first.union_all(*others).limit(1).subquery()
    return select(found.c[0])
