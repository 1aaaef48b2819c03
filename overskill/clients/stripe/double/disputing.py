"""Disputes: what a buyer's bank takes back until it has decided."""

from overskill.clients.stripe.double import refunding
from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.charging import record
from overskill.clients.stripe.double.shapes import Json

_DECIDED_AFTER = 86400
_FEE = 1500


def open_(book: Book, charge_id: str, reason: str) -> Json:
    refunding.fail_pending(book, charge_id)
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
    moved = record(book, "adjustment", dispute["id"], -amount, charge["currency"], fee=_FEE)
    dispute["balance_transactions"] = [moved]
    book.add("open disputes", dispute["id"])
    charge["disputed"] = True
    book.put(dispute)
    book.put(charge)
    book.tell("charge.dispute.created", dispute)
    book.tell("charge.dispute.funds_withdrawn", dispute)
    return dispute


def get(book: Book, _: Json, key: str) -> Json:
    return book.get("dispute", key, param="dispute")


def answer(book: Book, asked: Json, key: str) -> Json:
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
        return decide(book, key, is_won=decided == "winning_evidence")
    return dispute


def pass_time(book: Book) -> None:
    """A bank takes a day here, and believes who answered; who did not, loses."""
    for key in book.ids("open disputes"):
        dispute = book.get("dispute", key)
        if dispute["status"] == "under_review":
            if book.seconds - book.value(f"answered/{key}", 0) >= _DECIDED_AFTER:
                decide(book, key, is_won=True)
        elif dispute["evidence_details"]["due_by"] <= book.seconds:
            decide(book, key, is_won=False)


def decide(book: Book, key: str, *, is_won: bool) -> Json:
    dispute = book.get("dispute", key)
    if dispute["status"] in ("won", "lost"):
        raise Refused(400, "This dispute is already closed", code="dispute_already_closed")
    dispute["status"] = "won" if is_won else "lost"
    book.drop("open disputes", key)
    if is_won:
        back = record(book, "adjustment", key, dispute["amount"], dispute["currency"], fee=-_FEE)
        dispute["balance_transactions"] = [*dispute["balance_transactions"], back]
        charge = book.get("charge", dispute["charge"])
        charge["disputed"] = False
        book.put(charge)
    book.put(dispute)
    if is_won:
        book.tell("charge.dispute.funds_reinstated", dispute)
    book.tell("charge.dispute.closed", dispute)
    return dispute
