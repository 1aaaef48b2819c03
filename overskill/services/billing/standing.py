"""How a purchase stands after money came back of it: its status, and the licences that go with it.

A subscription stands as its newest payment does: once that is given back, nothing is paid for any more.
"""

from functools import partial

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.models import Dispute, License, Purchase, PurchaseItem, PurchaseStatus
from overskill.services.billing.splits import invoices_of
from overskill.services.market import licenses
from overskill.services.market.rights import take_off_sale

END_JOB = "overskill.jobs.money.end_subscription"
REFUNDED = "The payment was given back."
LOST = "The buyer's bank took the payment back."
WON = "won"
LOST_AT_BANK = "lost"
OPEN_AT_BANK = ("needs_response", "under_review")
OVER = (PurchaseStatus.REFUNDED, PurchaseStatus.LOST)
_NEVER_PAID = (PurchaseStatus.PENDING, PurchaseStatus.EXPIRED, PurchaseStatus.FAILED)


def restate(session: Session, purchase: Purchase, *, queue: JobQueue) -> None:
    """Bring status, licences and the subscription in line with the refunds and disputes that are known.

    Call it with the row locked.
    """
    before = purchase.status
    if before in _NEVER_PAID:
        return
    purchase.status = _status(session, purchase)
    session.add(purchase)
    session.flush()
    is_over, was_over = purchase.status in OVER, before in OVER
    if is_over and not was_over:
        ended = licenses.revoke(session, purchase, REFUNDED if purchase.status is PurchaseStatus.REFUNDED else LOST)
        take_off_sale(session, ended, queue=queue)
        end_subscription_of(session, purchase, queue)
    elif was_over and not is_over:
        licenses.restore(session, purchase)


def is_over(session: Session, purchase: Purchase) -> bool:
    """Nothing of it is had any more, and nothing is to be paid for it: given back, or never installed."""
    if purchase.status in OVER:
        return True
    of_it = select(License.revoked_reason).join(PurchaseItem, col(PurchaseItem.id) == License.item_id)
    reasons = session.exec(of_it.where(PurchaseItem.purchase_id == purchase.id)).all()
    return bool(reasons) and all(reason == licenses.NOT_INSTALLED for reason in reasons)


def end_subscription_of(session: Session, purchase: Purchase, queue: JobQueue) -> None:
    """Nobody pays again for what was taken back from them."""
    if purchase.subscription_id:
        after_commit(session, partial(queue.enqueue, END_JOB, str(purchase.id)))


def _status(session: Session, purchase: Purchase) -> PurchaseStatus:
    at_bank = set(session.exec(select(Dispute.status).where(Dispute.purchase_id == purchase.id)))
    if LOST_AT_BANK in at_bank:
        return PurchaseStatus.LOST
    if at_bank & set(OPEN_AT_BANK):
        return PurchaseStatus.DISPUTED
    later = [(one.amount + one.tax_amount, one.refunded_amount) for one in invoices_of(session, purchase)]
    payments = [*later, (purchase.total_amount, purchase.refunded_amount)]
    paid, given = payments[0]
    if given >= paid > 0:
        return PurchaseStatus.REFUNDED
    return PurchaseStatus.PARTLY_REFUNDED if any(given for _, given in payments) else PurchaseStatus.PAID
