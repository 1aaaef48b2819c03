"""Payments: PaymentIntents, charges, and what they cost."""

from collections.abc import Mapping
from typing import Any

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.shapes import Json
from overskill.clients.stripe.limits import ZERO_DECIMAL

DECLINED = "Your card was declined. Try another one."
_CATEGORIES = {"adjustment": "dispute"}  # a balance transaction's kind, as reports call it


def whole_number(asked: Mapping[str, Any], name: str, *, least: int = 1) -> int:
    text = str(asked.get(name, ""))
    if not text.removeprefix("-").isdigit():
        raise Refused(400, f"Invalid integer: {text}", code="parameter_invalid_integer", param=name)
    if int(text) < least:
        raise Refused(
            400, f"This value must be greater than or equal to {least}.", code="parameter_invalid_integer", param=name
        )
    return int(text)


def required(asked: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - JSON
    if not asked.get(name):
        raise Refused(400, f"Missing required param: {name}.", code="parameter_missing", param=name)
    return asked[name]


def say(amount: int, currency: str) -> str:
    return f"{amount} {currency}" if currency in ZERO_DECIMAL else f"{amount / 100:.2f} {currency}"


def processing_fee(amount: int, currency: str) -> int:
    return (amount * 29 + 500) // 1000 + (0 if currency in ZERO_DECIMAL else 30)


def intend(book: Book, amount: int, currency: str, facts: Mapping[str, Any]) -> Json:
    return book.make(
        "payment_intent",
        {
            "amount": amount,
            "amount_received": 0,
            "currency": currency,
            "status": "requires_payment_method",
            "latest_charge": None,
            "last_payment_error": None,
            "metadata": facts.get("metadata") or {},
            "transfer_group": facts.get("transfer_group"),
            "customer": facts.get("customer"),
        },
    )


def succeed(book: Book, intent: Json, *, country: str) -> Json:
    """The charge."""
    amount, currency = intent["amount"], intent["currency"]
    fee = processing_fee(amount, currency)
    charge = book.make(
        "charge",
        {
            "amount": amount,
            "amount_captured": amount,
            "amount_refunded": 0,
            "billing_details": {"address": {"country": country or None}},
            "captured": True,
            "currency": currency,
            "customer": intent["customer"],
            "disputed": False,
            "metadata": intent["metadata"],
            "paid": True,
            "payment_intent": intent["id"],
            "receipt_number": None,
            "receipt_url": None,
            "refunded": False,
            "status": "succeeded",
            "transfer_group": intent["transfer_group"],
        },
    )
    moved = record(book, "charge", charge["id"], amount, currency, fee=fee)
    charge["balance_transaction"] = moved["id"]
    book.put(charge)
    intent.update(status="succeeded", latest_charge=charge["id"], amount_received=amount, last_payment_error=None)
    book.put(intent)
    book.tell("charge.succeeded", charge)
    book.tell("payment_intent.succeeded", intent)
    book.tell("charge.updated", charge)
    return charge


def fail(book: Book, intent: Json, message: str) -> None:
    error = {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline", "message": message}
    intent.update(status="requires_payment_method", last_payment_error=error)
    book.put(intent)
    book.tell("payment_intent.payment_failed", intent)


def record(book: Book, kind: str, source: str, amount: int, currency: str, *, fee: int = 0) -> Json:
    """A movement of the platform's balance."""
    book.move("", currency, amount - fee)
    return book.make(
        "balance_transaction",
        {
            "amount": amount,
            "available_on": book.seconds,
            "currency": currency,
            "fee": fee,
            "fee_details": [_fee_detail(fee, currency)] if fee else [],
            "net": amount - fee,
            "reporting_category": _CATEGORIES.get(kind, kind),
            "source": source,
            "status": "available",
            "type": kind,
        },
    )


def _fee_detail(fee: int, currency: str) -> Json:
    facts = {"amount": fee, "application": None, "currency": currency}
    return {**facts, "description": "Stripe processing fees", "type": "stripe_fee"}


def get_intent(book: Book, _: Json, key: str) -> Json:
    return book.get("payment_intent", key, param="intent")


def get_charge(book: Book, asked: Json, key: str) -> Json:
    found = dict(book.get("charge", key, param="charge"))
    if "balance_transaction" in asked.get("expand", ()) and found["balance_transaction"]:
        found["balance_transaction"] = book.get("balance_transaction", found["balance_transaction"])
    return found
