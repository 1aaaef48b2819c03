"""From nothing to a marketplace."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from overskill.errors import Conflict
from overskill.models import Category, Collection, CollectionItem, Listing, User
from overskill.services.market.seeding.activity import Market, add_activity
from overskill.services.market.seeding.copying import Sheets
from overskill.services.market.seeding.listings import (
    Sample,
    add_listing,
    add_offers,
    add_releases,
    draw_sample,
    sample_slug,
)
from overskill.services.market.seeding.people import DOMAIN, add_buyers, add_creators, add_follows, random_id
from overskill.services.market.seeding.vocabulary import vocabulary
from overskill.services.market.spelling import count_words
from overskill.services.market.trending import rank_listings

MOST_LISTINGS = 1_000_000
_LISTINGS_A_CREATOR, _LISTINGS_A_BUYER = 8, 8
_AT_ONCE = 2_000  # listings held in memory
_PICKS, _COLLECTED, _LIKED = 12, 9, 200
_COUNT_FOR_CREATORS = text("""
    update creator_profiles set listing_count = sums.listings, sale_count = sums.sales,
        rating_sum = sums.rating, rating_count = sums.ratings,
        follower_count = (select count(*) from follows where creator_id = creator_profiles.id)
    from (
        select creator_id, count(*) as listings, sum(sale_count) as sales,
            sum(rating_sum) as rating, sum(rating_count) as ratings
        from listings group by creator_id
    ) sums
    where sums.creator_id = creator_profiles.id
        and exists (select from users where users.id = user_id and email like :theirs)
""")


def is_seeded(session: Session) -> bool:
    return session.exec(select(User.id).where(col(User.email).endswith(f"@{DOMAIN}")).limit(1)).first() is not None


def seed(
    session: Session,
    count: int,
    *,
    number: int,
    currency: str,
    fee: int,
    now: datetime,
    tell: Callable[[int], None] = lambda _: None,
) -> dict[str, int]:
    """Returns how many rows each table got. `tell` is called with how many listings there are so far."""
    if is_seeded(session):
        raise Conflict("There are sample listings already. Take them away first:  ./run seed --clear")
    chance, sheets = random.Random(number), Sheets(session)  # noqa: S311 - samples, not secrets
    creators = add_creators(sheets, chance, max(2, count // _LISTINGS_A_CREATOR), now)
    buyers = add_buyers(sheets, chance, max(10, count // _LISTINGS_A_BUYER), now)
    add_follows(sheets, chance, buyers, creators, now)
    market, best = Market(buyers, currency, fee, now), list[Sample]()
    for place in range(count):
        sample = draw_sample(chance, creators, currency=currency, now=now)
        counts = add_activity(sheets, chance, sample, market)
        slug = sample_slug(sample, place)
        add_listing(sheets, chance, sample, slug=slug, counts=counts, currency=currency)
        add_offers(sheets, chance, sample, currency=currency)
        add_releases(sheets, chance, sample, now=now)
        best = _with(best, sample)
        if place % _AT_ONCE == _AT_ONCE - 1:
            sheets.copy()
            tell(place + 1)
    sheets.copy()
    _recommend(session, sheets, chance, best)
    session.execute(_COUNT_FOR_CREATORS, {"theirs": f"%@{DOMAIN}"})
    rank_listings(session, now)
    count_words(session)
    return sheets.copied


def _with(best: list[Sample], sample: Sample) -> list[Sample]:
    """The best liked of those that are looked at most."""
    if len(best) < _LIKED or sample.heat * sample.quality > best[-1].heat * best[-1].quality:
        best = sorted([*best, sample], key=lambda one: -one.heat * one.quality)[:_LIKED]
    return best


def _recommend(session: Session, sheets: Sheets, chance: random.Random, best: list[Sample]) -> None:
    """Staff picks, and a few collections."""
    picks = [sample.id for sample in best[:_PICKS]]
    session.execute(update(Listing).where(col(Listing.id).in_(picks)).values(featured_at=col(Listing.published_at)))
    for position, said in enumerate(vocabulary()["collections"]):
        collection_id, fitting = random_id(chance), [sample for sample in best if _fits(sample, said)]
        sheets.add(
            Collection, id=collection_id, position=position, **{key: said[key] for key in ("slug", "title", "text")}
        )
        for place, sample in enumerate(fitting[:_COLLECTED]):
            sheets.add(CollectionItem, collection_id=collection_id, listing_id=sample.id, position=place)
    sheets.copy()


def _fits(sample: Sample, said: dict[str, Any]) -> bool:
    is_free = sample.offers[0].amount == 0
    return (not said["is_free"] or is_free) and sample.pitch.category.value in (said["categories"] or list(Category))
