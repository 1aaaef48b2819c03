"""Bundles as the pages of their apps show them: what is cheaper together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import col

from overskill.models import App, Bundle, BundleItem, Listing, ListingStatus, Offer

MOST_BUNDLES = 3  # on one page


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
    items: tuple[BundledApp, ...]  # the app of the page first


def bundles_with() -> ColumnElement[Any]:
    """For a query of a listing: the bundles it is in that can be had whole, those that save most first."""
    app, offer = aliased(Listing), aliased(Offer)
    can_be_had = and_(
        col(offer.ended_at).is_(None), col(app.status) == ListingStatus.PUBLISHED, col(App.suspended_at).is_(None)
    )
    is_this = col(app.id) == col(Listing.id)
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
        .having(and_(func.bool_or(is_this), func.bool_and(can_be_had)))
        .correlate(Bundle, Listing)
        .lateral("bundled")
    )
    saving = items.c.apart - col(Bundle.amount)
    found = (
        select(col(Bundle.id), col(Bundle.slug), col(Bundle.title), col(Bundle.amount), col(Bundle.currency))
        .add_columns(items.c.apart, items.c.apps, saving.label("saving"))
        .join(items, true())
        .where(
            col(Bundle.creator_id) == col(Listing.creator_id),
            col(Bundle.ended_at).is_(None),
            or_(saving > 0, items.c.apart == 0),
        )
        .order_by(saving.desc(), col(Bundle.id))
        .limit(MOST_BUNDLES)
        .correlate(Listing)
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
