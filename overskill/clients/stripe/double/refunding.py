"""Refunds: asked for, on their way, and what the buyer's bank makes of them."""

from collections.abc import Mapping
from typing import Literal

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.charging import record, required, say, whole_number
from overskill.clients.stripe.double.shapes import Json

End = Literal["succeeded", "failed", "canceled"]
_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
_ARRIVES_AFTER = 86400
_GOES_ON: Mapping[str, tuple[End, ...]] = {  # as it is -> what may become of it
    "pending": ("succeeded", "failed", "canceled"),
    "succeeded": ("failed",),
}
_DISPUTED = "charge_for_pending_refund_disputed"
_WHY: Mapping[End, str] = {"failed": "expired_or_canceled_card", "canceled": "merchant_request"}


def create(book: Book, asked: Json) -> Json:
    """Of a card it is done at once; what a bank debited goes back by that bank, which takes a day."""
    charge = _charge_of(book, asked)
    amount = _checked(charge, asked)
    is_by_bank = book.value(f"by bank/{charge['id']}", default=False)
    refund = book.make(
        "refund",
        {
            "amount": amount,
            "charge": charge["id"],
            "currency": charge["currency"],
            "metadata": asked.get("metadata") or {},
            "payment_intent": charge["payment_intent"],
            "reason": asked.get("reason"),
            "status": "pending" if is_by_bank else "succeeded",
            **({"pending_reason": "processing"} if is_by_bank else {}),
        },
    )
    refund["balance_transaction"] = record(book, "refund", refund["id"], -amount, charge["currency"])["id"]
    book.put(refund)
    book.add(f"refunds/{charge['id']}", refund["id"])
    if is_by_bank:
        book.add("refunds under way", refund["id"])
    given = charge["amount_refunded"] + amount
    charge.update(amount_refunded=given, refunded=given == charge["amount"])
    book.put(charge)
    book.tell("refund.created", refund)
    book.tell("charge.refunded", charge)
    return refund


def _checked(charge: Json, asked: Json) -> int:
    """The amount. Raises Refused."""
    left, currency = charge["amount"] - charge["amount_refunded"], charge["currency"]
    if charge["disputed"]:
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise Refused(400, message, code="charge_disputed", param="charge")
    if left == 0:
        message = f"Charge {charge['id']} has already been refunded."
        raise Refused(400, message, code="charge_already_refunded", param="charge")
    amount = whole_number(asked, "amount") if "amount" in asked else int(left)
    if amount > left:
        message = (
            f"Refund amount ({say(amount, currency)}) is greater than unrefunded amount on charge "
            f"({say(left, currency)})"
        )
        raise Refused(400, message, param="amount")
    if asked.get("reason") not in (None, *_REASONS):
        raise Refused(400, f"Invalid reason: must be one of {', '.join(_REASONS)}", param="reason")
    return amount


def _charge_of(book: Book, asked: Json) -> Json:
    if asked.get("payment_intent"):
        intent = book.get("payment_intent", asked["payment_intent"], param="payment_intent")
        if not intent["latest_charge"]:
            raise Refused(
                400, f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.", param="charge"
            )
        return book.get("charge", intent["latest_charge"])
    return book.get("charge", required(asked, "charge"), param="charge")


def end(book: Book, key: str, status: End, *, why: str = "") -> Json:
    """It succeeds, fails or is cancelled. What does not arrive is ours again, whether it was on its way or had seemed
    to have arrived. Raises Refused where this can't become of it any more."""
    refund = book.get("refund", key)
    if status not in _GOES_ON.get(refund["status"], ()):
        raise Refused(400, f"A refund that is {refund['status']} can't become {status}.")
    refund["status"] = status
    refund.pop("pending_reason", None)
    book.drop("refunds under way", key)
    if status != "succeeded":
        back = record(book, "refund_failure", key, refund["amount"], refund["currency"])
        refund.update(failure_balance_transaction=back["id"], failure_reason=why or _WHY[status])
        charge = book.get("charge", refund["charge"])
        charge.update(amount_refunded=charge["amount_refunded"] - refund["amount"], refunded=False)
        book.put(charge)
    book.put(refund)
    for kind in ("charge.refund.updated", "refund.updated", *(["refund.failed"] if status == "failed" else [])):
        book.tell(kind, refund)
    return refund


def fail_pending(book: Book, charge_id: str) -> None:
    """A bank that disputes a payment takes no refund of it."""
    for key in book.ids(f"refunds/{charge_id}"):
        if book.get("refund", key)["status"] == "pending":
            end(book, key, "failed", why=_DISPUTED)


def get(book: Book, _: Json, key: str) -> Json:
    return book.get("refund", key)


def list_all(book: Book, asked: Json) -> list[Json]:
    return [book.get("refund", each) for each in book.ids(f"refunds/{required(asked, 'charge')}")]


def pass_time(book: Book) -> None:
    """Those that were on their way arrive."""
    for key in book.ids("refunds under way"):
        if book.seconds - book.get("refund", key)["created"] >= _ARRIVES_AFTER:
            end(book, key, "succeeded")
