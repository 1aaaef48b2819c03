"""What a listing's page is given to show, in plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from overskill.models import Category, LicenseKind
from overskill.services.figures import count_words
from overskill.services.market.bundle_cards import BundleCard
from overskill.services.market.descriptions import description_html
from overskill.services.market.listing_page import Creator, ListingPage, OfferView
from overskill.services.market.reviews import ReviewView
from overskill.state.listing_cards import CATEGORIES

# What each licence is called, in a sentence, and what comes with it.
LICENSES: dict[LicenseKind, tuple[str, str, tuple[str, ...]]] = {
    LicenseKind.USE: (
        "Use it",
        "The app as its creator runs it, for you.",
        ("Your own way in", "Always the newest version", "Nothing to look after"),
    ),
    LicenseKind.COPY: (
        "Your own copy",
        "An app of your own that you can change.",
        ("Its own address and its own data", "Change it in the studio", "Updates you take when you want them"),
    ),
    LicenseKind.SOURCE: (
        "Copy and resale",
        "Your own copy, and the right to sell what you make of it.",
        ("All of your own copy", "Sell your version of it", "The whole code as a project"),
    ),
}
_CATEGORY_NAMES = {name: words for name, words, _ in CATEGORIES}


@dataclass(frozen=True)
class About:
    title: str
    tagline: str
    category: str
    category_name: str
    accent: str
    description: str  # HTML
    released_at: str  # ISO time; "" before the first release
    release: int
    refund_days: int
    allows_remix: bool
    sold: str  # "1,200 people have it", from ten on


@dataclass(frozen=True)
class PictureCard:
    src: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class OfferCard:
    id: str
    name: str
    about: str
    points: list[str]
    price_model: str
    listed: int
    amount: int
    least: int
    currency: str
    interval: str
    discount_ends_at: str  # ISO time, or ""
    is_owned: bool


@dataclass(frozen=True)
class BundledCard:
    slug: str
    title: str
    cover: str
    accent: str


@dataclass(frozen=True)
class BundleOffer:
    """Several apps of one creator for one price, this one among them."""

    slug: str
    title: str
    amount: int
    apart: int
    saving: int
    currency: str
    apps: list[BundledCard]  # a few of them, this one first
    more: int


@dataclass(frozen=True)
class ReleaseCard:
    number: int
    notes: str  # HTML
    at: str


@dataclass(frozen=True)
class RelativeCard:
    """One listing of a family."""

    slug: str
    title: str
    creator: str  # username
    depth: int  # 0: the original
    share: str  # "10 % of each sale goes to its parent"; "" where it owes nothing
    is_this: bool


@dataclass(frozen=True)
class CreatorCard:
    username: str
    name: str
    bio: str
    picture: str
    initials: str
    level: str  # in words; "" of who begins
    is_verified: bool
    is_house: bool
    listings: str  # "3 apps"
    rating: float
    rating_count: int
    since: str  # "November 2026"


@dataclass(frozen=True)
class Bar:
    """How many gave so many stars."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True)
class ReviewCard:
    id: str
    author: str
    is_mine: bool
    is_hidden: bool
    rating: float
    title: str
    text: str
    release: int
    at: str
    helpful: int
    is_helpful: bool
    reply: str
    replied_at: str


NOTHING = About("", "", "", "", "#6d5bf6", "", "", 0, 0, allows_remix=False, sold="")
NOBODY = CreatorCard(
    "", "", "", "", "", "", is_verified=False, is_house=False, listings="", rating=0.0, rating_count=0, since=""
)  # fmt: skip
NO_OFFER = OfferCard("", "", "", [], "free", 0, 0, 0, "", "", "", is_owned=False)
NO_REVIEW = ReviewCard(
    "", "", is_mine=True, is_hidden=False, rating=0, title="", text="", release=0, at="", helpful=0, is_helpful=False,
    reply="", replied_at="",
)  # fmt: skip
_FEW = 10
_MOST_PICTURES = 4  # of a bundle
_LEVELS = {"rising": "Rising creator", "established": "Established creator", "top": "Top creator"}


def about_of(page: ListingPage) -> About:
    listing = page.listing
    return About(
        title=listing.title,
        tagline=listing.tagline,
        category=listing.category.value,
        category_name=_CATEGORY_NAMES.get(Category(listing.category), listing.category.value.capitalize()),
        accent=listing.accent,
        description=description_html(listing.description),
        released_at=page.releases[0].released_at.isoformat() if page.releases and page.releases[0].released_at else "",
        release=page.release.number if page.release else 0,
        refund_days=listing.refund_days,
        allows_remix=listing.allows_remix,
        sold=f"{listing.sale_count:,} people have it" if listing.sale_count >= _FEW else "",
    )


def offer_of(offer: OfferView, owned: tuple[LicenseKind, ...]) -> OfferCard:
    name, about, points = LICENSES[offer.license]
    return OfferCard(
        id=str(offer.id),
        name=name,
        about=about,
        points=[*points, *_places(offer.most_activations)],
        price_model=offer.price_model.value,
        listed=offer.listed,
        amount=offer.amount,
        least=offer.least,
        currency=offer.currency,
        interval=offer.interval,
        discount_ends_at=offer.discount_ends_at.isoformat() if offer.discount_ends_at else "",
        is_owned=offer.license in owned,
    )


def _places(most: int | None) -> tuple[str, ...]:
    return () if most is None else (f"A licence key for {count_words(most, 'place')} at once",)


def bundles_of(bundles: Sequence[BundleCard]) -> list[BundleOffer]:
    return [
        BundleOffer(
            slug=one.slug,
            title=one.title,
            amount=one.amount,
            apart=one.apart,
            saving=one.apart - one.amount,
            currency=one.currency,
            apps=[BundledCard(app.slug, app.title, app.cover, app.accent) for app in one.items[:_MOST_PICTURES]],
            more=max(0, len(one.items) - _MOST_PICTURES),
        )
        for one in bundles
    ]


def pictures_of(page: ListingPage) -> list[PictureCard]:
    title = page.listing.title
    return [
        PictureCard(f"/media/{each.checksum}.webp", each.alt or f"{title}, picture {number}", each.width, each.height)
        for number, each in enumerate(page.pictures, start=1)
    ]


def family_of(page: ListingPage) -> list[RelativeCard]:
    return [
        RelativeCard(
            slug=each.slug,
            title=each.title,
            creator=each.creator,
            depth=each.depth,
            share=f"{each.share / 100:g} % of its sales go to what it was made from" if each.share else "",
            is_this=each.id == page.listing.id,
        )
        for each in page.family
    ]


def releases_of(page: ListingPage) -> list[ReleaseCard]:
    return [
        ReleaseCard(each.number, description_html(each.notes), each.released_at.isoformat() if each.released_at else "")
        for each in page.releases
    ]


def creator_card(creator: Creator) -> CreatorCard:
    return CreatorCard(
        username=creator.username,
        name=creator.name,
        bio=creator.bio,
        picture=f"/media/{creator.picture}.webp" if creator.picture else "",
        initials="".join(word[0] for word in creator.name.split()[:2]).upper(),
        level=_LEVELS.get(creator.level, ""),
        is_verified=creator.is_verified,
        is_house=creator.is_house,
        listings=count_words(creator.listing_count, "app"),
        rating=creator.rating,
        rating_count=creator.rating_count,
        since=f"{creator.since:%B %Y}",
    )


def bars_of(histogram: tuple[int, ...]) -> list[Bar]:
    whole = max(sum(histogram), 1)
    return [Bar(5 - place, count, round(100 * count / whole)) for place, count in enumerate(histogram)]


def review_card(review: ReviewView) -> ReviewCard:
    return ReviewCard(
        id=str(review.id),
        author=review.author,
        is_mine=review.is_mine,
        is_hidden=review.is_hidden,
        rating=review.rating,
        title=review.title,
        text=review.text,
        release=review.release_number,
        at=review.written_at.isoformat(),
        helpful=review.helpful_count,
        is_helpful=review.is_helpful,
        reply=review.reply,
        replied_at=review.replied_at.isoformat() if review.replied_at else "",
    )
