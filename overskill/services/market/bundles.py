"""Bundles: several apps of one creator for one price."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlmodel import Session, col

from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound
from overskill.models import (
    Bundle,
    BundleItem,
    CreatorProfile,
    LicenseKind,
    Listing,
    ListingStatus,
    Offer,
    PriceModel,
    User,
    utc_now,
)
from overskill.services.apps.naming import slug_from_name
from overskill.services.billing.money import parse, say
from overskill.services.market.cards import is_shown
from overskill.services.market.prices import check_amount
from overskill.services.market.words import line

LONGEST_TITLE = 80
LONGEST_TEXT = 500
FEWEST_ITEMS = 2
MOST_ITEMS = 10
MOST_BUNDLES = 50
_SOLD_ONCE = (PriceModel.FREE, PriceModel.ONE_TIME)
_SLUG = re.compile(r"[a-z0-9-]{1,63}")
_GONE = "There is no such bundle, or it has ended."


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer that can be put in a bundle."""

    offer_id: UUID
    slug: str
    title: str
    license: LicenseKind
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class BundleView:
    id: UUID
    slug: str
    title: str
    text: str
    amount: int
    apart: int  # what its offers cost one by one
    currency: str
    creator: str
    username: str
    items: tuple[Choice, ...]
    can_be_had: bool


def choices(session: Session, creator_id: UUID) -> list[Choice]:
    """What a creator can bundle: offers of published listings that are paid once, or free."""
    rows = session.execute(
        select(Offer, col(Listing.slug), col(Listing.title))
        .join(Listing, col(Listing.id) == Offer.listing_id)
        .where(
            col(Listing.creator_id) == creator_id,
            col(Listing.status) == ListingStatus.PUBLISHED,
            col(Offer.ended_at).is_(None),
            col(Offer.price_model).in_(_SOLD_ONCE),
        )
        .order_by(col(Listing.title), col(Offer.license))
    )
    return [_choice(offer, slug, title) for offer, slug, title in rows]


def make_bundle(
    session: Session, creator: CreatorProfile, *, title: str, text: str, price: str, offer_ids: Sequence[UUID]
) -> Bundle:
    """Raises InvalidInput naming the field."""
    wanted = list(dict.fromkeys(offer_ids))
    found = [one for one in choices(session, creator.id) if one.offer_id in wanted]
    if not FEWEST_ITEMS <= len(found) <= MOST_ITEMS or len(found) != len(wanted):
        raise InvalidInput(f"Choose {FEWEST_ITEMS} to {MOST_ITEMS} of your published apps.", field="items")
    if len({one.slug for one in found}) != len(found):
        raise InvalidInput("Choose one licence of each app.", field="items")
    if len({one.currency for one in found}) > 1:
        raise InvalidInput("All of a bundle has to be sold in one currency.", field="items")
    currency, apart = found[0].currency, sum(one.amount for one in found)
    amount = parse(price, currency, field="price")
    check_amount(amount, currency, field="price")
    if amount > apart:
        raise InvalidInput(f"One by one these cost {say(apart, currency)}: a bundle costs less.", field="price")
    if len(bundles_of(session, creator.id)) >= MOST_BUNDLES:
        raise LimitReached(f"You can have at most {MOST_BUNDLES} bundles. End one first.")
    bundle = Bundle(
        creator_id=creator.id,
        slug=f"{slug_from_name(title)[:40].strip('-')}-{secrets.token_hex(3)}",
        title=line(title, "A title", most=LONGEST_TITLE, field="title", least=3),
        text=line(text, "A description", most=LONGEST_TEXT, field="text"),
        amount=amount,
        currency=currency,
    )
    session.add(bundle)
    session.flush()
    session.add_all(BundleItem(bundle_id=bundle.id, offer_id=one.offer_id) for one in found)
    session.flush()
    return bundle


def end_bundle(session: Session, creator: CreatorProfile, bundle_id: UUID) -> None:
    """Raises NotFound for somebody else's."""
    bundle = session.get(Bundle, bundle_id)
    if bundle is None or bundle.creator_id != creator.id:
        raise NotFound(_GONE)
    bundle.ended_at = bundle.ended_at or utc_now()
    session.add(bundle)


def bundles_of(session: Session, creator_id: UUID) -> list[Bundle]:
    """Those that can be bought, the newest first."""
    rows = select(Bundle).where(col(Bundle.creator_id) == creator_id, col(Bundle.ended_at).is_(None))
    return list(session.scalars(rows.order_by(col(Bundle.created_at).desc())))


def view_bundle(session: Session, slug: str) -> BundleView:
    """For everybody, in two queries; what of it is not sold any more is not named. Raises NotFound, also for an address
    that Postgres would not even take."""
    if not _SLUG.fullmatch(slug):
        raise NotFound(_GONE)
    row = session.execute(
        select(Bundle, CreatorProfile)
        .join(CreatorProfile, col(CreatorProfile.id) == Bundle.creator_id)
        .join(User, col(User.id) == CreatorProfile.user_id)
        .where(
            col(Bundle.slug) == slug,
            col(CreatorProfile.suspended_at).is_(None),
            col(User.suspended_at).is_(None),
        )
    ).one_or_none()
    if row is None or row[0].ended_at is not None:
        raise NotFound(_GONE)
    bundle, creator = row
    rows = session.execute(
        select(Offer, Listing, and_(col(Offer.ended_at).is_(None), is_shown()))
        .join(BundleItem, col(BundleItem.offer_id) == Offer.id)
        .join(Listing, col(Listing.id) == Offer.listing_id)
        .where(col(BundleItem.bundle_id) == bundle.id)
        .order_by(col(Offer.amount).desc(), col(Listing.title))
    ).all()
    items = tuple(_choice(offer, listing.slug, listing.title) for offer, listing, is_sold in rows if is_sold)
    return BundleView(
        id=bundle.id,
        slug=bundle.slug,
        title=bundle.title,
        text=bundle.text,
        amount=bundle.amount,
        apart=sum(offer.amount for offer, _, _ in rows),
        currency=bundle.currency,
        creator=creator.name,
        username=creator.username,
        items=items,
        can_be_had=bool(rows) and all(is_sold for _, _, is_sold in rows),
    )


def can_be_had() -> ColumnElement[bool]:
    """Whether a bundle in the query can be bought whole: it has not ended, and each of its apps is sold in it."""
    is_sold = and_(col(Offer.ended_at).is_(None), is_shown())
    items = (
        select(func.bool_and(is_sold))
        .select_from(BundleItem)
        .join(Offer, col(Offer.id) == col(BundleItem.offer_id))
        .join(Listing, col(Listing.id) == col(Offer.listing_id))
        .where(col(BundleItem.bundle_id) == col(Bundle.id))
        .correlate(Bundle)
    )
    return and_(col(Bundle.ended_at).is_(None), func.coalesce(items.scalar_subquery(), false()))


def check_can_be_had(view: BundleView) -> None:
    """Raises Conflict while one of its apps is not sold."""
    if not view.can_be_had:
        raise Conflict("One of these apps is not sold at the moment. The others can be bought one by one.")


def _choice(offer: Offer, slug: str, title: str) -> Choice:
    return Choice(offer.id, slug, title, offer.license, offer.amount, offer.currency)
