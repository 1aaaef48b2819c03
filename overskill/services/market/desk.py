"""A creator's desk: their listings with what each has brought, and where one listing stands in all its parts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col

from overskill.errors import NotFound
from overskill.models import (
    App,
    Coupon,
    CreatorProfile,
    Listing,
    ListingMedia,
    Offer,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Release,
)
from overskill.services.market.coupons import list_coupons
from overskill.services.market.creators import find_creator
from overskill.services.market.listings import (
    NO_LISTING,
    AppToSell,
    Step,
    apps_to_sell,
    own_listing,
    steps_of,
)
from overskill.services.market.media import offered_pictures, own_pictures
from overskill.services.market.proofs import Proof, proof_of
from overskill.services.market.releases import Waiting, list_releases, unreleased, usual_seconds_beside, waiting_of
from overskill.services.market.remix import find_origin

_BOUGHT = (PurchaseStatus.PAID, PurchaseStatus.PARTLY_REFUNDED)


@dataclass(frozen=True)
class Taken:
    amount: int
    currency: str


@dataclass(frozen=True)
class ListingRow:
    listing: Listing
    taken: Sequence[Taken]  # the largest first; without tax, before the platform's fee


@dataclass(frozen=True)
class Desk:
    creator: CreatorProfile | None
    listings: Sequence[ListingRow]
    apps: Sequence[AppToSell]  # which could be listed


@dataclass(frozen=True, slots=True)
class DeskPicture:
    id: str
    checksum: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class ListingParts:
    """All that the wizard shows of one listing."""

    listing: Listing
    app: App | None
    pictures: Sequence[DeskPicture]
    own_pictures: Sequence[str]  # that the app has; some may be among them
    offers: Sequence[Offer]
    releases: Sequence[Release]
    proof: Proof | None  # of the newest release
    waiting: Waiting
    usual_seconds: int  # that a check takes here, while one is under way; 0: nobody knows
    coupons: Sequence[Coupon]
    steps: Sequence[Step]
    origin: str  # the listing that the app was bought as and whose creator gets a share; ""
    owes: int  # what of its sales, in hundredths of a percent


@dataclass(frozen=True)
class _Facts:
    listing: Listing
    app: App | None
    pictures: Sequence[DeskPicture]
    own_pictures: Sequence[str]
    offers: Sequence[Offer]
    waiting: Waiting
    usual_seconds: int


def view_desk(session: Session, user_id: UUID) -> Desk:
    """Four queries."""
    creator = find_creator(session, user_id)
    apps = apps_to_sell(session, user_id)
    if creator is None:
        return Desk(None, (), apps)
    rows = select(Listing).where(col(Listing.creator_id) == creator.id).order_by(col(Listing.updated_at).desc())
    taken = _taken(session, creator.id)
    return Desk(creator, [ListingRow(one, taken[one.id]) for one in session.scalars(rows)], apps)


def view_parts(session: Session, user_id: UUID, slug: str) -> ListingParts:
    """Raises NotFound for a listing that isn't theirs. Five queries. The releases are read first: a check that ends
    meanwhile is still under way, not over beside a listing that waits for it."""
    releases = list_releases(session, _own_id(user_id, slug))
    facts = _read_facts(session, user_id, slug)
    listing = facts.listing
    origin = find_origin(session, listing.app_id) if listing.app_id else None
    owes = origin is not None and origin.owes_share
    return ListingParts(
        listing=listing,
        app=facts.app,
        pictures=facts.pictures,
        own_pictures=facts.own_pictures,
        offers=facts.offers,
        releases=releases,
        proof=proof_of(session, releases[0], listing.app_id) if releases else None,
        waiting=facts.waiting,
        usual_seconds=facts.usual_seconds,
        coupons=list_coupons(session, listing.creator_id, listing.id),
        steps=steps_of(listing, pictures=len(facts.pictures), offers=len(facts.offers)),
        origin=origin.listing.title if origin and owes else "",
        owes=origin.listing.remix_share if origin and owes else 0,
    )


def _own_id(user_id: UUID, slug: str) -> ScalarSelect[UUID]:
    listing = select(col(Listing.id)).join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
    return listing.where(own_listing(user_id, slug)).scalar_subquery()


def _read_facts(session: Session, user_id: UUID, slug: str) -> _Facts:
    """The listing, with what stands in its row's reach: one row for each of its offers."""
    rows = session.execute(
        select(Listing, App, Offer, _pictures(), own_pictures(), usual_seconds_beside(), *unreleased())
        .join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
        .outerjoin(App, col(App.id) == col(Listing.app_id))
        .outerjoin(Offer, and_(col(Offer.listing_id) == col(Listing.id), col(Offer.ended_at).is_(None)))
        .where(own_listing(user_id, slug))
    ).all()
    if not rows:
        raise NotFound(NO_LISTING)
    listing, app, _, pictures, own, usual, *waiting = rows[0]
    return _Facts(
        listing=listing,
        app=app,
        pictures=[DeskPicture(**one) for one in pictures or ()],
        own_pictures=offered_pictures(app, own),
        offers=[row[2] for row in rows if row[2] is not None],
        waiting=waiting_of(app, *waiting),
        usual_seconds=round(usual or 0),
    )


def _pictures() -> ColumnElement[Any]:
    one = func.json_build_object(
        "id", ListingMedia.id, "checksum", ListingMedia.checksum, "alt", ListingMedia.alt,
        "width", ListingMedia.width, "height", ListingMedia.height,
    )  # fmt: skip
    return (
        select(func.json_agg(aggregate_order_by(one, col(ListingMedia.position), col(ListingMedia.id))))
        .where(col(ListingMedia.listing_id) == col(Listing.id))
        .correlate(Listing)
        .scalar_subquery()
    )


def listed_as(session: Session, user_id: UUID, app_slug: str) -> str:
    """The address of the user's own listing of an app; "" where there is none."""
    found = session.scalars(
        select(col(Listing.slug))
        .join(App, col(App.id) == Listing.app_id)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(col(App.slug) == app_slug[:63], col(CreatorProfile.user_id) == user_id)
    ).one_or_none()
    return found or ""


def _taken(session: Session, creator_id: UUID) -> dict[UUID, list[Taken]]:
    revenue = func.sum(PurchaseItem.amount)
    rows = session.execute(
        select(col(PurchaseItem.listing_id), col(Purchase.currency), revenue)
        .join(Purchase, col(Purchase.id) == PurchaseItem.purchase_id)
        .where(col(Purchase.creator_id) == creator_id, col(Purchase.status).in_(_BOUGHT))
        .group_by(col(PurchaseItem.listing_id), col(Purchase.currency))
        .order_by(revenue.desc())
    )
    taken: dict[UUID, list[Taken]] = defaultdict(list)
    for listing_id, currency, amount in rows:
        taken[listing_id].append(Taken(int(amount), currency))
    return taken
