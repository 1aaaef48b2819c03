"""Bundles as the pages of their apps and of their creator show them: what is cheaper together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col

from overskill.models import App, Bundle, BundleItem, CreatorProfile, Listing, ListingStatus, Offer

MOST_BUNDLES = 3  # on the page of an app
MOST_OF_A_CREATOR = 12  # on theirs


@dataclass(frozen=True, slots=True)
class BundledApp:
    slug: str
    title: str
    cover: str  # checksum, or ""
    accent: str


@dataclass(frozen=True, slots=True)
class BundleCard:
    slug: str
    title: str
    amount: int
    apart: int  # what its offers cost one by one
    currency: str
    items: tuple[BundledApp, ...]  # the app of the page first, then the dearest


def bundles_with() -> ColumnElement[Any]:
    """For a query of a listing: the bundles it is in that can be had whole, those that save most first."""
    return _bundles(Listing, col(Listing.creator_id), MOST_BUNDLES, this=col(Listing.id))


def bundles_by() -> ColumnElement[Any]:
    """For a query of a creator who is not suspended: their bundles that can be had whole, likewise."""
    return _bundles(CreatorProfile, col(CreatorProfile.id), MOST_OF_A_CREATOR)


def _bundles(
    of: type[Listing] | type[CreatorProfile], creator_id: Mapped[UUID], most: int, *, this: Mapped[UUID] | None = None
) -> ColumnElement[Any]:
    """With the listing `this` in them, where it is given."""
    app, offer = aliased(Listing), aliased(Offer)
    can_be_had = and_(
        col(offer.ended_at).is_(None), col(app.status) == ListingStatus.PUBLISHED, col(App.suspended_at).is_(None)
    )
    is_this = false() if this is None else col(app.id) == this
    one = func.json_build_object("slug", app.slug, "title", app.title, "cover", app.cover, "accent", app.accent)
    items = (
        select(
            func.json_agg(aggregate_order_by(one, is_this.desc(), col(offer.amount).desc(), col(app.id))).label("apps"),
            func.sum(offer.amount).label("apart"),
        )
        .select_from(BundleItem)
        .join(offer, col(offer.id) == col(BundleItem.offer_id))
        .join(app, col(app.id) == col(offer.listing_id))
        .outerjoin(App, col(App.id) == col(app.app_id))
        .where(col(BundleItem.bundle_id) == col(Bundle.id))
        .having(and_(true() if this is None else func.bool_or(is_this), func.bool_and(can_be_had)))
        .correlate(Bundle, of)
        .lateral("bundled")
    )
    saving = items.c.apart - col(Bundle.amount)
    found = (
        select(col(Bundle.id), col(Bundle.slug), col(Bundle.title), col(Bundle.amount), col(Bundle.currency))
        .add_columns(items.c.apart, items.c.apps, saving.label("saving"))
        .join(items, true())
        .where(
            col(Bundle.creator_id) == creator_id,
            col(Bundle.ended_at).is_(None),
            or_(saving > 0, items.c.apart == 0),
        )
        .order_by(saving.desc(), col(Bundle.id))
        .limit(most)
        .correlate(of)
        .subquery()
    )
    card = func.json_build_object(
        "slug", found.c.slug, "title", found.c.title, "amount", found.c.amount, "apart", found.c.apart,
        "currency", found.c.currency, "items", found.c.apps,
    )  # fmt: skip
    return select(func.json_agg(aggregate_order_by(card, found.c.saving.desc(), found.c.slug))).scalar_subquery()


def bundle_cards(found: Sequence[dict[str, Any]] | None) -> tuple[BundleCard, ...]:
    """What `bundles_with` read."""
    return tuple(
        BundleCard(**{**one, "apart": int(one["apart"]), "items": tuple(BundledApp(**each) for each in one["items"])})
        for one in found or ()
    )
