"""Payments and refunds: PaymentIntents, charges, what they cost, and money given back."""

from collections.abc import Mapping
from typing import Any

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.shapes import Json
from overskill.clients.stripe.limits import ZERO_DECIMAL

DECLINED = "Your card was declined. Try another one."
_DECIDED_AFTER = 86400
_DISPUTE_FEE = 1500
_CATEGORIES = {"adjustment": "dispute"}  # a balance transaction's kind, as reports call it
_REFUND_REASONS = ("duplicate", "fraudulent", "requested_by_customer")


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


def create_refund(book: Book, asked: Json) -> Json:
    charge = _charge_of(book, asked)
    left = charge["amount"] - charge["amount_refunded"]
    currency = charge["currency"]
    if charge["disputed"]:
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise Refused(400, message, code="charge_disputed", param="charge")
    if left == 0:
        raise Refused(
            400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded", param="charge"
        )
    amount = whole_number(asked, "amount") if "amount" in asked else left
    if amount > left:
        message = (
            f"Refund amount ({say(amount, currency)}) is greater than unrefunded amount on charge "
            f"({say(left, currency)})"
        )
        raise Refused(400, message, param="amount")
    if asked.get("reason") not in (None, *_REFUND_REASONS):
        raise Refused(400, f"Invalid reason: must be one of {', '.join(_REFUND_REASONS)}", param="reason")
    refund = book.make(
        "refund",
        {
            "amount": amount,
            "charge": charge["id"],
            "currency": currency,
            "metadata": asked.get("metadata") or {},
            "payment_intent": charge["payment_intent"],
            "reason": asked.get("reason"),
            "status": "succeeded",
        },
    )
    refund["balance_transaction"] = record(book, "refund", refund["id"], -amount, currency)["id"]
    book.put(refund)
    book.add(f"refunds/{charge['id']}", refund["id"])
    charge.update(amount_refunded=charge["amount_refunded"] + amount, refunded=amount == left)
    book.put(charge)
    book.tell("refund.created", refund)
    book.tell("charge.refunded", charge)
    return refund


def _charge_of(book: Book, asked: Json) -> Json:
    if asked.get("payment_intent"):
        intent = book.get("payment_intent", asked["payment_intent"], param="payment_intent")
        if not intent["latest_charge"]:
            raise Refused(
                400, f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.", param="charge"
            )
        return book.get("charge", intent["latest_charge"])
    return book.get("charge", required(asked, "charge"), param="charge")


def fail_refund(book: Book, refund_id: str) -> Json:
    """The bank did not take it: the money is ours again."""
    refund = book.get("refund", refund_id)
    charge = book.get("charge", refund["charge"])
    record(book, "refund_failure", refund["id"], refund["amount"], refund["currency"])
    refund.update(status="failed", failure_reason="expired_or_canceled_card")
    charge.update(amount_refunded=charge["amount_refunded"] - refund["amount"], refunded=False)
    book.put(refund)
    book.put(charge)
    book.tell("refund.updated", refund)
    book.tell("refund.failed", refund)
    return refund


def get_refund(book: Book, _: Json, key: str) -> Json:
    return book.get("refund", key)


def list_refunds(book: Book, asked: Json) -> list[Json]:
    return [book.get("refund", each) for each in book.ids(f"refunds/{required(asked, 'charge')}")]


# Disputes


def open_dispute(book: Book, charge_id: str, reason: str) -> Json:
    charge = book.get("charge", charge_id)
    amount = charge["amount"] - charge["amount_refunded"]
    dispute = book.make(
        "dispute",
        {
            "amount": amount,
            "balance_transactions": [],
            "charge": charge_id,
            "currency": charge["currency"],
            "evidence": {"enhanced_evidence": {}},
            "evidence_details": {
                "due_by": book.seconds + 7 * 86400,
                "enhanced_eligibility": {},
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
                "submission_method": "not_submitted",
            },
            "metadata": {},
            "payment_intent": charge["payment_intent"],
            "reason": reason,
            "status": "needs_response",
        },
    )
    moved = record(book, "adjustment", dispute["id"], -amount, charge["currency"], fee=_DISPUTE_FEE)
    dispute["balance_transactions"] = [moved]
    book.add("open disputes", dispute["id"])
    charge["disputed"] = True
    book.put(dispute)
    book.put(charge)
    book.tell("charge.dispute.created", dispute)
    book.tell("charge.dispute.funds_withdrawn", dispute)
    return dispute


def get_dispute(book: Book, _: Json, key: str) -> Json:
    return book.get("dispute", key, param="dispute")


def answer_dispute(book: Book, asked: Json, key: str) -> Json:
    """Words that decide it at once are those of Stripe's own test mode: `winning_evidence` and `losing_evidence`."""
    dispute = book.get("dispute", key, param="dispute")
    if dispute["status"] != "needs_response":
        raise Refused(400, "This dispute is already closed", code="dispute_already_closed")
    dispute["evidence"] = {**dispute["evidence"], **(asked.get("evidence") or {})}
    details = dispute["evidence_details"]
    details["has_evidence"] = True
    if asked.get("submit", "true") == "true":
        details.update(submission_count=details["submission_count"] + 1, submission_method="manual")
        dispute["status"] = "under_review"
        book.set(f"answered/{key}", book.seconds)
    book.put(dispute)
    book.tell("charge.dispute.updated", dispute)
    said = str(dispute["evidence"].get("uncategorized_text", ""))
    decided = next((words for words in ("winning_evidence", "losing_evidence") if words in said), "")
    if dispute["status"] == "under_review" and decided:
        return decide_dispute(book, key, is_won=decided == "winning_evidence")
    return dispute


def decide_disputes(book: Book) -> None:
    """A bank takes a day here, and believes who answered; who did not, loses."""
    for key in book.ids("open disputes"):
        dispute = book.get("dispute", key)
        if dispute["status"] == "under_review":
            if book.seconds - book.value(f"answered/{key}", 0) >= _DECIDED_AFTER:
                decide_dispute(book, key, is_won=True)
        elif dispute["evidence_details"]["due_by"] <= book.seconds:
            decide_dispute(book, key, is_won=False)


def decide_dispute(book: Book, key: str, *, is_won: bool) -> Json:
    dispute = book.get("dispute", key)
    dispute["status"] = "won" if is_won else "lost"
    book.drop("open disputes", key)
    if is_won:
        back = record(book, "adjustment", key, dispute["amount"], dispute["currency"], fee=-_DISPUTE_FEE)
        dispute["balance_transactions"] = [*dispute["balance_transactions"], back]
        charge = book.get("charge", dispute["charge"])
        charge["disputed"] = False
        book.put(charge)
    book.put(dispute)
    if is_won:
        book.tell("charge.dispute.funds_reinstated", dispute)
    book.tell("charge.dispute.closed", dispute)
    return dispute
