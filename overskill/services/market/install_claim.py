"""One attempt at one install, and what it says of itself: on its row, in its log, and by the bell."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.db import transaction
from overskill.models import Install, InstallStatus, License, LicenseKind, utc_now
from overskill.services.heartbeat import DEAD_AFTER, Superseded
from overskill.services.market.installs import install_topic, library_topic
from overskill.services.progress import ProgressLog

MOST_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class InstallClaim:
    install_id: UUID
    attempt: int
    user_id: UUID
    license_id: UUID
    listing_id: UUID
    release_id: UUID
    kind: LicenseKind

    @property
    def is_last(self) -> bool:
        return self.attempt >= MOST_ATTEMPTS


def claim_install(session: Session, install_id: UUID) -> InstallClaim | None:
    """The next attempt is ours; None where it is over, or somebody is at it."""
    row = session.get(Install, install_id, with_for_update=True)
    if row is None or row.status.is_final:
        return None
    if row.status is not InstallStatus.QUEUED and row.last_progress_at > utc_now() - DEAD_AFTER:
        return None
    row.attempt += 1
    row.status, row.error, row.last_progress_at = InstallStatus.COPYING, "", utc_now()
    session.add(row)
    kind = session.get_one(License, row.license_id).kind
    return InstallClaim(row.id, row.attempt, row.user_id, row.license_id, row.listing_id, row.release_id, kind)


def pause_before(attempt: int) -> timedelta:
    """How long after a failure the next attempt is made."""
    return timedelta(seconds=4 * max(attempt, 1) ** 2)


def ring_install(install_id: UUID, user_id: UUID, log: ProgressLog) -> None:
    """Its row has changed."""
    log.ring(install_topic(install_id))
    log.ring(library_topic(user_id))


class InstallTelling:
    """Writes each step: first the line, then the row, then the bells."""

    def __init__(self, claim: InstallClaim, log: ProgressLog) -> None:
        self._claim = claim
        self._log = log

    def step(self, status: InstallStatus, text: str, **fields: Any) -> None:
        """Raises Superseded when another attempt has taken over."""
        self._log.write(install_topic(self._claim.install_id), {"text": text})
        with transaction() as session:
            self.write(session, status=status, **fields)
        self.ring()

    def write(self, session: Session, **fields: Any) -> Install:
        """On the row, in the caller's transaction, if this attempt still owns it. Raises Superseded."""
        row = session.get_one(Install, self._claim.install_id, with_for_update=True)
        if row.attempt != self._claim.attempt or row.status.is_final:
            raise Superseded
        row.sqlmodel_update({"last_progress_at": utc_now(), **fields})
        session.add(row)
        return row

    def beat(self, session: Session) -> None:
        self.write(session)

    def ring(self) -> None:
        ring_install(self._claim.install_id, self._claim.user_id, self._log)
