"""What Stripe tells about money after a sale: refunds, disputes, accounts, transfers and payouts.

Word of it comes late, twice and in any order, so each handler asks Stripe how the thing is now, and what it then does
is done once. A refund or dispute of a payment that was not heard of yet makes the purchase paid first.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from overskill.models import Transfer
from overskill.services.billing import disputes, onboarding, payouts, refunds, transfers
from overskill.services.billing.event_tools import EventTools, Handler
from overskill.services.billing.purchases import keep_session, settle
from overskill.services.billing.splits import find_payment
from overskill.services.billing.subscriptions import keep_subscription


def _of_platform(handler: Handler) -> Handler:
    """What is charged on a connected account is none of our payments."""

    @wraps(handler)
    def handle(session: Session, told: Mapping[str, Any], created: datetime, tools: EventTools) -> None:
        if not tools.account_id:
            handler(session, told, created, tools)

    return handle


@_of_platform
def _charge_refunded(session: Session, told: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    made = tools.payments.refunds(str(told["id"]))
    _settle_first(session, str(told["id"]), str(told.get("payment_intent") or ""), tools)
    for refund in reversed(made):
        refunds.note_refund(session, refund, queue=tools.queue)


@_of_platform
def _refund_updated(session: Session, told: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    refund = tools.payments.find_refund(str(told["id"]))
    _settle_first(session, refund.charge_id, refund.payment_intent_id, tools)
    refunds.note_refund(session, refund, queue=tools.queue)


@_of_platform
def _dispute_updated(session: Session, told: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    dispute = tools.payments.dispute(str(told["id"]))
    _settle_first(session, dispute.charge_id, dispute.payment_intent_id, tools)
    disputes.note_dispute(session, dispute, queue=tools.queue)


def _settle_first(session: Session, charge_id: str, payment_intent_id: str, tools: EventTools) -> None:
    """Whether it is a purchase's, or of a subscription: Stripe's checkouts of these name no payment."""
    if not payment_intent_id or find_payment(session, charge_id) is not None:
        return
    checkout = tools.payments.session_of(payment_intent_id)
    if checkout is None:
        invoice = tools.payments.invoice_of(charge_id)
        if invoice is not None and invoice.subscription_id:
            keep_subscription(session, invoice.subscription_id, tools)
    elif (purchase_id := _id_in(checkout.reference)) is not None:
        keep_session(session, purchase_id, checkout.id)
        settle(session, purchase_id, payments=tools.payments, queue=tools.queue)


def _account_updated(session: Session, told: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    account = tools.payments.account(str(told["id"]))
    onboarding.note_account(session, account, queue=tools.queue)


@_of_platform
def _transfer_changed(session: Session, told: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    group = str(told.get("transfer_group") or "")
    made = tools.payments.transfers(group) if group else ()
    for seen in made:
        if seen.id != told["id"]:
            continue
        transfer_id = _id_in(seen.reference.partition(":")[0])
        known = session.exec(select(Transfer.id).where(Transfer.id == transfer_id)).first() if transfer_id else None
        if known is not None:
            transfers.note_sent(session, known, seen)
            transfers.note_returned_of(session, known, made)


def _payout_changed(session: Session, told: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    for seen in tools.payments.payouts(tools.account_id):
        if seen.id == told["id"]:
            payouts.note_payout(session, seen, account_id=tools.account_id)


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


HANDLERS: Mapping[str, Handler] = {
    "charge.refunded": _charge_refunded,
    "refund.created": _refund_updated,
    "refund.updated": _refund_updated,
    "refund.failed": _refund_updated,
    "charge.refund.updated": _refund_updated,
    "charge.dispute.created": _dispute_updated,
    "charge.dispute.updated": _dispute_updated,
    "charge.dispute.closed": _dispute_updated,
    "charge.dispute.funds_withdrawn": _dispute_updated,
    "charge.dispute.funds_reinstated": _dispute_updated,
    "account.updated": _account_updated,
    "transfer.created": _transfer_changed,
    "transfer.reversed": _transfer_changed,
    "payout.created": _payout_changed,
    "payout.updated": _payout_changed,
    "payout.paid": _payout_changed,
    "payout.failed": _payout_changed,
    "payout.canceled": _payout_changed,
}
