"""An install that failed for good, and what becomes of its money."""

from functools import partial

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.models import Install, InstallStatus, License, Purchase, PurchaseItem, utc_now
from overskill.services.accounts.audit import record
from overskill.services.billing.money import shares
from overskill.services.billing.refundable import left_of
from overskill.services.billing.refunds import give_back
from overskill.services.market import licenses
from overskill.services.market.installs import MAIL_JOB


def end_failed(session: Session, install: Install, why: str, *, queue: JobQueue) -> None:
    """No further attempt is made. What was live before is the buyer's: to install it again is tried for free."""
    install.status, install.error, install.last_progress_at = InstallStatus.FAILED, why[:500], utc_now()
    session.add(install)
    record(session, "install.failed", install.user_id, subject=f"install:{install.id}")
    if install.live_at is None:
        _give_back(session, install, why, queue=queue)


def _give_back(session: Session, install: Install, why: str, *, queue: JobQueue) -> None:
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
