"""Subscriptions after their first payment: later ones, late ones, and the end.

What was given back, or taken back by a bank, is not paid again: the subscription is ended, and a payment that was under
way meanwhile goes back.
"""

import logging
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments, StripeInvoice, StripeSubscription
from overskill.db import run
from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import Purchase, PurchaseStatus, SubscriptionInvoice, utc_now
from overskill.services.billing import ledger, refunds, standing
from overskill.services.billing.event_tools import EventTools
from overskill.services.billing.purchases import licenses_of, settle
from overskill.services.billing.renewals import note_wish
from overskill.services.billing.splits import lock_purchase
from overskill.services.market import licenses
from overskill.services.market.rights import take_off_sale

_FIRST = "subscription_create"
_LATE = ("past_due", "unpaid")
_OVER = ("canceled", "incomplete_expired")

log = logging.getLogger(__name__)


def keep_subscription(session: Session, subscription_id: str, tools: EventTools) -> Purchase | None:
    """Make of it what Stripe says of it now: its payments are booked, and its licences last as long as they do.

    Returns its purchase; None: it is none of ours.
    """
    now = tools.payments.subscription(subscription_id)
    purchase_id = _find_purchase(session, now)
    if purchase_id is None:
        return None
    invoices = tools.payments.invoices(subscription_id)
    charges = {each.id: _charge_of(tools.payments, each) for each in _later_paid(session, invoices)}
    status = settle(session, purchase_id, payments=tools.payments, queue=tools.queue)
    purchase = lock_purchase(session, purchase_id)
    note_wish(purchase, now)
    if status in (PurchaseStatus.PENDING, PurchaseStatus.EXPIRED, PurchaseStatus.FAILED):
        return purchase
    for invoice in reversed(invoices):
        if invoice.id in charges:
            _keep_payment(session, purchase, invoice, charges[invoice.id], tools)
    if now.status not in _OVER and standing.is_over(session, purchase):
        standing.end_subscription_of(session, purchase, tools.queue)
    _keep_licenses(session, purchase, now, invoices, queue=tools.queue)
    return purchase


def _find_purchase(session: Session, subscription: StripeSubscription) -> UUID | None:
    try:
        purchase = session.get(Purchase, UUID(subscription.reference))
    except ValueError:
        return None
    return purchase.id if purchase else None


def _later_paid(session: Session, invoices: Sequence[StripeInvoice]) -> list[StripeInvoice]:
    """Those that are not kept yet. What was paid otherwise than through Stripe has no payment there."""
    paid = [each for each in invoices if each.status == "paid" and each.reason != _FIRST and each.total > 0]
    paid = [each for each in paid if each.payment_intent_id]
    known = select(SubscriptionInvoice.external_id).where(
        col(SubscriptionInvoice.external_id).in_([each.id for each in paid])
    )
    kept = set(session.exec(known))
    return [each for each in paid if each.id not in kept]


def _charge_of(payments: Payments, invoice: StripeInvoice) -> str:
    return payments.intent(invoice.payment_intent_id).charge_id


def _keep_payment(
    session: Session, purchase: Purchase, invoice: StripeInvoice, charge_id: str, tools: EventTools
) -> None:
    """With the purchase locked, so that it is kept once."""
    known = select(SubscriptionInvoice.id).where(SubscriptionInvoice.external_id == invoice.id)
    if session.exec(known).first() is not None:
        return
    row = SubscriptionInvoice(
        purchase_id=purchase.id,
        external_id=invoice.id,
        charge_id=charge_id,
        amount=invoice.subtotal,
        tax_amount=invoice.tax,
        currency=invoice.currency,
        period_end=invoice.period_end,
        paid_at=invoice.paid_at or utc_now(),
    )
    session.add(row)
    session.flush()
    ledger.book_later_sale(session, purchase, row)
    if standing.is_over(session, purchase):
        refunds.give_back_late(session, purchase, invoice.id, queue=tools.queue)


def _keep_licenses(
    session: Session, purchase: Purchase, now: StripeSubscription, invoices: Sequence[StripeInvoice], *, queue: JobQueue
) -> None:
    paid_until = max((each.period_end for each in invoices if each.status == "paid"), default=None)
    for license_ in licenses_of(session, purchase.id):
        if now.status in _OVER:
            licenses.end(session, license_, now.ended_at)
            take_off_sale(session, [license_], queue=queue)
        elif now.status in _LATE:
            licenses.note_late_payment(session, license_)
        elif paid_until is not None and (license_.expires_at is None or paid_until > license_.expires_at):
            licenses.extend(session, license_, paid_until)


def end_what_was_given_back(purchase_id: UUID, *, payments: Payments) -> None:
    """Tell Stripe. It may run any number of times; a job that was lost is made up for when it is paid again."""
    subscription_id = run(_to_be_ended, purchase_id)
    if not subscription_id:
        return
    try:
        payments.end_subscription(subscription_id, at_once=True, key=f"end-{purchase_id}")
    except (Conflict, InvalidInput, NotFound) as refused:
        log.info("A refunded subscription was over already: %s", refused.message)


def _to_be_ended(session: Session, purchase_id: UUID) -> str:
    purchase = session.get_one(Purchase, purchase_id)
    return purchase.subscription_id if standing.is_over(session, purchase) else ""
