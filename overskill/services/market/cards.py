"""A listing as it stands in any list: what its card shows, and which listings are shown at all."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Row,
    Select,
    Uuid,
    all_,
    and_,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlmodel import Session, col

from overskill.models import App, CreatorProfile, Listing, ListingStatus, Offer, PriceModel, User


@dataclass(frozen=True)
class ListingCard:
    slug: str
    title: str
    tagline: str
    category: str
    accent: str
    cover: str  # checksum of its first picture, or ""
    creator: str
    username: str
    is_verified: bool  # its creator
    is_featured: bool
    rating: float  # with one decimal; 0.0: nobody said anything yet
    rating_count: int
    currency: str
    amount: int  # of its cheapest offer; 0: free
    price_model: str  # of its cheapest offer
    interval: str  # "month" or "year" of a subscription


def select_cards() -> Select[*tuple[Any, ...]]:
    """What cards are made from, for `read_cards`. Say which, in what order, and how many."""
    cheapest = _cheapest_offer()
    return (
        select(
            col(Listing.id),
            col(Listing.slug),
            col(Listing.title),
            col(Listing.tagline),
            col(Listing.category),
            col(Listing.accent),
            col(Listing.cover),
            col(Listing.featured_at),
            col(Listing.rating_sum),
            col(Listing.rating_count),
            col(Listing.currency),
            col(Listing.lowest_amount),
            cheapest.c.price_model,
            cheapest.c.interval,
            col(CreatorProfile.name).label("creator"),
            col(CreatorProfile.username),
            col(CreatorProfile.verified_at),
        )
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .outerjoin(cheapest, true())
    )


def read_cards(session: Session, query: Select[*tuple[Any, ...]]) -> list[ListingCard]:
    """Run what `select_cards` began."""
    return [card_of(row) for row in session.execute(query)]


def card_of(row: Row[*tuple[Any, ...]]) -> ListingCard:
    """`row` has at least the columns of `select_cards`."""
    return ListingCard(
        slug=row.slug,
        title=row.title,
        tagline=row.tagline,
        category=row.category.value,
        accent=row.accent,
        cover=row.cover,
        creator=row.creator,
        username=row.username,
        is_verified=row.verified_at is not None,
        is_featured=row.featured_at is not None,
        rating=round(row.rating_sum / row.rating_count, 1) if row.rating_count else 0.0,
        rating_count=row.rating_count,
        currency=row.currency,
        amount=row.lowest_amount,
        price_model=(row.price_model or PriceModel.FREE).value,
        interval=row.interval or "",
    )


def is_shown() -> ColumnElement[bool]:
    """Whether a listing in the query is shown to everybody: published, and nobody suspended it or what it is of."""
    # Written out, as in the indexes of what is published: the database has to see that they may be used.
    return and_(col(Listing.status) == literal_column(f"'{ListingStatus.PUBLISHED.value}'"), _is_of_nobody_suspended())


def is_kept() -> ColumnElement[bool]:
    """Whether who bought a listing in the query sees it still: also withdrawn, but not where somebody suspended it."""
    return and_(col(Listing.status) != ListingStatus.SUSPENDED, _is_of_nobody_suspended())


def _is_of_nobody_suspended() -> ColumnElement[bool]:
    """The few that are suspended are looked up once for a query, as arrays: joins, and subqueries of NOT IN, make the
    database expect that hardly anything is left, and plan for that."""
    by_themselves = select(col(CreatorProfile.id)).where(col(CreatorProfile.suspended_at).is_not(None))
    with_their_user = (
        select(col(CreatorProfile.id))
        .join(User, col(User.id) == col(CreatorProfile.user_id))
        .where(col(User.suspended_at).is_not(None))
    )
    apps = select(col(App.id)).where(col(App.suspended_at).is_not(None))
    return and_(
        col(Listing.creator_id) != all_(_array(by_themselves)),
        col(Listing.creator_id) != all_(_array(with_their_user)),
        or_(col(Listing.app_id).is_(None), col(Listing.app_id) != all_(_array(apps))),
    )


def _array(ids: Select[UUID]) -> ColumnElement[Any]:
    return func.array(ids.correlate(None).scalar_subquery(), type_=ARRAY(Uuid))


def _cheapest_offer() -> FromClause:
    return (
        select(col(Offer.price_model), col(Offer.interval))
        .where(
            col(Offer.listing_id) == col(Listing.id),
            col(Offer.ended_at).is_(None),
            col(Offer.amount) == col(Listing.lowest_amount),
        )
        .limit(1)
        .correlate(Listing)
        .lateral("cheapest")
    )
