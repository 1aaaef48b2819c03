"""Seeded listings, each with its offers and releases."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from overskill.models import (
    LicenseKind,
    Listing,
    ListingStatus,
    Offer,
    PriceModel,
    Release,
    ReleaseStatus,
)
from overskill.services.billing.money import digits
from overskill.services.market.seeding.copying import Sheets
from overskill.services.market.seeding.people import random_id
from overskill.services.market.seeding.vocabulary import Pitch, address_of, pitch, vocabulary

SAMPLE_PROOF = {"sample": True}  # nothing was checked: no app is behind it
_PRICES = (300, 500, 700, 900, 1200, 1500, 1900, 2900, 4900, 9900)  # hundredths of the currency
_MODELS = {
    PriceModel.FREE: 45,
    PriceModel.ONE_TIME: 40,
    PriceModel.SUBSCRIPTION: 8,
    PriceModel.PAY_WHAT_YOU_WANT: 7,
}
_MOST_HEAT = 300.0


@dataclass(frozen=True)
class SampleOffer:
    id: UUID
    license: LicenseKind
    price_model: PriceModel
    amount: int


@dataclass(frozen=True)
class Sample:
    """A listing as what happens to it needs to know it."""

    id: UUID
    creator_id: UUID
    release_id: UUID
    release_number: int
    offers: tuple[SampleOffer, ...]
    published_at: datetime
    heat: float  # visitors a day; a few have hundreds, most have hardly any
    quality: float  # 0 … 1: what its ratings are drawn from
    pitch: Pitch


def draw_sample(chance: random.Random, creators: list[UUID], *, currency: str, now: datetime) -> Sample:
    """Published in the last year. The earlier creators have more listings."""
    return Sample(
        id=random_id(chance),
        creator_id=creators[int(len(creators) * chance.random() ** 1.6)],
        release_id=random_id(chance),
        release_number=min(5, 1 + int(chance.expovariate(1.2))),
        offers=_offers(chance, currency),
        published_at=now - timedelta(days=365 * chance.random() ** 0.8),
        heat=min(_MOST_HEAT, 0.015 * chance.paretovariate(0.95)),
        quality=chance.betavariate(6, 1.8),
        pitch=pitch(chance),
    )


def add_listing(
    sheets: Sheets, chance: random.Random, sample: Sample, *, slug: str, counts: dict[str, int], currency: str
) -> None:
    """`counts` is what came of it: see `add_activity`."""
    said = sample.pitch
    sheets.add(
        Listing,
        id=sample.id,
        creator_id=sample.creator_id,
        slug=slug,
        title=said.title,
        tagline=said.tagline[:140],
        description=said.description,
        keywords=said.keywords,
        category=said.category.value,
        status=ListingStatus.PUBLISHED.value,
        submitted_at=sample.published_at,
        published_at=sample.published_at,
        created_at=sample.published_at,
        release_id=sample.release_id,
        allows_remix=chance.random() < 0.2,
        accent=said.accent,
        currency=currency,
        lowest_amount=min(offer.amount for offer in sample.offers),
        **counts,
    )


def add_offers(sheets: Sheets, chance: random.Random, sample: Sample, *, currency: str) -> None:
    for offer in sample.offers:
        is_open = offer.price_model is PriceModel.PAY_WHAT_YOU_WANT
        sheets.add(
            Offer,
            id=offer.id,
            listing_id=sample.id,
            license=offer.license.value,
            price_model=offer.price_model.value,
            amount=offer.amount,
            suggested_amount=2 * offer.amount if is_open else 0,
            currency=currency,
            interval=chance.choice(("month", "year")) if offer.price_model is PriceModel.SUBSCRIPTION else "",
            created_at=sample.published_at,
        )


def add_releases(sheets: Sheets, chance: random.Random, sample: Sample, *, now: datetime) -> None:
    """The last of them is the one that is sold."""
    notes = vocabulary()["notes"]
    between = (now - sample.published_at) / sample.release_number
    for number in range(1, sample.release_number + 1):
        is_sold = number == sample.release_number
        released = sample.published_at + between * (number - 1)
        sheets.add(
            Release,
            id=sample.release_id if is_sold else random_id(chance),
            listing_id=sample.id,
            number=number,
            version=number,
            notes=notes[0] if number == 1 else chance.choice(notes[1:]).format(**sample.pitch.words),
            status=(ReleaseStatus.READY if is_sold else ReleaseStatus.REPLACED).value,
            proof=SAMPLE_PROOF,
            released_at=released,
            created_at=released,
        )


def sample_slug(sample: Sample, number: int) -> str:
    return f"{address_of(sample.pitch.title)[:50].strip('-')}-s{number:x}"


def _offers(chance: random.Random, currency: str) -> tuple[SampleOffer, ...]:
    """A copy of its own, in one way; of some also the use alone, or the right to sell it on."""
    model = chance.choices(list(_MODELS), list(_MODELS.values()))[0]
    hundredths = 0 if model is PriceModel.FREE else chance.choice(_PRICES)
    amount = hundredths * 10 ** digits(currency) // 100
    offers = [SampleOffer(random_id(chance), LicenseKind.COPY, model, amount)]
    if model is PriceModel.ONE_TIME and chance.random() < 0.3:
        offers.append(SampleOffer(random_id(chance), LicenseKind.USE, model, max(1, amount * 2 // 5)))
    if model in (PriceModel.FREE, PriceModel.ONE_TIME) and chance.random() < 0.15:
        dearer = max(3 * amount, 29 * 10 ** digits(currency))
        offers.append(SampleOffer(random_id(chance), LicenseKind.SOURCE, PriceModel.ONE_TIME, dearer))
    return tuple(offers)
