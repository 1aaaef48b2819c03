"""Buying begins here: a purchase and its items are written, then the buyer is sent to pay, or has it at once for free.

The row is committed before Stripe is asked and the buyer leaves: whatever happens to them, to us or to a delivery on
the way, there is something to find the payment by. What the platform keeps is `market_fee` of the price without tax,
rounded down: the fraction of a cent is the creator's.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Interval, Order, OrderLine, Payments
from overskill.config import Settings
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound, OverskillError, SignInRequired
from overskill.models import (
    BundleItem,
    CreatorProfile,
    Listing,
    Offer,
    PriceModel,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Release,
    ReleaseStatus,
    User,
    utc_now,
)
from overskill.services.accounts.tokens import hash_token, make_token
from overskill.services.accounts.users import clean_email, find_user
from overskill.services.billing.purchases import Paid, mark_paid, settle
from overskill.services.market.cards import is_shown
from overskill.services.market.coupons import check_is_left
from overskill.services.market.licenses import has_one
from overskill.services.market.prices import Quote, check_amount, quote, quote_bundle
from overskill.services.market.remix import split

_WHOLE = 10_000  # hundredths of a percent
_GONE = "This is not sold any more. Look for something like it in the marketplace."
_UNDER_WAY = "You paid for this already, and the bank is still working on it. It is installed as soon as that is done."
_SHORT_SESSION = timedelta(minutes=35)  # Stripe takes no less than 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to buy: an offer, or a bundle. `amount` is what they want to pay, where they may choose."""

    offer_id: UUID | None = None
    bundle_id: UUID | None = None
    amount: int | None = None
    coupon: str = ""


@dataclass(frozen=True, slots=True)
class _Buyer:
    id: UUID | None  # None: a guest
    email: str
    locale: str


@dataclass(frozen=True, slots=True)
class _Sold:
    """An offer of a listing that can be had."""

    offer: Offer
    listing: Listing
    release_id: UUID


@dataclass(frozen=True, slots=True)
class _Written:
    purchase_id: UUID
    order: Order | None  # None: free, and paid already
    done_url: str


def begin_checkout(
    wish: Wish,
    *,
    buyer_id: UUID | None,
    email: str,
    locale: str = "",
    payments: Payments,
    settings: Settings,
    queue: JobQueue,
) -> str:
    """Where to send the buyer: to Stripe, or, with what is free, to see it being installed.

    Raises SignInRequired where an account is needed, NotFound or Conflict for what can't be bought, InvalidInput for a
    code, an amount or an address that can't be taken. A guest may have it already: whether an address has something is
    nobody else's business, so that is found out once it is paid, and given back.
    """
    if buyer_id is not None:
        _end_earlier_ones(wish, buyer_id, payments=payments, queue=queue)
    with transaction() as session:
        buyer = _Buyer(buyer_id, email, locale)
        written = _write(session, wish, buyer, is_test=payments.is_test, settings=settings, queue=queue)
    if written.order is None:
        return written.done_url
    try:
        made = payments.start_checkout(written.order, key=f"checkout:{written.purchase_id}")
    except OverskillError as error:
        with transaction() as session:
            purchase = session.get_one(Purchase, written.purchase_id, with_for_update=True)
            purchase.status, purchase.error = PurchaseStatus.FAILED, error.message[:500]
            session.add(purchase)
        raise
    with transaction() as session:
        purchase = session.get_one(Purchase, written.purchase_id, with_for_update=True)
        purchase.session_id = made.id
        session.add(purchase)
    return made.url


def fee_of(amount: int, settings: Settings) -> int:
    return amount * settings.market_fee // _WHOLE


def _write(
    session: Session,
    wish: Wish,
    who: _Buyer,
    *,
    is_test: bool,
    settings: Settings,
    queue: JobQueue,
) -> _Written:
    buyer = session.get(User, who.id) if who.id else None
    asked, sold = _quoted(session, wish, now=utc_now())
    address = _check_buyer(session, buyer, who.email, asked, sold, settings=settings)
    check_amount(asked.amount, asked.currency)
    is_limited = asked.coupon_id is not None and check_is_left(session, asked.coupon_id)
    claim = make_token()
    purchase = Purchase(
        buyer_id=buyer.id if buyer else None,
        email=address,
        creator_id=sold[0].listing.creator_id,
        bundle_id=wish.bundle_id,
        coupon_id=asked.coupon_id,
        currency=asked.currency,
        listed_amount=asked.listed,
        amount=asked.amount,
        fee_amount=fee_of(asked.amount, settings),
        locale=who.locale,
        is_test=is_test,
        claim_hash=hash_token(claim),
    )
    session.add(purchase)
    session.flush()
    amounts = {line.offer_id: line.amount for line in asked.lines}
    _add_items(session, purchase, sold, amounts, settings)
    done_url = f"{settings.site_url}/checkout/done/{purchase.id}?claim={claim}"
    if asked.amount == 0:
        mark_paid(session, purchase.id, Paid.nothing(asked.currency), queue=queue)
        return _Written(purchase.id, None, done_url)
    order = _order(purchase, sold, amounts, done_url, settings)
    if is_limited:  # what somebody might still pay with the last of it is nobody else's: not for long
        order = replace(order, expires_at=utc_now() + _SHORT_SESSION)
    return _Written(purchase.id, order, done_url)


def _add_items(
    session: Session, purchase: Purchase, sold: Sequence[_Sold], amounts: dict[UUID, int], settings: Settings
) -> None:
    session.add_all(
        PurchaseItem(
            purchase_id=purchase.id,
            listing_id=each.listing.id,
            offer_id=each.offer.id,
            release_id=each.release_id,
            license=each.offer.license,
            amount=amounts[each.offer.id],
            split=split(session, each.listing, settings=settings),
        )
        for each in sold
    )
    session.flush()


def _quoted(session: Session, wish: Wish, *, now: datetime) -> tuple[Quote, list[_Sold]]:
    if wish.bundle_id is not None:
        asked = quote_bundle(session, wish.bundle_id)
        offer_ids = session.exec(select(BundleItem.offer_id).where(BundleItem.bundle_id == wish.bundle_id)).all()
    elif wish.offer_id is not None:
        offer_ids = [wish.offer_id]
        asked = quote(session, offer_ids, coupon=wish.coupon, amount=wish.amount, now=now)
    else:
        raise NotFound(_GONE)
    sold = _on_sale(session, offer_ids)
    if len(sold) != len(asked.lines):
        raise Conflict(_GONE)
    if any(each.listing.app_id is None for each in sold):
        raise Conflict("No app is behind this listing: it is a sample, or was deleted. Nothing was charged.")
    return asked, sold


def _on_sale(session: Session, offer_ids: Sequence[UUID]) -> list[_Sold]:
    rows = session.exec(
        select(Offer, Listing, Release.id)
        .join(Listing, col(Listing.id) == Offer.listing_id)
        .join(Release, col(Release.id) == Listing.release_id)
        .where(col(Offer.id).in_(offer_ids), Release.status == ReleaseStatus.READY, is_shown())
        .order_by(col(Offer.id))
    )
    return [_Sold(offer, listing, release_id) for offer, listing, release_id in rows]


def _check_buyer(
    session: Session, buyer: User | None, email: str, asked: Quote, sold: Sequence[_Sold], *, settings: Settings
) -> str:
    """Whether they may buy this. Returns the address of their receipts."""
    if buyer is None:
        if asked.amount == 0:
            raise SignInRequired("Sign in to get this for free: it is installed into your account.")
        if not settings.can_sign_up:
            raise SignInRequired("Sign in to buy this.")
        return _guest(session, email)
    creators = {each.listing.creator_id for each in sold}
    own = select(CreatorProfile.id).where(CreatorProfile.user_id == buyer.id, col(CreatorProfile.id).in_(creators))
    if session.exec(own).first() is not None:
        raise NotAllowed("This is your own app. You have it in your studio.")
    for each in sold:
        if has_one(session, buyer.id, each.listing.id, each.offer.license):
            raise Conflict(f"You have “{each.listing.title}” already. Open it from your library.")
    return buyer.email


def _guest(session: Session, email: str) -> str:
    """Nobody's address was asked to prove itself at signing up, so an account with a password may be another's who
    waits for what is paid here. Raises InvalidInput for one: whoever has the mailbox can take it back by a link."""
    address = clean_email(email)
    known = find_user(session, address)
    if known is not None and known.password_hash is not None:
        raise InvalidInput(
            "There is an account with this email. Sign in to buy with it; if you forgot its password, choose another.",
            field="email",
        )
    return address


def _order(
    purchase: Purchase, sold: Sequence[_Sold], amounts: dict[UUID, int], done_url: str, settings: Settings
) -> Order:
    offers = [each.offer for each in sold]
    interval = offers[0].interval if offers[0].price_model is PriceModel.SUBSCRIPTION else ""
    if interval and len(offers) > 1:
        raise Conflict("Subscriptions can't be bought together. Buy them one after the other.")
    lines = tuple(OrderLine(each.listing.title, amounts[each.offer.id], each.listing.tagline) for each in sold)
    back = f"/apps/{sold[0].listing.slug}"
    return Order(
        reference=str(purchase.id),
        currency=purchase.currency,
        lines=lines,
        success_url=done_url,
        cancel_url=f"{settings.site_url}{back}",
        email=purchase.email,
        interval=cast("Interval", interval),
    )


def _end_earlier_ones(wish: Wish, buyer_id: UUID, *, payments: Payments, queue: JobQueue) -> None:
    """Of the same offer or bundle: a payment page left open in another tab must not be paid as well."""
    earlier = select(Purchase.id, Purchase.session_id).where(
        Purchase.buyer_id == buyer_id, Purchase.status == PurchaseStatus.PENDING, Purchase.session_id != ""
    )
    if wish.bundle_id is not None:
        earlier = earlier.where(Purchase.bundle_id == wish.bundle_id)
    else:
        items = select(PurchaseItem.purchase_id).where(PurchaseItem.offer_id == wish.offer_id)
        earlier = earlier.where(col(Purchase.id).in_(items), col(Purchase.bundle_id).is_(None))
    with transaction() as session:
        found = session.exec(earlier).all()
    for purchase_id, session_id in found:
        with contextlib.suppress(Conflict, NotFound):  # paid or over: what Stripe says of it now is kept below
            payments.expire_session(session_id)
        with transaction() as session:
            status = settle(session, purchase_id, payments=payments, queue=queue)
        if status is PurchaseStatus.PENDING:
            raise Conflict(_UNDER_WAY)
