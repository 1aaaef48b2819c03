"""What something costs now: pure arithmetic with integers, and the two queries it needs.

One discount counts, the one that takes the most off: a code never comes on top of a launch discount. A percentage is
rounded to the currency's smallest unit, halves up. Pay-what-you-want offers and bundles take no discounts. A price
that a discount brings below the least that Stripe charges is that least; only a discount of everything makes it free.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import Bundle, BundleItem, Coupon, Listing, Offer, PriceModel
from overskill.services.billing.money import MOST, say, shares

# The least that Stripe charges in what listings can be sold for, in the smallest unit.
LEAST_CHARGES = {
    "usd": 50,
    "eur": 50,
    "gbp": 30,
    "aud": 50,
    "cad": 50,
    "chf": 50,
    "czk": 1500,
    "dkk": 250,
    "hkd": 400,
    "jpy": 50,
    "mxn": 1000,
    "nok": 300,
    "nzd": 50,
    "pln": 200,
    "sek": 300,
    "sgd": 50,
}
_GONE = "That offer has ended. Reload the page to see what is sold now."
_NO_CODE = "There is no such code for this. Check its spelling, or go on without it."


@dataclass(frozen=True, slots=True)
class Line:
    """What one offer adds."""

    offer_id: UUID
    listing_id: UUID
    listed: int
    amount: int


@dataclass(frozen=True, slots=True)
class Quote:
    """`amount` is to be paid, before tax; of a subscription, each time. `coupon_id` names the discount that counted."""

    listed: int
    discount: int
    amount: int
    currency: str
    coupon_id: UUID | None
    lines: tuple[Line, ...]


def quote(
    session: Session, offer_ids: Sequence[UUID], *, coupon: str = "", amount: int | None = None, now: datetime
) -> Quote:
    """What these offers of one creator cost together. `amount` is what somebody wants to pay.

    Raises NotFound or Conflict for an offer that can't be had, InvalidInput for a code or amount that can't be taken.
    """
    offers, creator_id = _offers(session, offer_ids)
    found = _discounts(session, creator_id, [offer.listing_id for offer in offers], coupon)
    listed = [_listed(offer, amount) for offer in offers]
    if code := code_of(coupon):
        _check_code([one for one in found if one.code == code], offers, now)
    return _best(offers, listed, [one for one in found if refusal_of(one, now) == ""])


def quote_each(session: Session, offer_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Quote]:
    """What each of these offers of one creator costs alone, without a code, in two queries."""
    if not offer_ids:
        return {}
    offers, creator_id = _offers(session, offer_ids)
    found = _discounts(session, creator_id, [offer.listing_id for offer in offers], "")
    return {offer.id: quote_alone(offer, found, now=now) for offer in offers}


def quote_alone(offer: Offer, discounts: Iterable[Coupon], *, now: datetime) -> Quote:
    """What an offer costs alone, where somebody has read its discounts already."""
    usable = [one for one in discounts if refusal_of(one, now) == ""]
    return _best([offer], [_listed(offer, None)], usable)


def quote_bundle(session: Session, bundle_id: UUID) -> Quote:
    """What a bundle costs, each offer's part in proportion to what it costs alone. Raises NotFound, Conflict."""
    bundle = session.get(Bundle, bundle_id)
    if bundle is None:
        raise NotFound("There is no such bundle.")
    ids = session.exec(select(BundleItem.offer_id).where(BundleItem.bundle_id == bundle_id)).all()
    if bundle.ended_at is not None or not ids:
        raise Conflict("That bundle has ended. Its apps can still be had one by one.")
    offers, _ = _offers(session, ids)
    listed = [offer.amount for offer in offers]
    whole = max(sum(listed), bundle.amount)
    lines = _lines(offers, listed, shares(bundle.amount, listed))
    return Quote(whole, whole - bundle.amount, bundle.amount, bundle.currency, None, lines)


def code_of(text: str) -> str:
    """A code as it is kept, however somebody typed it."""
    return text.strip().upper()


def refusal_of(coupon: Coupon, now: datetime) -> str:
    """Why a discount does not count now; "" where it does."""
    if coupon.ended_at is not None or (coupon.ends_at is not None and coupon.ends_at <= now):
        return "That code has ended."
    if coupon.starts_at > now:
        return "That code does not work yet."
    if coupon.most_uses is not None and coupon.use_count >= coupon.most_uses:
        return "That code has been used as often as it could."
    return ""


def discount_of(coupon: Coupon, listed: int, currency: str) -> int:
    """What it takes off an amount: never more than that, and nothing where it is of another currency."""
    if coupon.percent:
        return (listed * min(coupon.percent, 100) + 50) // 100
    return min(coupon.amount, listed) if coupon.currency == currency else 0


def check_amount(amount: int, currency: str, *, field: str = "amount") -> None:
    """Whether so much can be asked for: nothing, or what one payment can be. Raises InvalidInput."""
    if currency not in LEAST_CHARGES:
        raise InvalidInput("Nothing can be sold in that currency here. Choose another one.", field="currency")
    least = LEAST_CHARGES[currency]
    if 0 < amount < least or amount < 0:
        raise InvalidInput(
            f"A payment is at least {say(least, currency)}. Ask for that or more, or for nothing.", field=field
        )
    if amount > MOST:
        raise InvalidInput(f"That is more than one payment can be: {say(MOST, currency)}.", field=field)


def _offers(session: Session, offer_ids: Iterable[UUID]) -> tuple[list[Offer], UUID]:
    """In the order they were asked for, and whose they are."""
    wanted = list(dict.fromkeys(offer_ids))
    rows = session.exec(
        select(Offer, Listing.creator_id)
        .join(Listing, col(Listing.id) == Offer.listing_id)
        .where(col(Offer.id).in_(wanted))
    ).all()
    if not rows or len(rows) != len(wanted):
        raise NotFound("There is no such offer.")
    if any(offer.ended_at is not None for offer, _ in rows):
        raise Conflict(_GONE)
    if len({creator_id for _, creator_id in rows}) > 1 or len({offer.currency for offer, _ in rows}) > 1:
        raise InvalidInput("These can't be paid together. Buy them one after the other.")
    return sorted((offer for offer, _ in rows), key=lambda offer: wanted.index(offer.id)), rows[0][1]


def _discounts(session: Session, creator_id: UUID, listing_ids: Sequence[UUID], coupon: str) -> list[Coupon]:
    """With this code, and launch discounts; also those that don't count now."""
    return list(
        session.exec(
            select(Coupon).where(
                Coupon.creator_id == creator_id,
                col(Coupon.code).in_({"", code_of(coupon)}),
                or_(col(Coupon.listing_id).is_(None), col(Coupon.listing_id).in_(listing_ids)),
            )
        )
    )


def _listed(offer: Offer, amount: int | None) -> int:
    if offer.price_model is PriceModel.FREE:
        return 0
    if offer.price_model is not PriceModel.PAY_WHAT_YOU_WANT:
        return offer.amount
    chosen = max(offer.amount, offer.suggested_amount) if amount is None else amount
    if chosen < offer.amount:
        raise InvalidInput(f"It costs at least {say(offer.amount, offer.currency)}.", field="amount")
    check_amount(chosen, offer.currency)
    return chosen


def _check_code(coupons: Sequence[Coupon], offers: Sequence[Offer], now: datetime) -> None:
    if not coupons:
        raise InvalidInput(_NO_CODE, field="coupon")
    usable = [one for one in coupons if refusal_of(one, now) == ""]
    if not usable:
        raise InvalidInput(f"{refusal_of(coupons[0], now)} Go on without it.", field="coupon")
    if not any(_lowers(one, offer) for one in usable for offer in offers):
        raise InvalidInput("That code does not lower this price. Go on without it.", field="coupon")


def _lowers(coupon: Coupon, offer: Offer) -> bool:
    if offer.price_model is PriceModel.PAY_WHAT_YOU_WANT or coupon.listing_id not in (None, offer.listing_id):
        return False
    return discount_of(coupon, offer.amount, offer.currency) > 0


def _best(offers: Sequence[Offer], listed: Sequence[int], coupons: Sequence[Coupon]) -> Quote:
    currency, whole = offers[0].currency, sum(listed)
    best, coupon_id = [0] * len(offers), None
    for coupon in sorted(coupons, key=lambda one: (one.code, one.created_at)):  # of equals, the launch discount
        parts = _discount_parts(coupon, offers, listed)
        if sum(parts) > sum(best):
            best, coupon_id = parts, coupon.id
    least = LEAST_CHARGES.get(currency, 1)
    if coupon_id is not None and 0 < whole - sum(best) < least:
        best = shares(max(whole - least, 0), best)
    lines = _lines(offers, listed, [one - off for one, off in zip(listed, best, strict=True)])
    return Quote(whole, sum(best), whole - sum(best), currency, coupon_id, lines)


def _discount_parts(coupon: Coupon, offers: Sequence[Offer], listed: Sequence[int]) -> list[int]:
    weights = [one if _lowers(coupon, offer) else 0 for offer, one in zip(offers, listed, strict=True)]
    return shares(discount_of(coupon, sum(weights), offers[0].currency), weights)


def _lines(offers: Sequence[Offer], listed: Sequence[int], amounts: Sequence[int]) -> tuple[Line, ...]:
    return tuple(
        Line(offer.id, offer.listing_id, one, amount)
        for offer, one, amount in zip(offers, listed, amounts, strict=True)
    )
