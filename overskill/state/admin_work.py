"""Queues, workers and the health of every part, looked at again every few seconds while somebody watches."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.clients.jobs import QUEUES
from overskill.clients.jobs_desk import JobState, JobView, QueueView, WorkerView
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.services.accounts.audit import record
from overskill.services.admin.health import PartView, ask_parts, note_health
from overskill.services.figures import count_words
from overskill.state.admin import enter
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done

EVERY_SECONDS = 5.0
LOOKS = 360  # half an hour; then the page asks to be reloaded
_NO_QUEUE = "There is no such queue."


@dataclass(frozen=True)
class QueueRow:
    name: str
    waiting: int
    running: int
    failed: int
    delayed: int


@dataclass(frozen=True)
class JobRow:
    id: str
    what: str
    ids: str
    at: str  # ISO; "" where nobody knows
    error: str


@dataclass(frozen=True)
class WorkerRow:
    name: str
    queues: str
    state: str
    job: str
    heartbeat: str  # ISO
    note: str


@dataclass(frozen=True)
class PartRow:
    name: str
    is_well: bool
    note: str
    since: str  # ISO


class WorkState(rx.State):
    is_loaded: bool = False
    is_live: bool = False
    queues: list[QueueRow] = []
    workers: list[WorkerRow] = []
    parts: list[PartRow] = []
    queue: str = "default"
    job_state: str = "failed"
    jobs: list[JobRow] = []

    @rx.event
    async def load(self) -> EventType[()] | None:
        if not await enter(self):
            return None
        await _read(self)
        return WorkState.watch

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        try:
            for _ in range(LOOKS):
                async with self:
                    await require_admin(self)
                    queue, job_state = self.queue, self.job_state
                seen = await _look(queue, job_state)
                async with self:
                    if (self.queue, self.job_state) == (queue, job_state):
                        assign(self, is_live=True, **seen)
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            async with self:
                assign(self, is_live=False)

    @rx.event
    async def show_jobs(self, queue: str, job_state: str) -> None:
        await require_admin(self)
        if queue not in QUEUES or job_state not in get_args(JobState):
            raise NotFound(_NO_QUEUE)
        await _read(self, queue, job_state)

    @rx.event
    async def retry(self, job_id: str) -> EventType[()]:
        admin = await require_admin(self)
        desk = container.get().jobs_desk
        await asyncio.to_thread(desk.retry, self.queue, job_id)
        await in_thread(_note, admin.id, "job.retried", f"job:{self.queue}/{job_id}")
        await _read(self)
        return done("The job waits in its queue again.")

    @rx.event
    async def retry_all(self) -> EventType[()]:
        admin = await require_admin(self)
        count = await asyncio.to_thread(container.get().jobs_desk.retry_all, self.queue)
        await in_thread(_note, admin.id, "job.all_retried", f"queue:{self.queue}", count)
        await _read(self)
        return done(f"{count_words(count, 'job')} put back.")

    @rx.event
    async def cancel(self, job_id: str) -> EventType[()]:
        admin = await require_admin(self)
        await asyncio.to_thread(container.get().jobs_desk.cancel, self.queue, job_id)
        await in_thread(_note, admin.id, "job.cancelled", f"job:{self.queue}/{job_id}")
        await _read(self)
        return done("The job is cancelled.")


def _note(session: Session, admin_id: UUID, action: str, subject: str, count: int = 1) -> None:
    record(session, action, admin_id, subject=subject[:120], details={"jobs": count})


async def _read(state: WorkState, queue: str = "", job_state: str = "") -> None:
    assign(state, **await _look(queue or state.queue, job_state or state.job_state))


async def _look(queue: str, job_state: str) -> dict[str, object]:
    """What the page shows; parts that do not answer take their time, so the tab is free meanwhile."""
    services = container.get()
    desk = services.jobs_desk
    reports = await ask_parts(services.parts)
    parts = await asyncio.to_thread(note_health, services.redis, reports)
    queues = await asyncio.to_thread(desk.queues)
    workers = await asyncio.to_thread(desk.workers)
    jobs = await asyncio.to_thread(desk.jobs, queue, cast(JobState, job_state))
    return {
        "queue": queue,
        "job_state": job_state,
        "queues": [_queue_row(each) for each in queues],
        "workers": [_worker_row(each) for each in workers],
        "parts": [_part_row(each) for each in parts],
        "jobs": [_job_row(each) for each in jobs],
        "is_loaded": True,
    }


def _queue_row(queue: QueueView) -> QueueRow:
    return QueueRow(queue.name, queue.waiting, queue.running, queue.failed, queue.delayed)


def _job_row(job: JobView) -> JobRow:
    return JobRow(job.id, job.what, job.ids, _iso(job.at), job.error)


def _worker_row(worker: WorkerView) -> WorkerRow:
    note = f"{count_words(worker.done, 'job')} done, {worker.failed:,} failed"
    heartbeat = _iso(worker.heartbeat)
    return WorkerRow(worker.name, worker.queues, worker.state, worker.job, heartbeat, note)


def _part_row(part: PartView) -> PartRow:
    note = f"answers in {part.milliseconds:,.0f} ms" if part.is_well else "does not answer"
    return PartRow(part.name, part.is_well, note, part.since.isoformat())


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""
