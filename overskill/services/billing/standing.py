"""How a purchase stands after money came back of it: its status, and the licences that go with it."""

from sqlmodel import Session, select

from overskill.models import Dispute, Purchase, PurchaseStatus
from overskill.services.market import licenses

REFUNDED = "The payment was given back."
LOST = "The buyer's bank took the payment back."
WON = "won"
LOST_AT_BANK = "lost"
OPEN_AT_BANK = ("needs_response", "under_review")
_NEVER_PAID = (PurchaseStatus.PENDING, PurchaseStatus.EXPIRED, PurchaseStatus.FAILED)


def restate(session: Session, purchase: Purchase) -> None:
    """Bring status and licences in line with the refunds and disputes that are known. Call it with the row locked."""
    before = purchase.status
    if before in _NEVER_PAID:
        return
    purchase.status = _status(session, purchase)
    session.add(purchase)
    session.flush()
    is_over = purchase.status in (PurchaseStatus.REFUNDED, PurchaseStatus.LOST)
    was_over = before in (PurchaseStatus.REFUNDED, PurchaseStatus.LOST)
    if is_over and not was_over:
        licenses.revoke(session, purchase, REFUNDED if purchase.status is PurchaseStatus.REFUNDED else LOST)
    elif was_over and not is_over:
        licenses.restore(session, purchase)


def _status(session: Session, purchase: Purchase) -> PurchaseStatus:
    at_bank = set(session.exec(select(Dispute.status).where(Dispute.purchase_id == purchase.id)))
    if LOST_AT_BANK in at_bank:
        return PurchaseStatus.LOST
    if at_bank & set(OPEN_AT_BANK):
        return PurchaseStatus.DISPUTED
    if purchase.refunded_amount >= purchase.total_amount > 0:
        return PurchaseStatus.REFUNDED
    return PurchaseStatus.PARTLY_REFUNDED if purchase.refunded_amount > 0 else PurchaseStatus.PAID
