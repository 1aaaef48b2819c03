"""What Stripe's events about checkouts, subscriptions and fees lead to: we look at Stripe, and keep what it says."""

from collections.abc import Mapping
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.clients.stripe.reading import REFERENCE
from overskill.models import Purchase
from overskill.services.billing import ledger
from overskill.services.billing.event_tools import EventTools, Handler
from overskill.services.billing.purchases import keep_session, note_refusal, purchase_topic, settle
from overskill.services.billing.splits import FIRST, find_payment
from overskill.services.billing.subscriptions import keep_subscription


def on_checkout(session: Session, thing: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    purchase_id = _purchase_id(thing.get("client_reference_id"))
    purchase = session.get(Purchase, purchase_id) if purchase_id else None
    if purchase is None:
        return
    keep_session(session, purchase.id, str(thing["id"]))
    settle(session, purchase.id, payments=tools.payments, queue=tools.queue)
    _ring(tools, purchase.id)


def on_refusal(session: Session, thing: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    purchase_id = _purchase_id((thing.get("metadata") or {}).get(REFERENCE))
    if purchase_id is None:
        return
    intent = tools.payments.intent(str(thing["id"]))
    if intent.status == "requires_payment_method" and intent.error:
        note_refusal(session, purchase_id, intent.error)
        settle(session, purchase_id, payments=tools.payments, queue=tools.queue)
        _ring(tools, purchase_id)


def on_invoice(session: Session, thing: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    """Of a subscription; Stripe also makes one of each single payment."""
    parent = (thing.get("parent") or {}).get("subscription_details") or {}
    subscription_id = parent.get("subscription") or thing.get("subscription")
    if subscription_id:
        _keep_subscription(session, str(subscription_id), tools)


def on_subscription(session: Session, thing: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    _keep_subscription(session, str(thing["id"]), tools)


def on_charge(session: Session, thing: Mapping[str, Any], _: datetime, tools: EventTools) -> None:
    """What Stripe kept of a payment is known a while after it."""
    charge = tools.payments.charge(str(thing["id"]))
    if charge.fee is None or (payment := find_payment(session, charge.id)) is None:
        return
    purchase = payment.purchase
    if payment.source == FIRST and charge.fee_currency == purchase.currency and purchase.processor_fee is None:
        purchase.processor_fee = charge.fee
        session.add(purchase)
    ledger.book_processor_fee(session, payment, charge.fee, charge.fee_currency)


def _keep_subscription(session: Session, subscription_id: str, tools: EventTools) -> None:
    purchase = keep_subscription(session, subscription_id, tools)
    if purchase is not None:
        _ring(tools, purchase.id)


def _purchase_id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None  # made by somebody else with the same account at Stripe


def _ring(tools: EventTools, purchase_id: UUID) -> None:
    if tools.log is not None:
        tools.log.ring(purchase_topic(purchase_id))


def _of_platform(handler: Handler) -> Handler:
    """What happens on a connected account is none of our payments, whatever it refers to."""

    @wraps(handler)
    def handle(session: Session, thing: Mapping[str, Any], created: datetime, tools: EventTools) -> None:
        if not tools.account_id:
            handler(session, thing, created, tools)

    return handle


HANDLERS: Mapping[str, Handler] = {
    kind: _of_platform(handler)
    for kind, handler in {
        "checkout.session.completed": on_checkout,
        "checkout.session.async_payment_succeeded": on_checkout,
        "checkout.session.async_payment_failed": on_checkout,
        "checkout.session.expired": on_checkout,
        "payment_intent.payment_failed": on_refusal,
        "invoice.paid": on_invoice,
        "invoice.payment_failed": on_invoice,
        "customer.subscription.created": on_subscription,
        "customer.subscription.updated": on_subscription,
        "customer.subscription.deleted": on_subscription,
        "charge.succeeded": on_charge,
        "charge.updated": on_charge,
    }.items()
}
