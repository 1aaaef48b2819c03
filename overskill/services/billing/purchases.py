"""What becomes of a purchase: paid exactly once, refused, or never paid. Stripe's present state decides, whoever asks.

`settle` is called by whatever may have news: each of Stripe's events, the page a buyer comes back to, the sweep. They
all look at Stripe first, then lock the row, and only a purchase that is not paid yet becomes so.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Self
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments, StripeCharge, StripeSession
from overskill.db import after_commit
from overskill.errors import Conflict, NotFound
from overskill.models import License, Listing, Purchase, PurchaseItem, PurchaseStatus, User, utc_now
from overskill.services.accounts.users import clean_email, create_user, find_user, forget_password
from overskill.services.billing import ledger
from overskill.services.billing.refunds import give_back
from overskill.services.market import licenses
from overskill.services.market.coupons import count_use
from overskill.services.market.installs import request_installs

RECEIPT_JOB = "overskill.jobs.payments.send_receipt"
HAD_ALREADY = "You have this already: it is in your library."
_UNPAID = (PurchaseStatus.PENDING, PurchaseStatus.EXPIRED, PurchaseStatus.FAILED)
_DIFFERENT = "Stripe was paid {paid}, where {asked} was asked for. Nothing was installed; an admin has to look at it."
_REFUSED = "The payment was refused. Nothing was taken; try again with another card or account."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Paid:
    """How a purchase was paid."""

    subtotal: int
    tax: int
    total: int
    currency: str
    email: str = ""
    country: str = ""
    payment_intent_id: str = ""
    charge_id: str = ""
    customer_id: str = ""
    subscription_id: str = ""
    paid_until: datetime | None = None  # of a subscription
    fee: int | None = None  # Stripe's, in the same currency
    receipt_url: str = ""

    @classmethod
    def nothing(cls, currency: str) -> Self:
        return cls(subtotal=0, tax=0, total=0, currency=currency)


def purchase_topic(purchase_id: UUID) -> str:
    """Rings when something about it changed."""
    return f"purchase:{purchase_id}"


def keep_session(session: Session, purchase_id: UUID, session_id: str) -> None:
    """Told before we had written down what we had been answered."""
    purchase = session.get(Purchase, purchase_id)
    if purchase is not None and not purchase.session_id:
        purchase.session_id = session_id
        session.add(purchase)
        session.flush()


def settle(session: Session, purchase_id: UUID, *, payments: Payments, queue: JobQueue) -> PurchaseStatus:
    """Make of a purchase what Stripe says of its payment now. Raises Unavailable where Stripe says nothing."""
    purchase = session.get(Purchase, purchase_id)
    if purchase is None:
        raise NotFound("There is no such purchase.")
    if purchase.status not in _UNPAID or not purchase.session_id:
        return purchase.status
    seen = payments.session(purchase.session_id)
    if seen.reference != str(purchase_id):
        raise Conflict("This payment at Stripe is of another purchase.")
    if seen.is_paid:
        mark_paid(session, purchase_id, _how_paid(seen, payments), queue=queue)
    elif seen.status == "expired":
        _mark_unpaid(session, purchase_id, PurchaseStatus.EXPIRED, "")
    elif seen.status == "complete":
        intent = payments.intent(seen.payment_intent_id)
        if intent.status in ("requires_payment_method", "canceled"):
            _mark_unpaid(session, purchase_id, PurchaseStatus.FAILED, intent.error or _REFUSED)
    return purchase.status


def _how_paid(seen: StripeSession, payments: Payments) -> Paid:
    intent_id, until = seen.payment_intent_id, None
    if seen.subscription_id:
        first = payments.invoices(seen.subscription_id)[-1]
        intent_id, until = first.payment_intent_id, first.period_end
    charge: StripeCharge | None = None
    if intent_id and (charge_id := payments.intent(intent_id).charge_id):
        charge = payments.charge(charge_id)
    return Paid(
        subtotal=seen.subtotal,
        tax=seen.tax,
        total=seen.total,
        currency=seen.currency,
        email=seen.email,
        country=seen.country or (charge.country if charge else ""),
        payment_intent_id=intent_id,
        charge_id=charge.id if charge else "",
        customer_id=seen.customer_id,
        subscription_id=seen.subscription_id,
        paid_until=until,
        fee=charge.fee if charge and charge.fee_currency == seen.currency else None,
        receipt_url=charge.receipt_url if charge else "",
    )


def mark_paid(session: Session, purchase_id: UUID, paid: Paid, *, queue: JobQueue) -> bool:
    """Exactly once: book it, issue what was bought, write to the buyer. Returns whether it was done now.

    A payment of another amount than was asked for is kept as an error, and nothing is handed over.
    """
    purchase = session.get_one(Purchase, purchase_id, with_for_update=True, populate_existing=True)
    if purchase.status not in _UNPAID:
        return False
    if (paid.subtotal, paid.currency) != (purchase.amount, purchase.currency):
        purchase.error = _DIFFERENT.format(
            paid=f"{paid.subtotal} {paid.currency}", asked=f"{purchase.amount} {purchase.currency}"
        )
        session.add(purchase)
        session.flush()
        log.error("purchase %s: %s", purchase.id, purchase.error)
        return False
    _keep(purchase, paid)
    buyer = _buyer(session, purchase)
    purchase.buyer_id, purchase.email = buyer.id, purchase.email or buyer.email
    session.add(purchase)
    session.flush()
    ledger.book_sale(session, purchase)
    if _has_all(session, purchase, buyer):
        _undo(session, purchase, queue)
        return True
    if purchase.coupon_id is not None:
        count_use(session, purchase.coupon_id)
    request_installs(session, purchase, queue)
    _count_sales(session, purchase_id)
    if paid.paid_until is not None:
        for license_ in licenses_of(session, purchase.id):
            licenses.extend(session, license_, paid.paid_until)
    after_commit(session, partial(queue.enqueue, RECEIPT_JOB, str(purchase.id), queue="default"))
    return True


def _has_all(session: Session, purchase: Purchase, buyer: User) -> bool:
    """A guest bought what their account has, or somebody paid in two tabs. Of two at once, the second waits here."""
    session.get_one(User, buyer.id, with_for_update={"key_share": True})
    items = session.exec(select(PurchaseItem).where(PurchaseItem.purchase_id == purchase.id)).all()
    return bool(items) and all(licenses.has_one(session, buyer.id, item.listing_id, item.license) for item in items)


def _undo(session: Session, purchase: Purchase, queue: JobQueue) -> None:
    """Nothing is handed over twice: the money goes back, and the mail about that says why."""
    if purchase.total_amount == 0:
        raise Conflict(HAD_ALREADY)
    purchase.error = HAD_ALREADY
    session.add(purchase)
    session.flush()
    give_back(session, purchase, reason=HAD_ALREADY, is_automatic=True, queue=queue)


def _count_sales(session: Session, purchase_id: UUID) -> None:
    """At once, for the creator's desk; trending.py counts all of them again each hour."""
    sold = select(PurchaseItem.listing_id).where(PurchaseItem.purchase_id == purchase_id)
    counted = update(Listing).where(col(Listing.id).in_(sold)).values(sale_count=col(Listing.sale_count) + 1)
    session.execute(counted.execution_options(synchronize_session=False))


def _keep(purchase: Purchase, paid: Paid) -> None:
    purchase.status, purchase.error, purchase.paid_at = PurchaseStatus.PAID, "", utc_now()
    purchase.tax_amount, purchase.total_amount = paid.tax, paid.total
    purchase.email, purchase.country = purchase.email or paid.email.lower(), paid.country[:2]
    purchase.payment_intent_id, purchase.charge_id = paid.payment_intent_id, paid.charge_id
    purchase.customer_id, purchase.subscription_id = paid.customer_id, paid.subscription_id
    purchase.processor_fee, purchase.receipt_url = paid.fee, paid.receipt_url[:500]
    purchase.receipt_number = f"{purchase.paid_at:%Y%m%d}-{purchase.id.hex[:8].upper()}"


def licenses_of(session: Session, purchase_id: UUID) -> list[License]:
    """By id, so that whoever locks them does so in one order."""
    items = select(PurchaseItem.id).where(PurchaseItem.purchase_id == purchase_id)
    return list(session.exec(select(License).where(col(License.item_id).in_(items)).order_by(col(License.id))))


def _buyer(session: Session, purchase: Purchase) -> User:
    """Who bought it. A guest's account is found by their email, or made: it has no password until they set one by a
    link that is sent to that address, so nobody gets into an account by paying with somebody else's email. And nobody
    gets what a guest paid for by signing up with their email meanwhile: only its mailbox opens that account."""
    if purchase.buyer_id is not None and (known := session.get(User, purchase.buyer_id)) is not None:
        return known
    email = clean_email(purchase.email)
    found = find_user(session, email)
    if found is None:
        try:
            return create_user(session, name="", email=email)
        except Conflict:  # somebody signed up with it just now
            found = session.exec(select(User).where(User.email == email)).one()
    if found.password_hash is not None and found.created_at >= purchase.created_at:
        forget_password(session, found)
    return found


def _mark_unpaid(session: Session, purchase_id: UUID, status: PurchaseStatus, why: str) -> None:
    purchase = session.get_one(Purchase, purchase_id, with_for_update=True, populate_existing=True)
    if purchase.status is PurchaseStatus.PENDING:
        purchase.status, purchase.error = status, why[:500]
        session.add(purchase)
        session.flush()


def note_refusal(session: Session, purchase_id: UUID, why: str) -> None:
    """A card was refused; the buyer is still on the payment page and may try another one."""
    purchase = session.get(Purchase, purchase_id, with_for_update=True, populate_existing=True)
    if purchase is not None and purchase.status is PurchaseStatus.PENDING:
        purchase.error = why[:500]
        session.add(purchase)
        session.flush()
