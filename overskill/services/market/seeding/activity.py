"""What happened to a seeded listing in its year: views, try-outs, sales and what buyers said.

Sample sales are marked as tests and stand in no ledger: it can't be taken back, and is compared with Stripe.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from overskill.models import (
    License,
    LicenseStatus,
    ListingDaily,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Review,
)
from overskill.services.market.seeding.copying import Sheets
from overskill.services.market.seeding.listings import Sample, SampleOffer
from overskill.services.market.seeding.people import Buyer, random_id
from overskill.services.market.seeding.vocabulary import vocabulary

_TRY_OUTS, _REVIEWED, _REFUNDED = 0.08, 0.35, 0.02  # of visitors, of sales, of sales
_WILLING = {True: 0.09, False: 0.035}  # of visitors, where it is free and where it costs something
_REFUND_DAYS = 14


@dataclass
class Market:
    """What all sales have in common."""

    buyers: list[Buyer]
    currency: str
    fee: int  # hundredths of a percent
    now: datetime


@dataclass(frozen=True)
class _Sale:
    buyer: Buyer
    offer: SampleOffer
    at: datetime
    status: PurchaseStatus
    license_id: UUID


def add_activity(sheets: Sheets, chance: random.Random, sample: Sample, market: Market) -> dict[str, int]:
    """The counts that stand on the listing."""
    counts = dict.fromkeys(("view_count", "try_count", "sale_count", "rating_sum", "rating_count"), 0)
    is_free = sample.offers[0].amount == 0
    bought: set[UUID] = set()
    for day, visitors in _visits(chance, sample, market.now):
        views, try_outs = int(visitors * chance.uniform(1, 1.8)), _share(chance, visitors, _TRY_OUTS)
        sheets.add(
            ListingDaily, listing_id=sample.id, day=day.date(), views=views, visitors=visitors, try_outs=try_outs
        )
        counts["view_count"] += views
        counts["try_count"] += try_outs
        for _ in range(_share(chance, visitors, _WILLING[is_free] * (0.4 + sample.quality))):
            buyer = chance.choice(market.buyers)
            if buyer.user_id in bought:
                continue
            bought.add(buyer.user_id)
            sale = _draw_sale(chance, sample, buyer, day)
            _add_sale(sheets, chance, sample, sale, market)
            counts["sale_count"] += sale.status is PurchaseStatus.PAID
            if sale.status is PurchaseStatus.PAID and chance.random() < _REVIEWED:
                counts["rating_sum"] += _add_review(sheets, chance, sample, sale, market.now)
                counts["rating_count"] += 1
    return counts


def _visits(chance: random.Random, sample: Sample, now: datetime) -> list[tuple[datetime, int]]:
    """Days with visitors. Where there are few, the days between two are drawn, not each day."""
    found: list[tuple[datetime, int]] = []
    day = sample.published_at
    while True:
        if sample.heat < 1:
            day += timedelta(days=1 + int(chance.expovariate(sample.heat)))
        else:
            day += timedelta(days=1)
        if day >= now:
            return found
        found.append((day, max(1, round(sample.heat * chance.lognormvariate(0, 0.4)))))


def _share(chance: random.Random, count: int, part: float) -> int:
    """About that part of them; of few, one or none."""
    return int(count * part + chance.random())


def _draw_sale(chance: random.Random, sample: Sample, buyer: Buyer, at: datetime) -> _Sale:
    offer = sample.offers[0] if chance.random() < 0.75 else chance.choice(sample.offers)
    is_refunded = offer.amount > 0 and chance.random() < _REFUNDED
    status = PurchaseStatus.REFUNDED if is_refunded else PurchaseStatus.PAID
    return _Sale(buyer, offer, at, status, random_id(chance))


def _add_sale(sheets: Sheets, chance: random.Random, sample: Sample, sale: _Sale, market: Market) -> None:
    purchase_id, item_id, amount = random_id(chance), random_id(chance), sale.offer.amount
    sheets.add(
        Purchase,
        id=purchase_id,
        buyer_id=sale.buyer.user_id,
        email=sale.buyer.email,
        creator_id=sample.creator_id,
        status=sale.status.value,
        currency=market.currency,
        listed_amount=amount,
        amount=amount,
        total_amount=amount,
        fee_amount=amount * market.fee // 10_000,
        refunded_amount=amount if sale.status is PurchaseStatus.REFUNDED else 0,
        is_test=True,
        paid_at=sale.at,
        refund_until=sale.at + timedelta(days=_REFUND_DAYS),
        created_at=sale.at,
    )
    sheets.add(
        PurchaseItem,
        id=item_id,
        purchase_id=purchase_id,
        listing_id=sample.id,
        offer_id=sale.offer.id,
        release_id=sample.release_id,
        license=sale.offer.license.value,
        amount=amount,
        created_at=sale.at,
    )
    is_kept = sale.status is PurchaseStatus.PAID
    sheets.add(
        License,
        id=sale.license_id,
        item_id=item_id,
        listing_id=sample.id,
        holder_id=sale.buyer.user_id,
        kind=sale.offer.license.value,
        status=(LicenseStatus.ACTIVE if is_kept else LicenseStatus.REVOKED).value,
        key_hash=sha256(sale.license_id.bytes).hexdigest(),
        created_at=sale.at,
    )


def _add_review(sheets: Sheets, chance: random.Random, sample: Sample, sale: _Sale, now: datetime) -> int:
    """Returns the rating."""
    said = vocabulary()
    rating = max(1, min(5, round(1 + 4 * sample.quality + chance.gauss(0, 0.7))))
    title, text = chance.choice(said["reviews"][str(rating)])
    written = min(now, sale.at + timedelta(days=chance.expovariate(1 / 6)))
    has_reply = chance.random() < 0.2
    sheets.add(
        Review,
        id=random_id(chance),
        listing_id=sample.id,
        user_id=sale.buyer.user_id,
        license_id=sale.license_id,
        release_number=sample.release_number,
        rating=rating,
        title=title,
        text=text.format(**sample.pitch.words),
        helpful_count=int(chance.expovariate(0.8)),
        reply=chance.choice(said["replies"]) if has_reply else "",
        replied_at=min(now, written + timedelta(days=1)) if has_reply else None,
        created_at=written,
    )
    return rating
