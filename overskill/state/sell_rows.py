"""What the steps of a listing show, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from overskill.models import Coupon, LicenseKind, Listing, Offer, PriceModel, Release, ReleaseStatus, utc_now
from overskill.services.billing.money import decimal, say
from overskill.services.market.desk import ListingParts
from overskill.services.market.prices import refusal_of
from overskill.state.sell import status_words

LICENSES = (
    (LicenseKind.USE, "Use", "Access to the hosted app. Buyers get no code."),
    (LicenseKind.COPY, "Copy", "The buyer's own app: its code, data and address, to change in the studio."),
    (LicenseKind.SOURCE, "Source", "A copy that the buyer may change and sell."),
)
_RELEASE_WORDS = {
    ReleaseStatus.CHECKING: "Being checked",
    ReleaseStatus.READY: "Sold now",
    ReleaseStatus.REFUSED: "Refused",
    ReleaseStatus.REPLACED: "Replaced",
}


@dataclass(frozen=True)
class PictureRow:
    id: str
    checksum: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class OfferRow:
    license: str
    title: str
    text: str
    model: str  # "" where it is not offered
    price: str
    suggested: str
    interval: str
    places: str  # of its keys; "" for no limit


@dataclass(frozen=True)
class CouponRow:
    id: str
    code: str  # "": a launch discount
    off: str  # "25 %" or "$5.00"
    until: str  # ISO, or ""
    uses: str
    is_everywhere: bool
    ended: str  # why it does not count; ""


@dataclass(frozen=True)
class ReleaseRow:
    id: str
    number: int
    version: int
    notes: str
    status: str
    status_words: str
    error: str
    at: str  # ISO


@dataclass(frozen=True)
class StepRow:
    key: str
    words: str
    is_done: bool


def listing_words(listing: Listing) -> dict[str, Any]:
    return {
        "listing_id": str(listing.id),
        "slug": listing.slug,
        "title": listing.title,
        "tagline": listing.tagline,
        "description": listing.description,
        "keywords": listing.keywords,
        "category": listing.category.value,
        "status": listing.status.value,
        "status_words": status_words(listing),
        "reason": listing.status_reason,
        "was_published": listing.published_at is not None,
        "accent": listing.accent,
        "currency": listing.currency,
        "refund_days": listing.refund_days,
        "allows_remix": listing.allows_remix,
        "remix_percent": listing.remix_share // 100,
    }


def offer_rows(offers: Sequence[Offer], currency: str) -> list[OfferRow]:
    found = {offer.license: offer for offer in offers}
    return [_offer(found.get(license_), license_, title, text, currency) for license_, title, text in LICENSES]


def part_rows(parts: ListingParts) -> dict[str, Any]:
    now = utc_now()
    sold = parts.listing.release_id
    return {
        "coupons": [_coupon(one, now) for one in parts.coupons],
        "releases": [_release(one, is_sold=one.id == sold) for one in parts.releases],
        "steps": [StepRow(step.key, step.words, step.is_done) for step in parts.steps],
    }


def mending_of(parts: ListingParts) -> dict[str, Any]:
    """Of a newest release that was refused: what is wrong, and whether the app has changed since."""
    newest = parts.releases[0] if parts.releases else None
    can_mend = (
        newest is not None
        and newest.status is ReleaseStatus.REFUSED
        and parts.app is not None
        and parts.proof is not None
        and parts.proof.asks_for_mending
    )
    return {
        "mends": newest.error if newest and can_mend else "",
        "is_mended": bool(newest and can_mend and parts.waiting.version > newest.version),
    }


def mending_words(version: int, wrong: str) -> str:
    """The message that asks the studio for it."""
    found = "\n".join(f"- {line}" for line in wrong.splitlines())
    return (
        f"The marketplace checked version {version} of this app and refused to sell it. Please fix this, and leave "
        f"everything else as it is:\n\n{found}"
    )


def _offer(offer: Offer | None, license_: LicenseKind, title: str, text: str, currency: str) -> OfferRow:
    if offer is None:
        return OfferRow(license_.value, title, text, "", "", "", "month", "")
    is_free = offer.price_model is PriceModel.FREE
    return OfferRow(
        license=license_.value,
        title=title,
        text=text,
        model=offer.price_model.value,
        price="" if is_free else decimal(offer.amount, currency),
        suggested=decimal(offer.suggested_amount, currency) if offer.suggested_amount else "",
        interval=offer.interval or "month",
        places=str(offer.most_activations or ""),
    )


def _coupon(coupon: Coupon, now: datetime) -> CouponRow:
    return CouponRow(
        id=str(coupon.id),
        code=coupon.code,
        off=f"{coupon.percent} %" if coupon.percent else say(coupon.amount, coupon.currency),
        until=coupon.ends_at.isoformat() if coupon.ends_at else "",
        uses=f"{coupon.use_count} of {coupon.most_uses}" if coupon.most_uses else str(coupon.use_count),
        is_everywhere=coupon.listing_id is None,
        ended="" if refusal_of(coupon, now) == "" else "Ended",
    )


def _release(release: Release, *, is_sold: bool) -> ReleaseRow:
    words = "Checked" if release.status is ReleaseStatus.READY and not is_sold else _RELEASE_WORDS[release.status]
    return ReleaseRow(
        id=str(release.id),
        number=release.number,
        version=release.version,
        notes=release.notes,
        status=release.status.value,
        status_words=words,
        error=release.error,
        at=(release.released_at or release.created_at).isoformat(),
    )
