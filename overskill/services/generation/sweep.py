"""Picking up turns whose worker died, and turns whose job was lost between commit and enqueue."""

from datetime import timedelta
from functools import partial

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.models import Generation, GenerationStatus
from overskill.models.base import utc_now
from overskill.services.generation.requests import GENERATE_JOB
from overskill.services.heartbeat import DEAD_AFTER

LOST_AFTER = timedelta(seconds=20)


def sweep_turns(session: Session, queue: JobQueue) -> int:
    """Put back what nobody works on, and enqueue it again. Returns how many.

    A run that was only slow finds its row taken from it, and stops writing.
    """
    now = utc_now()
    running = col(Generation.status) == GenerationStatus.RUNNING
    queued = col(Generation.status) == GenerationStatus.QUEUED
    busy = select(Generation.app_id).where(running)
    stuck = session.exec(
        select(Generation)
        .where(
            (running & (col(Generation.last_progress_at) < now - DEAD_AFTER))
            | (queued & (col(Generation.last_progress_at) < now - LOST_AFTER) & col(Generation.app_id).not_in(busy))
        )
        .order_by(col(Generation.created_at))
        .limit(100)
        .with_for_update(skip_locked=True)
    ).all()
    for turn in stuck:
        turn.status = GenerationStatus.QUEUED
        turn.last_progress_at = now
        session.add(turn)
        after_commit(session, partial(queue.enqueue, GENERATE_JOB, str(turn.id), queue="generate"))
    return len(stuck)
