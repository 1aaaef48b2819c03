"""How a listing can be bought: at most one offer a licence, all in one currency.

An offer is never changed: another price, or another limit of its keys, ends it and begins the next, so what was bought
keeps what it cost and what was promised with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import Session, col

from overskill.errors import InvalidInput
from overskill.models import Bundle, BundleItem, LicenseKind, Listing, Offer, PriceModel, utc_now
from overskill.services.billing.money import parse
from overskill.services.market.license_checks import places_in
from overskill.services.market.prices import LEAST_CHARGES, check_amount

INTERVALS = ("month", "year")


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """One offer as somebody typed it. `price` of pay what you want: the least; `suggested`: what the page proposes."""

    license: str
    price_model: str
    price: str = ""
    suggested: str = ""
    interval: str = ""
    places: str = ""  # in which the key of each licence may be used at once; "" for no limit


@dataclass(frozen=True, slots=True)
class _Terms:
    license: LicenseKind
    price_model: PriceModel
    amount: int
    suggested_amount: int
    interval: str
    most_activations: int | None


def list_offers(session: Session, listing_id: UUID) -> list[Offer]:
    """Those that can be bought now, the smallest licence first."""
    rows = session.scalars(select(Offer).where(col(Offer.listing_id) == listing_id, col(Offer.ended_at).is_(None)))
    order = list(LicenseKind)
    return sorted(rows, key=lambda offer: order.index(offer.license))


def set_offers(session: Session, listing: Listing, currency: str, drafts: Sequence[OfferDraft]) -> list[Offer]:
    """Sell the listing just so. The caller holds its row lock.

    Raises InvalidInput naming the field, such as "copy.price".
    """
    if currency not in LEAST_CHARGES:
        raise InvalidInput("Nothing can be sold in that currency here. Choose another one.", field="currency")
    wanted = [_terms(draft, currency) for draft in drafts]
    if len({one.license for one in wanted}) != len(wanted):
        raise InvalidInput("Each licence can be offered once.", field="currency")
    now = list_offers(session, listing.id)
    kept = {one.license: one for one in now if one.currency == currency and _terms_of(one) in wanted}
    _end(session, [one for one in now if one.license not in kept])
    fresh = [_offer(listing, one, currency) for one in wanted if one.license not in kept]
    session.add_all(fresh)
    listing.currency = currency
    session.flush()
    offers = list_offers(session, listing.id)
    listing.lowest_amount = min((one.amount for one in offers), default=0)
    session.add(listing)
    return offers


def _end(session: Session, offers: Iterable[Offer]) -> None:
    """A bundle with an offer that ended can't be had any more."""
    ended = [offer.id for offer in offers]
    if not ended:
        return
    session.execute(update(Offer).where(col(Offer.id).in_(ended)).values(ended_at=utc_now()))
    with_them = select(col(BundleItem.bundle_id)).where(col(BundleItem.offer_id).in_(ended))
    session.execute(
        update(Bundle).where(col(Bundle.id).in_(with_them), col(Bundle.ended_at).is_(None)).values(ended_at=utc_now())
    )


def _terms(draft: OfferDraft, currency: str) -> _Terms:
    try:
        license_, model = LicenseKind(draft.license), PriceModel(draft.price_model)
    except ValueError:
        raise InvalidInput("There is no such licence or price. Reload the page.", field="currency") from None
    field = f"{license_}.price"
    places = places_in(draft.places, field=f"{license_}.places")
    if model is PriceModel.FREE:
        return _Terms(license_, model, 0, 0, "", places)
    amount = _amount(draft.price, currency, field=field)
    if model is PriceModel.PAY_WHAT_YOU_WANT:
        suggested = _amount(draft.suggested, currency, field=f"{license_}.suggested")
        if suggested and suggested < amount:
            raise InvalidInput("What you suggest is less than the least you take.", field=f"{license_}.suggested")
        return _Terms(license_, model, amount, suggested, "", places)
    if amount == 0:
        raise InvalidInput("Enter a price, or choose “Free”.", field=field)
    if model is PriceModel.ONE_TIME:
        return _Terms(license_, model, amount, 0, "", places)
    if draft.interval not in INTERVALS:
        raise InvalidInput("A subscription is paid each month or each year.", field=f"{license_}.interval")
    return _Terms(license_, model, amount, 0, draft.interval, places)


def _amount(text: str, currency: str, *, field: str) -> int:
    amount = parse(text, currency, field=field) if text.strip() else 0
    check_amount(amount, currency, field=field)
    return amount


def _terms_of(offer: Offer) -> _Terms:
    return _Terms(
        license=offer.license,
        price_model=offer.price_model,
        amount=offer.amount,
        suggested_amount=offer.suggested_amount,
        interval=offer.interval,
        most_activations=offer.most_activations,
    )


def _offer(listing: Listing, terms: _Terms, currency: str) -> Offer:
    return Offer(
        listing_id=listing.id,
        license=terms.license,
        price_model=terms.price_model,
        amount=terms.amount,
        suggested_amount=terms.suggested_amount,
        currency=currency,
        interval=terms.interval,
        most_activations=terms.most_activations,
    )
