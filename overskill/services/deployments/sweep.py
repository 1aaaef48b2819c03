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
_CANCELLED = "It was cancelled. What was live before still is."
_GIVEN_UP = (
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
        if row.attempt < MOST_ATTEMPTS and (row.is_live or not row.cancel_requested):
            row.status = DeploymentStatus.PENDING
            after_commit(session, partial(queue.enqueue, DEPLOY_JOB, str(row.id), queue="deploy"))
        elif row.is_live:
            _end(session, row, DeploymentStatus.DEPLOYED, "", log)
        elif row.cancel_requested:
            _end(session, row, DeploymentStatus.CANCELLED, _CANCELLED, log)
        else:
            _end(session, row, DeploymentStatus.FAILED, _GIVEN_UP, log)
    return len(stuck)


def _end(session: Session, row: Deployment, status: DeploymentStatus, why: str, log: ProgressLog) -> None:
    topic = deployment_topic(row.id)
    row.status, row.error = status, why
    row.log = log.tail(topic) + ([{"text": why, "at": 0.0}] if why else [])
    after_commit(session, partial(log.ring, topic))
    after_commit(session, partial(log.ring, app_topic(row.app_id)))
