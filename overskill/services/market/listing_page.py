"""Everything that a listing's page shows, and who may see it, in six queries at most, the session's included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, null, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from overskill.errors import NotFound
from overskill.models import (
    App,
    Coupon,
    CreatorProfile,
    Follow,
    License,
    LicenseKind,
    LicenseStatus,
    Listing,
    ListingMedia,
    ListingStatus,
    Offer,
    PriceModel,
    Release,
    ReleaseStatus,
    User,
)
from overskill.services.accounts.sessions import SignedIn
from overskill.services.market.bundle_cards import BundleCard, bundle_cards, bundles_with
from overskill.services.market.cards import ListingCard
from overskill.services.market.prices import quote_alone
from overskill.services.market.proofs import Proof, proof_of
from overskill.services.market.remix import Relative, family
from overskill.services.market.reviews import ReviewPage, Sort, histogram, is_held_by, read_reviews
from overskill.services.market.similar import similar_listings

MOST_RELEASES = 20
_STARS = ("5", "4", "3", "2", "1")
_RANKS = {LicenseKind.USE: 0, LicenseKind.COPY: 1, LicenseKind.SOURCE: 2}
NO_LISTING = "There is no app of that name in the marketplace."
SUSPENDED = "This app is not available at the moment: it was suspended."
WITHDRAWN = "Its creator no longer offers this app. Who has it keeps it."


class Gone(NotFound):
    """It was there, and is not to be seen any more."""

    status = 410


@dataclass(frozen=True, slots=True)
class OfferView:
    """One way to get it. `amount` is what it costs now; `listed`, what it costs without the launch discount."""

    id: UUID
    license: LicenseKind
    price_model: PriceModel
    listed: int
    amount: int
    least: int  # where the buyer names the price
    currency: str
    interval: str
    most_activations: int | None  # of its key; None: no limit
    discount_ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Picture:
    checksum: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    number: int
    notes: str  # markdown
    released_at: datetime | None


@dataclass(frozen=True)
class Creator:
    id: UUID
    user_id: UUID
    username: str
    name: str
    bio: str
    picture: str
    level: str
    is_verified: bool
    is_house: bool
    follower_count: int
    listing_count: int
    rating: float
    rating_count: int
    since: datetime


@dataclass(frozen=True)
class Viewing:
    """What the page depends on who looks at it for."""

    is_creator: bool
    owned: tuple[LicenseKind, ...]  # licences they have that still work
    follows: bool
    may_review: bool


@dataclass(frozen=True)
class Said:
    """What buyers say."""

    rating: float
    rating_count: int
    histogram: tuple[int, ...]  # of five stars first
    reviews: ReviewPage


@dataclass(frozen=True)
class ListingPage:
    listing: Listing
    creator: Creator
    release: Release | None
    proof: Proof | None
    pictures: tuple[Picture, ...]
    offers: tuple[OfferView, ...]
    bundles: tuple[BundleCard, ...]  # of several apps, this one among them
    releases: tuple[ReleaseNote, ...]
    said: Said
    similar: tuple[ListingCard, ...]
    family: tuple[Relative, ...]  # what it was made from, and what was made from it
    viewing: Viewing
    notice: str  # why it can't be had now; ""

    @property
    def can_be_had(self) -> bool:
        return self.listing.status is ListingStatus.PUBLISHED and self.release is not None and bool(self.offers)


@dataclass(frozen=True)
class Facts:
    """A listing with what stands in its row's reach."""

    listing: Listing
    profile: CreatorProfile
    release: Release | None
    offers: list[Offer]  # that can be had now
    discounts: list[Coupon]  # without a code
    is_suspended: bool
    licenses: tuple[tuple[LicenseKind, LicenseStatus], ...]  # the viewer's
    follows: bool
    has_relatives: bool
    pictures: list[dict[str, Any]]
    bundles: tuple[BundleCard, ...]
    releases: list[dict[str, Any]]
    histogram: dict[str, int]


def view_listing(session: Session, slug: str, viewer: SignedIn | None, *, now: datetime) -> ListingPage:
    """Raises NotFound, and Gone for what was there once, unless it is the viewer's own or they are an admin."""
    facts = read_facts(session, slug, viewer)
    notice = check_view(facts, viewer)
    listing, profile = facts.listing, facts.profile
    return ListingPage(
        listing=listing,
        creator=creator_of(profile),
        release=facts.release,
        proof=proof_of(session, facts.release, listing.app_id) if facts.release else None,
        pictures=tuple(Picture(**one) for one in facts.pictures),
        offers=offers_of(facts, now=now),
        bundles=facts.bundles,
        releases=tuple(_note(one) for one in facts.releases),
        said=_said(session, facts, viewer),
        similar=tuple(similar_listings(session, listing)),
        family=tuple(family(session, listing)) if facts.has_relatives else (),
        viewing=_viewing(facts, is_creator=viewer is not None and viewer.id == profile.user_id),
        notice=notice,
    )


def read_said(session: Session, slug: str, viewer: SignedIn | None, *, sort: Sort = "helpful", offset: int = 0) -> Said:
    """As `view_listing`, of another page of reviews. Two queries."""
    facts = read_facts(session, slug, viewer)
    check_view(facts, viewer)
    return _said(session, facts, viewer, sort=sort, offset=offset)


def read_facts(session: Session, slug: str, viewer: SignedIn | None) -> Facts:
    """One query. Raises NotFound where there is no such listing; who may see it is the caller's to check."""
    viewer_id = viewer.id if viewer else None
    query = (
        select(
            Listing,
            CreatorProfile,
            Release,
            Offer,
            Coupon,
            _is_suspended().label("is_suspended"),
            (_licenses(viewer_id) if viewer_id else null()).label("licenses"),
            _follows(viewer_id).label("follows"),
            _has_relatives().label("has_relatives"),
            _pictures().label("pictures"),
            _releases().label("releases"),
            bundles_with().label("bundles"),
            histogram().label("histogram"),
        )
        .join(CreatorProfile, col(CreatorProfile.id) == col(Listing.creator_id))
        .join(User, col(User.id) == col(CreatorProfile.user_id))
        .outerjoin(App, col(App.id) == col(Listing.app_id))
        .outerjoin(Release, col(Release.id) == col(Listing.release_id))
        .outerjoin(Offer, and_(col(Offer.listing_id) == col(Listing.id), col(Offer.ended_at).is_(None)))
        .outerjoin(Coupon, _is_launch_discount())
        .where(col(Listing.slug) == slug)
    )
    rows = session.execute(query).all() if _may_be_a_name(slug) else []
    if not rows:
        raise NotFound(NO_LISTING)
    row = rows[0]
    return Facts(
        listing=row[0],
        profile=row[1],
        release=row[2],
        offers=list({each[3].id: each[3] for each in rows if each[3] is not None}.values()),
        discounts=list({each[4].id: each[4] for each in rows if each[4] is not None}.values()),
        is_suspended=bool(row.is_suspended),
        licenses=tuple((LicenseKind(kind), LicenseStatus(status)) for kind, status in row.licenses or ()),
        follows=row.follows,
        has_relatives=row.has_relatives,
        pictures=row.pictures or [],
        bundles=bundle_cards(row.bundles),
        releases=row.releases or [],
        histogram=row.histogram or {},
    )


def _follows(viewer_id: UUID | None) -> ColumnElement[bool]:
    if viewer_id is None:
        return false()
    return exists().where(col(Follow.creator_id) == col(CreatorProfile.id), col(Follow.user_id) == viewer_id)


def check_view(facts: Facts, viewer: SignedIn | None) -> str:
    """What is to be said above the page, "" for nothing. Raises NotFound or Gone for who may not see it."""
    is_theirs = viewer is not None and (viewer.is_admin or viewer.id == facts.profile.user_id)
    status = facts.listing.status
    if facts.is_suspended or status is ListingStatus.SUSPENDED:
        if not is_theirs:
            raise Gone(SUSPENDED)
        return facts.listing.status_reason or SUSPENDED
    if status is ListingStatus.WITHDRAWN:
        if not (is_theirs or facts.licenses):
            raise Gone(WITHDRAWN)
        return WITHDRAWN
    if status is ListingStatus.PUBLISHED:
        return ""
    if not is_theirs:
        raise NotFound(NO_LISTING)
    if status is ListingStatus.REVIEW:
        return "This is how buyers will see it. It is being looked at, and nobody else sees it until then."
    return "This is how buyers will see it. It is a draft: only you see it until you submit it."


def offers_of(facts: Facts, *, now: datetime) -> tuple[OfferView, ...]:
    """What is sold, with the launch discounts that count now: the smallest licence first."""
    views = [_offer_view(offer, facts.discounts, now=now) for offer in facts.offers]
    return tuple(sorted(views, key=lambda view: _RANKS[view.license]))


def _said(session: Session, facts: Facts, viewer: SignedIn | None, *, sort: Sort = "helpful", offset: int = 0) -> Said:
    listing = facts.listing
    return Said(
        rating=average(listing.rating_sum, listing.rating_count),
        rating_count=listing.rating_count,
        histogram=tuple(int(facts.histogram.get(stars, 0)) for stars in _STARS),
        reviews=read_reviews(session, listing.id, viewer_id=viewer.id if viewer else None, sort=sort, offset=offset),
    )


def creator_of(profile: CreatorProfile) -> Creator:
    return Creator(
        id=profile.id,
        user_id=profile.user_id,
        username=profile.username,
        name=profile.name,
        bio=profile.bio,
        picture=profile.picture,
        level=profile.level.value,
        is_verified=profile.verified_at is not None,
        is_house=profile.is_house,
        follower_count=profile.follower_count,
        listing_count=profile.listing_count,
        rating=average(profile.rating_sum, profile.rating_count),
        rating_count=profile.rating_count,
        since=profile.created_at,
    )


def average(total: int, count: int) -> float:
    return round(total / count, 1) if count else 0.0


def _viewing(facts: Facts, *, is_creator: bool) -> Viewing:
    working = tuple(kind for kind, status in facts.licenses if status in (LicenseStatus.ACTIVE, LicenseStatus.GRACE))
    return Viewing(is_creator, working, facts.follows, bool(facts.licenses) and not is_creator)


def _offer_view(offer: Offer, discounts: Sequence[Coupon], *, now: datetime) -> OfferView:
    quote = quote_alone(offer, discounts, now=now)
    counted = next((one for one in discounts if one.id == quote.coupon_id), None)
    return OfferView(
        id=offer.id,
        license=offer.license,
        price_model=offer.price_model,
        listed=quote.listed,
        amount=quote.amount,
        least=offer.amount if offer.price_model is PriceModel.PAY_WHAT_YOU_WANT else quote.amount,
        currency=offer.currency,
        interval=offer.interval,
        most_activations=offer.most_activations,
        discount_ends_at=counted.ends_at if counted else None,
    )


def _is_suspended() -> ColumnElement[bool]:
    """Its creator's account or profile, or the app itself."""
    return or_(
        col(CreatorProfile.suspended_at).is_not(None),
        col(User.suspended_at).is_not(None),
        and_(col(App.id).is_not(None), col(App.suspended_at).is_not(None)),
    )


def _is_launch_discount() -> ColumnElement[bool]:
    return and_(
        col(Coupon.creator_id) == col(Listing.creator_id),
        col(Coupon.code) == "",
        col(Coupon.ended_at).is_(None),
        or_(col(Coupon.listing_id).is_(None), col(Coupon.listing_id) == col(Listing.id)),
    )


def _has_relatives() -> ColumnElement[bool]:
    remix = aliased(Listing)
    has_remixes = exists().where(col(remix.parent_id) == col(Listing.id))
    return or_(col(Listing.parent_id).is_not(None), has_remixes)


def _licenses(holder_id: UUID) -> ColumnElement[Any]:
    one = func.json_build_array(License.kind, License.status)
    return (
        select(func.json_agg(one))
        .where(col(License.listing_id) == col(Listing.id), is_held_by(holder_id))
        .correlate(Listing)
        .scalar_subquery()
    )


def _pictures() -> ColumnElement[Any]:
    one = func.json_build_object(
        "checksum", ListingMedia.checksum, "width", ListingMedia.width, "height", ListingMedia.height,
        "alt", ListingMedia.alt,
    )  # fmt: skip
    return (
        select(func.json_agg(aggregate_order_by(one, col(ListingMedia.position))))
        .where(col(ListingMedia.listing_id) == col(Listing.id))
        .correlate(Listing)
        .scalar_subquery()
    )


def _releases() -> ColumnElement[Any]:
    """The newest that was ever sold first."""
    newest = (
        select(col(Release.number), col(Release.notes), col(Release.released_at))
        .where(
            col(Release.listing_id) == col(Listing.id),
            col(Release.status).in_([ReleaseStatus.READY, ReleaseStatus.REPLACED]),
            col(Release.released_at).is_not(None),
        )
        .order_by(col(Release.number).desc())
        .limit(MOST_RELEASES)
        .correlate(Listing)
        .subquery()
    )
    one = func.json_build_object("number", newest.c.number, "notes", newest.c.notes, "at", newest.c.released_at)
    return select(func.json_agg(aggregate_order_by(one, newest.c.number.desc()))).scalar_subquery()


def _note(found: dict[str, Any]) -> ReleaseNote:
    return ReleaseNote(found["number"], found["notes"], datetime.fromisoformat(found["at"]) if found["at"] else None)


def _may_be_a_name(slug: str) -> bool:
    """What else an address may hold, Postgres might not even take."""
    return 0 < len(slug) <= 63 and slug.isascii() and slug.replace("-", "").isalnum()
