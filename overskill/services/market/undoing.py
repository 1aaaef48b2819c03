"""What becomes of the money when an install failed for good."""

from functools import partial

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.models import Install, License, Purchase, PurchaseItem
from overskill.services.billing.money import shares
from overskill.services.billing.refunds import give_back, left_of
from overskill.services.market import licenses
from overskill.services.market.installs import MAIL_JOB


def give_back_what_failed(session: Session, install: Install, why: str, *, queue: JobQueue) -> None:
    """What was paid for this item, tax included; the licence ends. What was free stays, and can be tried again."""
    item = session.get_one(PurchaseItem, install.item_id)
    purchase = session.get_one(Purchase, item.purchase_id)
    amount = min(paid_for(session, purchase, item), left_of(session, purchase))
    if amount > 0:
        licenses.revoke(session, session.get_one(License, install.license_id), licenses.NOT_INSTALLED)
        reason = f"It could not be installed. {why}"
        give_back(session, purchase, amount=amount, reason=reason, is_automatic=True, queue=queue)
    after_commit(session, partial(queue.enqueue, MAIL_JOB, "failed", str(install.id)))


def paid_for(session: Session, purchase: Purchase, item: PurchaseItem) -> int:
    """The item's part of all that was paid. The parts of a purchase sum to it exactly."""
    items = session.exec(
        select(PurchaseItem).where(PurchaseItem.purchase_id == purchase.id).order_by(col(PurchaseItem.id))
    ).all()
    parts = shares(purchase.total_amount, [each.amount for each in items])
    return parts[[each.id for each in items].index(item.id)]
