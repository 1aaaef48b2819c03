"""One attempt at checking one release, and what it says of itself: in its log, on its row, and by the bell."""

import time
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from overskill.clients.checker import AcceptanceCheck
from overskill.db import transaction
from overskill.models import Release, ReleaseStatus, utc_now
from overskill.services.heartbeat import DEAD_AFTER, Superseded
from overskill.services.progress import ProgressLog

MOST_ATTEMPTS = 3


def release_topic(release_id: UUID) -> str:
    """Where the lines of a check are: {"text", "at"}, and the bell that says "look again"."""
    return f"release:{release_id}"


@dataclass(frozen=True, slots=True)
class ReleaseClaim:
    release_id: UUID
    attempt: int
    app_id: UUID
    version: int
    files: dict[str, str]
    files_hash: str
    checks: tuple[AcceptanceCheck, ...]

    @property
    def is_last(self) -> bool:
        return self.attempt >= MOST_ATTEMPTS


class ReleaseTelling:
    def __init__(self, claim: ReleaseClaim, log: ProgressLog) -> None:
        self._claim = claim
        self._log = log
        self._topic = release_topic(claim.release_id)
        self._began = time.monotonic()

    def line(self, text: str) -> None:
        """Raises Superseded when another attempt has taken over."""
        with transaction() as session:
            self.beat(session)
        self._log.write(self._topic, {"text": text, "at": round(time.monotonic() - self._began, 2)})

    def ring(self) -> None:
        self._log.ring(self._topic)

    def beat(self, session: Session) -> None:
        row = self.fence(session)
        row.last_progress_at = utc_now()
        session.add(row)

    def fence(self, session: Session) -> Release:
        """The row, locked, if this attempt still owns it. Raises Superseded."""
        row = session.get_one(Release, self._claim.release_id, with_for_update=True)
        if row.attempt != self._claim.attempt or row.status is not ReleaseStatus.CHECKING:
            raise Superseded
        return row


def is_worked_on(row: Release) -> bool:
    return row.attempt > 0 and row.last_progress_at > utc_now() - DEAD_AFTER
