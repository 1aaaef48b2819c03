"""An install that failed for good, and what becomes of its money."""

from functools import partial

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.models import Install, InstallStatus, License, PurchaseItem, utc_now
from overskill.services.accounts.audit import record
from overskill.services.billing.failed_installs import paid_for
from overskill.services.billing.refundable import left_of
from overskill.services.billing.refunds import make_good
from overskill.services.billing.splits import lock_purchase
from overskill.services.billing.standing import end_subscription_of
from overskill.services.market import licenses
from overskill.services.market.installs import MAIL_JOB


def end_failed(session: Session, install: Install, why: str, *, queue: JobQueue) -> None:
    """No further attempt is made. What was live before is the buyer's: to install it again is tried for free."""
    install.status, install.error, install.last_progress_at = InstallStatus.FAILED, why[:500], utc_now()
    session.add(install)
    record(session, "install.failed", install.user_id, subject=f"install:{install.id}")
    if install.live_at is None:
        _give_back(session, install, queue=queue)


def _give_back(session: Session, install: Install, *, queue: JobQueue) -> None:
    """What was paid for this item, tax included; the licence ends. What was free stays, and can be tried again."""
    item = session.get_one(PurchaseItem, install.item_id)
    purchase = lock_purchase(session, item.purchase_id)
    if min(paid_for(session, purchase, item), left_of(session, purchase)) > 0:
        licenses.revoke(session, session.get_one(License, install.license_id), licenses.NOT_INSTALLED)
        make_good(session, purchase, queue=queue)
        end_subscription_of(session, purchase, queue)
    after_commit(session, partial(queue.enqueue, MAIL_JOB, "failed", str(install.id)))
