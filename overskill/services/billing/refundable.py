"""What of a purchase can still be given back: each of its payments on its own, and never more than was paid."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, select

from overskill.errors import Conflict, InvalidInput
from overskill.models import Purchase, PurchaseStatus, Refund, RefundStatus, utc_now
from overskill.services.billing.money import say
from overskill.services.billing.splits import FIRST, find_invoice, find_source, invoices_of, refund_window

REFUSALS = {
    PurchaseStatus.PENDING: "This was not paid yet, so there is nothing to give back.",
    PurchaseStatus.EXPIRED: "This was never paid, so there is nothing to give back.",
    PurchaseStatus.FAILED: "This was never paid, so there is nothing to give back.",
    PurchaseStatus.DISPUTED: "The buyer's bank has the payment until it has decided. Nothing more can be given back.",
    PurchaseStatus.LOST: "The buyer's bank gave the payment back already.",
}


def is_in_window(purchase: Purchase, now: datetime | None = None) -> bool:
    return purchase.refund_until is not None and (now or utc_now()) <= purchase.refund_until


def is_paid_in_window(session: Session, purchase: Purchase, source: str) -> bool:
    """Each payment of a subscription has a window of its own; `refund_until` is that of the newest."""
    newest = next((invoice.external_id for invoice in invoices_of(session, purchase)), FIRST)
    if source == newest:
        return is_in_window(purchase)
    payment = find_source(session, purchase, source)
    return utc_now() <= payment.paid_at + refund_window(session, payment)


def left_of(session: Session, purchase: Purchase, source: str = FIRST) -> int:
    """What can still be given back of a payment: what was paid, less what was given back or is about to be."""
    paid, given = _figures(session, purchase, source)
    return paid - given - _on_its_way(session, purchase, source)


def newest_left(session: Session, purchase: Purchase) -> str:
    """The newest payment of which something is left; where nothing is, the newest."""
    sources = [*(invoice.external_id for invoice in invoices_of(session, purchase)), FIRST]
    return next((source for source in sources if left_of(session, purchase, source) > 0), sources[0])


def checked_amount(session: Session, purchase: Purchase, amount: int | None, source: str = FIRST) -> int:
    """Raises Conflict where nothing can be given back, and InvalidInput, with what can, for too much."""
    if purchase.status in REFUSALS:
        raise Conflict(REFUSALS[purchase.status])
    paid, given = _figures(session, purchase, source)
    if paid == 0:
        raise Conflict("This was free, so there is nothing to give back.")
    if given >= paid:
        raise Conflict("All of it was given back already.")
    left = paid - given - _on_its_way(session, purchase, source)
    if left <= 0:
        raise Conflict("All of it is on its way back already.")
    wanted = left if amount is None else amount
    if wanted <= 0:
        raise InvalidInput("Enter an amount above 0.", field="amount")
    if wanted > left:
        most = f"At most {say(left, purchase.currency)} can be given back"
        raise InvalidInput(
            f"{most}: that is what was paid."
            if left == paid
            else f"{most}: {say(paid, purchase.currency)} was paid, and the rest was given back already.",
            field="amount",
        )
    return wanted


def _figures(session: Session, purchase: Purchase, source: str) -> tuple[int, int]:
    """What was paid, and what of it was given back."""
    if source == FIRST:
        return purchase.total_amount, purchase.refunded_amount
    invoice = find_invoice(session, purchase, source)
    return invoice.amount + invoice.tax_amount, invoice.refunded_amount


def _on_its_way(session: Session, purchase: Purchase, source: str) -> int:
    waiting = session.exec(
        select(sa.func.coalesce(sa.func.sum(Refund.amount), 0)).where(
            Refund.purchase_id == purchase.id,
            Refund.source == source,
            Refund.status == RefundStatus.PENDING,
            Refund.external_id == "",
        )
    ).one()
    return int(waiting)
