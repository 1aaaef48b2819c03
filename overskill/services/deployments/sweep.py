"""Publishes that nobody works on although they are not over: run again, and given up in the end."""

from datetime import timedelta
from functools import partial

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.models import Deployment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.deployments.request import DEPLOY_JOB, deployment_topic
from overskill.services.generation.requests import app_topic
from overskill.services.heartbeat import DEAD_AFTER
from overskill.services.progress import ProgressLog

LOST_AFTER = timedelta(seconds=15)
MOST_ATTEMPTS = 3
CANCELLED = "It was cancelled. What was live before still is."
GIVEN_UP = (
    f"It was begun {MOST_ATTEMPTS} times, and each time the process that ran it stopped in the middle. "
    "What was live before still is. Try again later; if it goes on, ask who runs this instance to look at its log."
)


def sweep_deployments(session: Session, queue: JobQueue, log: ProgressLog) -> int:
    """Enqueue again what was lost between commit and enqueue, or whose worker died. Returns how many."""
    now = utc_now()
    pending = (col(Deployment.status) == DeploymentStatus.PENDING) & ~col(Deployment.needs_approval)
    working = col(Deployment.status).in_([DeploymentStatus.BUILDING, DeploymentStatus.DEPLOYING])
    quiet_since = col(Deployment.last_progress_at)
    stuck = session.exec(
        select(Deployment)
        .where((pending & (quiet_since < now - LOST_AFTER)) | (working & (quiet_since < now - DEAD_AFTER)))
        .limit(100)
        .with_for_update(skip_locked=True)
    ).all()
    for row in stuck:
        row.last_progress_at = now
        session.add(row)
        if not is_given_up(row) or may_be_switched_on(row):
            row.status = DeploymentStatus.PENDING
            after_commit(session, partial(queue.enqueue, DEPLOY_JOB, str(row.id), queue="deploy"))
        elif row.cancel_requested:
            _end(session, row, DeploymentStatus.CANCELLED, CANCELLED, log)
        else:
            _end(session, row, DeploymentStatus.FAILED, GIVEN_UP, log)
    return len(stuck)


def is_given_up(row: Deployment) -> bool:
    """Whether it is not begun again."""
    return row.attempt >= MOST_ATTEMPTS or (row.cancel_requested and not row.is_live)


def may_be_switched_on(row: Deployment) -> bool:
    """Whether an attempt has come to the moment of the switch: then a last job asks the edge what it shows."""
    return row.is_live or row.edge_version != ""


def _end(session: Session, row: Deployment, status: DeploymentStatus, why: str, log: ProgressLog) -> None:
    topic = deployment_topic(row.id)
    row.status, row.error = status, why
    row.log = log.tail(topic) + ([{"text": why, "at": 0.0}] if why else [])
    after_commit(session, partial(log.ring, topic))
    after_commit(session, partial(log.ring, app_topic(row.app_id)))
