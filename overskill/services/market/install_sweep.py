"""Installs that nobody works on although they are not over, and licences whose time has run out."""

from datetime import timedelta
from functools import partial

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.models import Install, InstallStatus, utc_now
from overskill.services.heartbeat import DEAD_AFTER
from overskill.services.market.install_claim import MOST_ATTEMPTS, pause_before, ring_install
from overskill.services.market.installs import MAIL_JOB, enqueue_install
from overskill.services.market.licenses import expire_licenses
from overskill.services.market.rights import take_off_sale
from overskill.services.market.undoing import end_failed
from overskill.services.progress import ProgressLog

LOST_AFTER = timedelta(seconds=15)
_AT_MOST = 100
_STOPPED = f"It stopped in the middle {MOST_ATTEMPTS} times."


def sweep_installs(session: Session, queue: JobQueue, log: ProgressLog) -> int:
    """Enqueue again what was lost between commit and enqueue, whose worker died, or whose pause is over. What took a
    worker along in its last attempt has failed. Returns how many rows were changed."""
    now = utc_now()
    working = col(Install.status).in_([InstallStatus.COPYING, InstallStatus.PUBLISHING])
    quiet_since = col(Install.last_progress_at)
    rows = session.exec(
        select(Install)
        .where(
            ((col(Install.status) == InstallStatus.QUEUED) & (quiet_since < now - pause_before(1)))
            | (working & (quiet_since < now - DEAD_AFTER))
        )
        .limit(_AT_MOST)
        .with_for_update(skip_locked=True)
    ).all()
    due = [row for row in rows if row.status is not InstallStatus.QUEUED or _is_due(row)]
    for row in due:
        if row.attempt >= MOST_ATTEMPTS:
            end_failed(session, row, _STOPPED, queue=queue)
            after_commit(session, partial(ring_install, row.id, row.user_id, log))
            continue
        row.status, row.last_progress_at = InstallStatus.QUEUED, now
        session.add(row)
        enqueue_install(session, row, queue)
    return len(due)


def sweep_licenses(session: Session, queue: JobQueue) -> int:
    """End those whose time has run out, and tell who holds them."""
    changed = expire_licenses(session, utc_now())
    take_off_sale(session, changed, queue=queue)
    for license_ in changed:
        after_commit(session, partial(queue.enqueue, MAIL_JOB, license_.status.value, str(license_.id)))
    return len(changed)


def _is_due(row: Install) -> bool:
    wait = pause_before(row.attempt) if row.error else LOST_AFTER
    return row.last_progress_at < utc_now() - wait
