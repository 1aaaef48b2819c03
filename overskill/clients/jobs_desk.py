"""The job queues as somebody looks at them: what waits, what runs, what failed, and who works on it."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol

from redis import Redis
from rq import Queue, Worker
from rq.command import send_stop_job_command
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.worker import BaseWorker

from overskill.clients.jobs import QUEUES
from overskill.errors import Conflict, NotFound

JobState = Literal["waiting", "running", "failed", "delayed"]
_ERROR_LETTERS = 4000


@dataclass(frozen=True, slots=True)
class QueueView:
    name: str
    waiting: int
    running: int
    failed: int
    delayed: int  # to be tried again


@dataclass(frozen=True, slots=True)
class JobView:
    id: str
    queue: str
    what: str  # "deploy.deploy"
    ids: str  # what it was called with
    state: JobState
    at: datetime | None  # since when
    error: str  # of a failed one: the end of its traceback


@dataclass(frozen=True, slots=True)
class WorkerView:
    name: str
    queues: str
    state: str
    job: str  # "" while it waits
    heartbeat: datetime | None
    done: int
    failed: int


class JobsDesk(Protocol):
    def queues(self) -> list[QueueView]: ...

    def jobs(self, queue: str, state: JobState, *, limit: int = 50) -> list[JobView]:
        """The newest failures first; what waits in the order in which it is its turn."""
        ...

    def workers(self) -> list[WorkerView]: ...

    def retry(self, queue: str, job_id: str) -> None:
        """Put a failed job back into its queue. Raises NotFound, Conflict for one that did not fail."""
        ...

    def retry_all(self, queue: str) -> int:
        """Every failed one of a queue. Returns how many."""
        ...

    def cancel(self, queue: str, job_id: str) -> None:
        """Waiting or failed, it is deleted; running, its worker stops it. Raises NotFound."""
        ...


class RqJobsDesk:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queues = {name: Queue(name, connection=redis) for name in QUEUES}

    def queues(self) -> list[QueueView]:
        return [
            QueueView(
                name,
                queue.count,
                queue.started_job_registry.count,
                queue.failed_job_registry.count,
                queue.scheduled_job_registry.count,
            )
            for name, queue in self._queues.items()
        ]

    def jobs(self, queue: str, state: JobState, *, limit: int = 50) -> list[JobView]:
        of = self._queue(queue)
        ids: Iterable[str]
        match state:
            case "waiting":
                ids = of.get_job_ids(0, limit)
            case "running":
                ids = of.started_job_registry.get_job_ids(0, limit - 1)
            case "failed":
                ids = of.failed_job_registry.get_job_ids(0, limit - 1, desc=True)
            case "delayed":
                ids = of.scheduled_job_registry.get_job_ids(0, limit - 1)
        found = Job.fetch_many(list(ids), connection=self._redis)
        return [_job(job, queue, state) for job in found if job is not None]

    def workers(self) -> list[WorkerView]:
        return [_worker(worker) for worker in Worker.all(connection=self._redis)]

    def retry(self, queue: str, job_id: str) -> None:
        try:
            self._queue(queue).failed_job_registry.requeue(job_id)
        except NoSuchJobError:
            raise NotFound("This job is gone. Reload the list.") from None
        except InvalidJobOperation:
            raise Conflict("This job did not fail, or somebody has put it back already. Reload the list.") from None

    def retry_all(self, queue: str) -> int:
        registry, count = self._queue(queue).failed_job_registry, 0
        for job_id in registry.get_job_ids():
            with suppress(NoSuchJobError, InvalidJobOperation):
                registry.requeue(job_id)
                count += 1
        return count

    def cancel(self, queue: str, job_id: str) -> None:
        of = self._queue(queue)
        try:
            job = Job.fetch(job_id, connection=self._redis)
        except NoSuchJobError:
            raise NotFound("This job is gone. Reload the list.") from None
        if job.origin != of.name:
            raise NotFound("This job is gone. Reload the list.")
        if job.is_started:
            with suppress(InvalidJobOperation):  # it ended meanwhile
                send_stop_job_command(self._redis, job_id)
            return
        job.delete()

    def _queue(self, name: str) -> Queue:
        if name not in self._queues:
            raise NotFound("There is no such queue.")
        return self._queues[name]


def _job(job: Job, queue: str, state: JobState) -> JobView:
    at = {"waiting": job.enqueued_at, "running": job.started_at}.get(state, job.ended_at or job.enqueued_at)
    result = job.latest_result() if state == "failed" else None
    error = (result.exc_string or "") if result is not None else ""
    return JobView(
        id=job.id,
        queue=queue,
        what=(job.func_name or "").removeprefix("overskill.jobs."),
        ids=" ".join(str(one) for one in job.args or ()),
        state=state,
        at=_aware(at),
        error=error[-_ERROR_LETTERS:],
    )


def _worker(worker: BaseWorker) -> WorkerView:
    job = worker.get_current_job()
    return WorkerView(
        name=worker.name,
        queues=", ".join(worker.queue_names()),
        state=str(worker.get_state()),
        job=(job.func_name or "").removeprefix("overskill.jobs.") if job is not None else "",
        heartbeat=_aware(worker.last_heartbeat),
        done=worker.successful_job_count,
        failed=worker.failed_job_count,
    )


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


@dataclass
class FakeJobsDesk:
    """Queues in memory: what is put into `kept` is there."""

    kept: list[JobView] = field(default_factory=list)
    working: list[WorkerView] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)

    def queues(self) -> list[QueueView]:
        return [QueueView(name, *(self._count(name, state) for state in _STATES)) for name in QUEUES]

    def jobs(self, queue: str, state: JobState, *, limit: int = 50) -> list[JobView]:
        return [job for job in self.kept if (job.queue, job.state) == (queue, state)][:limit]

    def workers(self) -> list[WorkerView]:
        return list(self.working)

    def retry(self, queue: str, job_id: str) -> None:
        job = self._find(queue, job_id)
        if job.state != "failed":
            raise Conflict("This job did not fail, or somebody has put it back already. Reload the list.")
        self.kept.remove(job)
        self.retried.append(job_id)

    def retry_all(self, queue: str) -> int:
        failed = self.jobs(queue, "failed", limit=len(self.kept))
        for job in failed:
            self.retry(queue, job.id)
        return len(failed)

    def cancel(self, queue: str, job_id: str) -> None:
        self.kept.remove(self._find(queue, job_id))

    def _find(self, queue: str, job_id: str) -> JobView:
        is_it: Callable[[JobView], bool] = lambda job: (job.queue, job.id) == (queue, job_id)  # noqa: E731
        found = next(filter(is_it, self.kept), None)
        if found is None:
            raise NotFound("This job is gone. Reload the list.")
        return found

    def _count(self, queue: str, state: JobState) -> int:
        return len(self.jobs(queue, state, limit=len(self.kept)))


_STATES: tuple[JobState, ...] = ("waiting", "running", "failed", "delayed")
