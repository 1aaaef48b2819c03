"""What creators offer: who they are, their listings and releases, prices, coupons and bundles, and what people say."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Computed, Index, UniqueConstraint, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from overskill.models.base import Record, StringEnum, utc_now


class CreatorLevel(StrEnum):
    STARTER = "starter"
    RISING = "rising"
    ESTABLISHED = "established"
    TOP = "top"


class CreatorProfile(Record, table=True):
    """Somebody who sells, or follows who does. Its counts are kept by a job: they are never summed for a page."""

    __tablename__ = "creator_profiles"
    __table_args__ = (Index("ix_creator_profiles_suspended", "id", postgresql_where=text("suspended_at IS NOT NULL")),)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", unique=True)
    username: str = Field(unique=True, max_length=39)  # lower case; /creators/<username>
    name: str = Field(max_length=80)
    bio: str = Field(default="", max_length=500)
    website: str = Field(default="", max_length=200)
    picture: str = Field(default="", index=True, max_length=64)  # checksum of a WebP picture in the object store
    is_house: bool = False  # this instance's own
    level: CreatorLevel = Field(default=CreatorLevel.STARTER, sa_type=StringEnum(CreatorLevel))
    verified_at: datetime | None = None
    suspended_at: datetime | None = None
    follower_count: int = 0
    listing_count: int = 0  # published ones
    sale_count: int = 0
    rating_sum: int = 0
    rating_count: int = 0
    account_id: str = Field(default="", index=True, max_length=64)  # the connected account at Stripe
    country: str = Field(default="", max_length=2)
    charges_enabled: bool = False  # money can be transferred to it
    payouts_enabled: bool = False
    disabled_reason: str = Field(default="", max_length=60)  # why Stripe does not pay out, in its words: rejected.fraud
    requirements: list[str] = Field(default_factory=list, sa_type=JSONB)  # what Stripe still wants to know
    hold_reason: str = Field(default="", max_length=200)  # why nothing is transferred to them; "": nothing is held
    hold_until: datetime | None = None  # None with a reason: until somebody releases it


class Follow(SQLModel, table=True):
    __tablename__ = "follows"
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", primary_key=True)
    creator_id: UUID = Field(foreign_key="creator_profiles.id", ondelete="CASCADE", primary_key=True, index=True)
    created_at: datetime = Field(default_factory=utc_now)


class ListingStatus(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"  # checks run, then somebody may look
    PUBLISHED = "published"
    SUSPENDED = "suspended"  # by an admin, with a reason
    WITHDRAWN = "withdrawn"  # by its creator; who bought it keeps it


class Category(StrEnum):
    PRODUCTIVITY = "productivity"
    BUSINESS = "business"
    FINANCE = "finance"
    HEALTH = "health"
    EDUCATION = "education"
    LIFESTYLE = "lifestyle"
    FOOD = "food"
    TRAVEL = "travel"
    EVENTS = "events"
    GAMES = "games"
    WEBSITES = "websites"
    TOOLS = "tools"


_SEARCHED = (
    "setweight(to_tsvector('english', title), 'A')"
    " || setweight(to_tsvector('english', tagline || ' ' || keywords), 'B')"
    " || setweight(to_tsvector('english', creator_words), 'C')"
    " || setweight(to_tsvector('english', left(description, 5000)), 'D')"
)


_IS_PUBLISHED = text("status = 'published'")
# What explore filters by: an index that has it decides without looking at the listings themselves, which are long.
_FILTERED_BY = ["category", "lowest_amount", "currency", "rating_sum", "rating_count", "creator_id", "app_id"]


def _explored(name: str, *order: Any) -> Index:
    """An order in which explore shows listings."""
    covered = [column for column in _FILTERED_BY if column not in order]
    return Index(name, *order, postgresql_include=covered, postgresql_where=_IS_PUBLISHED)


class Listing(Record, table=True):
    """One app in the marketplace. Counts, rating and trend are kept by jobs."""

    __tablename__ = "listings"
    __table_args__ = (
        Index("ix_listings_search", "search", postgresql_using="gin"),
        Index("ix_listings_title_trgm", "title", postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}),
        Index(
            "ix_listings_title_start",
            literal_column("lower(title)").label("start"),
            postgresql_ops={"start": "text_pattern_ops"},
            postgresql_where=_IS_PUBLISHED,
        ),
        _explored("ix_listings_trending", text("trend DESC"), text("id DESC")),
        _explored("idx_apps_marketplace", text("published_at DESC"), text("id DESC")),
        _explored("ix_listings_top", text("rank DESC"), text("id DESC")),
        _explored("ix_listings_price", "lowest_amount", "id"),
        _explored("ix_listings_category", "category", text("trend DESC"), text("id DESC")),
        Index("ix_listings_featured", "featured_at", postgresql_where=text("featured_at IS NOT NULL")),
    )
    app_id: UUID | None = Field(
        default=None, foreign_key="apps.id", ondelete="SET NULL", unique=True
    )  # None: forgotten
    creator_id: UUID = Field(foreign_key="creator_profiles.id", index=True)
    creator_words: str = Field(default="", max_length=120)  # its creator's name and username; triggers keep them
    parent_id: UUID | None = Field(default=None, foreign_key="listings.id", ondelete="SET NULL", index=True)  # remixed
    slug: str = Field(unique=True, max_length=63)
    title: str = Field(max_length=80)
    tagline: str = Field(default="", max_length=140)
    description: str = Field(default="", max_length=20_000)  # markdown
    keywords: str = Field(default="", max_length=300)  # with spaces between
    category: Category = Field(default=Category.PRODUCTIVITY, sa_type=StringEnum(Category))
    status: ListingStatus = Field(default=ListingStatus.DRAFT, sa_type=StringEnum(ListingStatus), index=True)
    status_reason: str = Field(default="", max_length=1000)  # for its creator
    submitted_at: datetime | None = None
    published_at: datetime | None = None
    release_id: UUID | None = None  # the one sold now; no foreign key: releases name their listing
    allows_remix: bool = False
    remix_share: int = 0  # hundredths of a percent of what remixes earn
    refund_days: int = 14
    accent: str = Field(default="#6d5bf6", max_length=9)
    cover: str = Field(default="", index=True, max_length=64)  # checksum of the first picture
    currency: str = Field(default="usd", max_length=3)  # of all its offers; lower case, as Stripe's
    lowest_amount: int = Field(default=0, sa_type=BigInteger)  # of its active offers; 0: free
    featured_at: datetime | None = None  # staff pick
    view_count: int = 0
    try_count: int = 0
    sale_count: int = 0
    install_count: int = 0
    rating_sum: int = 0
    rating_count: int = 0
    rank: float = 0.0  # "top": rating and sales, with few of either counting little
    trend: float = 0.0  # "trending": of the last days; hourly
    search: Any = Field(
        default=None, sa_column=Column(TSVECTOR, Computed(_SEARCHED, persisted=True), nullable=True), exclude=True
    )


class ListingWord(SQLModel, table=True):
    """A word of the shown listings' titles, taglines, keywords and creators: what a misspelt one is corrected to.
    Kept hourly."""

    __tablename__ = "listing_words"
    __table_args__ = (
        Index("ix_listing_words_trgm", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
    )
    word: str = Field(primary_key=True, max_length=40)  # lower case, as it is written
    listing_count: int


class LicenseKind(StrEnum):
    USE = "use"  # access to the hosted app
    COPY = "copy"  # the buyer's own app
    SOURCE = "source"  # the buyer's own app, which they may sell


class PriceModel(StrEnum):
    FREE = "free"
    ONE_TIME = "one_time"
    SUBSCRIPTION = "subscription"
    PAY_WHAT_YOU_WANT = "pay_what_you_want"


def _on_sale(name: str, kind: str, listing: str, other: str) -> Index:
    """Whether a listing has an offer of a kind, and which listings have one, without looking at the offers."""
    return Index(name, kind, listing, postgresql_include=[other], postgresql_where=text("ended_at IS NULL"))


class Offer(Record, table=True):
    """One way to buy a listing. Never changed once sold: another price is another offer, and this one ends."""

    __tablename__ = "offers"
    __table_args__ = (
        Index("one_offer_of_a_kind", "listing_id", "license", unique=True, postgresql_where=text("ended_at IS NULL")),
        _on_sale("ix_offers_price_model", "price_model", "listing_id", "license"),
        _on_sale("ix_offers_license", "license", "listing_id", "price_model"),
    )
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", index=True)
    license: LicenseKind = Field(sa_type=StringEnum(LicenseKind))
    price_model: PriceModel = Field(sa_type=StringEnum(PriceModel))
    amount: int = Field(default=0, sa_type=BigInteger)  # in the currency's smallest unit; pay what you want: the least
    suggested_amount: int = Field(default=0, sa_type=BigInteger)
    currency: str = Field(default="usd", max_length=3)
    interval: str = Field(default="", max_length=5)  # "month" or "year" of a subscription
    price_id: str = Field(default="", max_length=64)  # at Stripe, of a subscription
    most_activations: int | None = None  # of each licence that is sold so; None: no limit
    ended_at: datetime | None = None


class ReleaseStatus(StrEnum):
    CHECKING = "checking"
    READY = "ready"  # its proof is there
    REFUSED = "refused"  # the checks found something; it is never sold
    REPLACED = "replaced"


class Release(Record, table=True):
    """One version of an app as it is sold, with the platform's proof of exactly that version."""

    __tablename__ = "releases"
    __table_args__ = (
        UniqueConstraint("listing_id", "number"),
        Index("ix_releases_released_at", "released_at", postgresql_where=text("released_at IS NOT NULL")),
    )
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE")
    number: int  # 1, 2, 3 …: what buyers see
    version: int  # of the app
    notes: str = Field(default="", max_length=4000)  # markdown
    status: ReleaseStatus = Field(default=ReleaseStatus.CHECKING, sa_type=StringEnum(ReleaseStatus), index=True)
    attempt: int = 0  # a fence, as in Generation
    last_progress_at: datetime = Field(default_factory=utc_now)
    files_hash: str = Field(default="", max_length=64)  # of the version's paths and checksums: what the proof is of
    proof: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # proof.Proof
    screenshot: str = Field(default="", index=True, max_length=64)
    error: str = Field(default="", max_length=1000)
    released_at: datetime | None = None


class ListingFingerprint(SQLModel, table=True):
    """What near-duplicates are found by: a MinHash of the code, and a perceptual hash of the picture."""

    __tablename__ = "listing_fingerprints"
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", primary_key=True)
    minhash: list[int] = Field(default_factory=list, sa_type=JSONB)
    picture: int = Field(default=0, sa_type=BigInteger)  # 64 bits, as a signed number


class FingerprintBand(SQLModel, table=True):
    """One band of a MinHash: listings that share one are compared."""

    __tablename__ = "fingerprint_bands"
    __table_args__ = (Index("ix_fingerprint_bands_value", "band", "value"),)
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", primary_key=True)
    band: int = Field(primary_key=True)
    value: int = Field(sa_type=BigInteger)


class ListingMedia(Record, table=True):
    __tablename__ = "listing_media"
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", index=True)
    position: int
    checksum: str = Field(index=True, max_length=64)  # of a WebP picture in the object store
    width: int
    height: int
    alt: str = Field(default="", max_length=200)


class Collection(Record, table=True):
    """Listings that the staff put together."""

    __tablename__ = "collections"
    slug: str = Field(unique=True, max_length=63)
    title: str = Field(max_length=80)
    text: str = Field(default="", max_length=300)
    position: int = 0
    is_shown: bool = True


class CollectionItem(SQLModel, table=True):
    __tablename__ = "collection_items"
    collection_id: UUID = Field(foreign_key="collections.id", ondelete="CASCADE", primary_key=True)
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", primary_key=True, index=True)
    position: int = 0


class Coupon(Record, table=True):
    """A lower price, for who has the code; without one, for everybody: a launch discount."""

    __tablename__ = "coupons"
    __table_args__ = (UniqueConstraint("creator_id", "code", "listing_id", postgresql_nulls_not_distinct=True),)
    creator_id: UUID = Field(foreign_key="creator_profiles.id", ondelete="CASCADE")
    listing_id: UUID | None = Field(
        default=None, foreign_key="listings.id", ondelete="CASCADE", index=True
    )  # None: all
    code: str = Field(default="", max_length=40)  # upper case; "": a launch discount
    percent: int = 0  # 1 … 100; or
    amount: int = Field(default=0, sa_type=BigInteger)  # off, in `currency`
    currency: str = Field(default="", max_length=3)
    starts_at: datetime = Field(default_factory=utc_now)
    ends_at: datetime | None = None
    most_uses: int | None = None
    use_count: int = 0
    ended_at: datetime | None = None


class Bundle(Record, table=True):
    """Several offers of one creator for one price."""

    __tablename__ = "bundles"
    creator_id: UUID = Field(foreign_key="creator_profiles.id", ondelete="CASCADE", index=True)
    slug: str = Field(unique=True, max_length=63)
    title: str = Field(max_length=80)
    text: str = Field(default="", max_length=500)
    amount: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    ended_at: datetime | None = None


class BundleItem(SQLModel, table=True):
    __tablename__ = "bundle_items"
    bundle_id: UUID = Field(foreign_key="bundles.id", ondelete="CASCADE", primary_key=True)
    offer_id: UUID = Field(foreign_key="offers.id", ondelete="CASCADE", primary_key=True)


class RemixTerms(SQLModel, table=True):
    """What a remix owes its parent, as both agreed and we signed: later changes of the parent don't change it."""

    __tablename__ = "remix_terms"
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", primary_key=True)  # the remix
    parent_id: UUID = Field(foreign_key="listings.id")
    share: int  # hundredths of a percent of what the remix's sales bring its creator
    depth: int  # 1: a remix of an original
    agreed_by_id: UUID = Field(foreign_key="users.id")
    agreed_at: datetime = Field(default_factory=utc_now)
    signature: str = Field(max_length=64)  # HMAC-SHA256, hex


class TryOut(Record, table=True):
    """A visitor's own copy of a listing's release, for a while, with nothing of the seller's in it."""

    __tablename__ = "try_outs"
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", index=True)
    release_id: UUID = Field(foreign_key="releases.id", ondelete="CASCADE")
    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    visitor: str = Field(default="", index=True, max_length=64)  # hash of their account, or of their tab
    script: str = Field(default="", max_length=63)  # at the edge
    url: str = ""
    expires_at: datetime = Field(index=True)
    ended_at: datetime | None = None  # it was taken down
    error: str = Field(default="", max_length=300)


class ListingDaily(SQLModel, table=True):
    """What happened on a listing's page on one day (UTC)."""

    __tablename__ = "listing_daily"
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE", primary_key=True)
    day: date = Field(primary_key=True, index=True)
    views: int = 0
    visitors: int = 0
    try_outs: int = 0


class ReviewStatus(StrEnum):
    SHOWN = "shown"
    HIDDEN = "hidden"  # by an admin, with a reason


class Review(Record, table=True):
    """By somebody who bought it: `license_id` says with which licence."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("listing_id", "user_id"),
        Index(
            "ix_reviews_helpful", "listing_id", text("helpful_count DESC"), postgresql_where=text("status = 'shown'")
        ),
    )
    listing_id: UUID = Field(foreign_key="listings.id", ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    license_id: UUID = Field(foreign_key="licenses.id", ondelete="CASCADE", index=True)
    release_number: int = 1  # which was current then
    rating: int  # 1 … 5
    title: str = Field(default="", max_length=100)
    text: str = Field(default="", max_length=4000)
    status: ReviewStatus = Field(default=ReviewStatus.SHOWN, sa_type=StringEnum(ReviewStatus))
    helpful_count: int = 0
    reply: str = Field(default="", max_length=2000)
    replied_at: datetime | None = None


class ReviewVote(SQLModel, table=True):
    __tablename__ = "review_votes"
    review_id: UUID = Field(foreign_key="reviews.id", ondelete="CASCADE", primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", primary_key=True)
