"""What a running publish says of itself: on its row, in its log, and by the bell."""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.db import transaction
from overskill.models import Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.deployments.request import deployment_topic
from overskill.services.generation.requests import app_topic
from overskill.services.heartbeat import Superseded
from overskill.services.progress import ProgressLog

MOST_LINES = 200


class Cancelled(Exception):
    """Somebody asked this publish to stop, before anything was switched."""


@dataclass(frozen=True)
class Claim:
    """One attempt at one publish, as it was when it began."""

    deployment_id: UUID
    attempt: int
    app_id: UUID
    slug: str
    environment: DeploymentEnvironment
    version: int
    description: str  # of the app, for search engines
    canary_percent: int
    address: str
    files: dict[str, str] = field(repr=False)  # none for a promotion
    source: "Source | None"
    is_scanned: bool
    variables: dict[str, str] = field(repr=False)
    secrets: dict[str, str] = field(repr=False)
    was_cancelled: bool
    is_given_up: bool  # earlier attempts may have switched to it; nothing is left but to find out


@dataclass(frozen=True)
class Source:
    """What a promotion moves."""

    environment: DeploymentEnvironment
    edge_version: str
    size: int


class Telling:
    """Writes each step: first the line, then the row, then the bell. Whoever wakes sees both."""

    def __init__(self, claim: Claim, log: ProgressLog) -> None:
        self._claim = claim
        self._log = log
        self._topic = deployment_topic(claim.deployment_id)
        self._began = time.monotonic()

    def line(self, text: str) -> None:
        self._log.write(self._topic, {"text": text, "at": round(time.monotonic() - self._began, 2)})

    def step(self, status: DeploymentStatus, text: str, **fields: Any) -> None:
        """Raises Cancelled, and Superseded when another attempt has taken over."""
        self.line(text)
        with transaction() as session:
            row = self.fence(session)
            if row.cancel_requested:
                raise Cancelled
            self._write(session, row, status=status, **fields)
        self._log.ring(app_topic(self._claim.app_id))

    def end(self, status: DeploymentStatus, text: str, **fields: Any) -> None:
        """The last word. Its log is kept on the row from here on."""
        self.line(text)
        try:
            with transaction() as session:
                row = self.fence(session)
                self._write(session, row, status=status, log=self.lines(), **fields)
        except Superseded:
            return
        self.ring()

    def lines(self) -> list[dict[str, Any]]:
        return self._log.tail(self._topic, MOST_LINES)

    def ring(self) -> None:
        self._log.ring(app_topic(self._claim.app_id))
        self._log.ring(self._topic)

    def beat(self, session: Session) -> None:
        self._write(session, self.fence(session))

    def fence(self, session: Session) -> Deployment:
        """The row, locked, if this attempt still owns it. Raises Superseded."""
        row = session.get_one(Deployment, self._claim.deployment_id, with_for_update=True)
        if row.attempt != self._claim.attempt or row.status.is_final:
            raise Superseded
        return row

    def _write(self, session: Session, row: Deployment, **fields: Any) -> None:
        row.sqlmodel_update({"last_progress_at": utc_now(), **fields})
        session.add(row)
