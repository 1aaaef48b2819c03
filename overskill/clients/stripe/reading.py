"""Stripe's objects, as JSON, read into ours."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from overskill.clients.stripe.facts import (
    StripeAccount,
    StripeBalance,
    StripeCharge,
    StripeDispute,
    StripeEvent,
    StripeIntent,
    StripeInvoice,
    StripePayout,
    StripeRefund,
    StripeReversal,
    StripeSession,
    StripeSubscription,
    StripeTransfer,
)

Facts = Mapping[str, Any]
API_VERSION = "2026-10-28.endive"  # whose objects these are: each request asks for it
REFERENCE = "overskill"  # in the metadata of what we make


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else moment(seconds)


def _id(value: str | Facts | None) -> str:
    """Of something that may be its id, or the thing itself."""
    return str(value["id"]) if isinstance(value, Mapping) else value or ""


def _reference(facts: Facts) -> str:
    return str((facts.get("metadata") or {}).get(REFERENCE, ""))


def _country(of: Facts | None) -> str:
    return str(((of or {}).get("address") or {}).get("country") or "")


def read_session(facts: Facts) -> StripeSession:
    buyer = facts.get("customer_details") or {}
    return StripeSession(
        id=facts["id"],
        url=facts.get("url") or "",
        reference=facts.get("client_reference_id") or "",
        status=facts["status"] or "",
        payment_status=facts["payment_status"],
        currency=facts["currency"] or "",
        subtotal=facts["amount_subtotal"] or 0,
        tax=(facts.get("total_details") or {}).get("amount_tax") or 0,
        total=facts["amount_total"] or 0,
        payment_intent_id=_id(facts.get("payment_intent")),
        subscription_id=_id(facts.get("subscription")),
        invoice_id=_id(facts.get("invoice")),
        customer_id=_id(facts.get("customer")),
        email=buyer.get("email") or facts.get("customer_email") or "",
        country=_country(buyer),
    )


def read_intent(facts: Facts) -> StripeIntent:
    return StripeIntent(
        id=facts["id"],
        status=facts["status"],
        amount=facts["amount"],
        currency=facts["currency"],
        charge_id=_id(facts.get("latest_charge")),
        error=(facts.get("last_payment_error") or {}).get("message") or "",
    )


def read_charge(facts: Facts) -> StripeCharge:
    """Of one whose balance transaction is expanded."""
    moved = facts.get("balance_transaction")
    settled: Facts = moved if isinstance(moved, Mapping) else {}
    return StripeCharge(
        id=facts["id"],
        payment_intent_id=_id(facts.get("payment_intent")),
        customer_id=_id(facts.get("customer")),
        status=facts["status"],
        amount=facts["amount"],
        currency=facts["currency"],
        refunded=facts["amount_refunded"],
        is_disputed=facts["disputed"],
        fee=settled.get("fee"),
        fee_currency=settled.get("currency", ""),
        receipt_number=facts.get("receipt_number") or "",
        receipt_url=facts.get("receipt_url") or "",
        country=_country(facts.get("billing_details")),
    )


def read_invoice(facts: Facts) -> StripeInvoice:
    """Of one whose payments are expanded."""
    parent = ((facts.get("parent") or {}).get("subscription_details")) or {}
    paid = [each["payment"] for each in (facts.get("payments") or {}).get("data", [])]
    lines = facts["lines"]["data"]
    return StripeInvoice(
        id=facts["id"],
        subscription_id=_id(parent.get("subscription")),
        status=facts["status"] or "",
        reason=facts.get("billing_reason") or "",
        currency=facts["currency"],
        subtotal=facts["subtotal"],
        tax=sum(tax["amount"] for tax in facts.get("total_taxes") or []),
        total=facts["total"],
        payment_intent_id=next((_id(each["payment_intent"]) for each in paid if each.get("payment_intent")), ""),
        period_end=moment(max((line["period"]["end"] for line in lines), default=facts["created"])),
        paid_at=_moment((facts.get("status_transitions") or {}).get("paid_at")),
    )


def read_subscription(facts: Facts) -> StripeSubscription:
    items = facts["items"]["data"]
    return StripeSubscription(
        id=facts["id"],
        reference=_reference(facts),
        status=facts["status"],
        customer_id=_id(facts["customer"]),
        period_end=moment(max(item["current_period_end"] for item in items)),
        ends_at_period_end=facts["cancel_at_period_end"],
        ended_at=_moment(facts.get("ended_at")),
    )


def read_account(facts: Facts) -> StripeAccount:
    wanted = facts.get("requirements") or {}
    due = dict.fromkeys([*(wanted.get("past_due") or []), *(wanted.get("currently_due") or [])])
    return StripeAccount(
        id=facts["id"],
        email=facts.get("email") or "",
        country=facts.get("country") or "",
        currency=facts.get("default_currency") or "",
        charges_enabled=facts["charges_enabled"],
        payouts_enabled=facts["payouts_enabled"],
        transfers_enabled=(facts.get("capabilities") or {}).get("transfers") == "active",
        details_submitted=facts["details_submitted"],
        requirements=tuple(due),
        disabled_reason=wanted.get("disabled_reason") or "",
    )


def read_transfer(facts: Facts) -> StripeTransfer:
    return StripeTransfer(
        id=facts["id"],
        account_id=_id(facts["destination"]),
        amount=facts["amount"],
        currency=facts["currency"],
        reversed=facts["amount_reversed"],
        group=facts.get("transfer_group") or "",
        reference=_reference(facts),
    )


def read_reversal(facts: Facts) -> StripeReversal:
    return StripeReversal(facts["id"], _id(facts["transfer"]), facts["amount"], facts["currency"])


def read_refund(facts: Facts) -> StripeRefund:
    return StripeRefund(
        id=facts["id"],
        charge_id=_id(facts.get("charge")),
        payment_intent_id=_id(facts.get("payment_intent")),
        amount=facts["amount"],
        currency=facts["currency"],
        status=facts["status"] or "",
        reference=_reference(facts),
        failure=facts.get("failure_reason") or "",
    )


def read_dispute(facts: Facts) -> StripeDispute:
    moved = facts["balance_transactions"]
    return StripeDispute(
        id=facts["id"],
        charge_id=_id(facts["charge"]),
        payment_intent_id=_id(facts.get("payment_intent")),
        amount=facts["amount"],
        currency=facts["currency"],
        reason=facts["reason"],
        status=facts["status"],
        due_at=_moment((facts.get("evidence_details") or {}).get("due_by")),
        withdrawn=-sum(each["net"] for each in moved),
        fee=sum(each["fee"] for each in moved),
        settled_currency=next((each["currency"] for each in moved), ""),
    )


def read_payout(facts: Facts) -> StripePayout:
    return StripePayout(
        id=facts["id"],
        amount=facts["amount"],
        currency=facts["currency"],
        status=facts["status"],
        arrives_at=_moment(facts.get("arrival_date")),
        failure=facts.get("failure_message") or "",
    )


def read_balance(facts: Facts) -> list[StripeBalance]:
    found: dict[str, list[int]] = {}
    for place, name in enumerate(("available", "pending")):
        for each in facts.get(name) or []:
            found.setdefault(each["currency"], [0, 0])[place] += each["amount"]
    return [StripeBalance(currency, *amounts) for currency, amounts in sorted(found.items())]


def read_event(facts: Facts) -> StripeEvent:
    return StripeEvent(
        id=facts["id"],
        kind=facts["type"],
        created=moment(facts["created"]),
        account_id=facts.get("account") or "",
        object=facts["data"]["object"],
    )
