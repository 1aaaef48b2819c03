"""The job queue, seen from the services: a job is named by string, takes ids, and may run twice."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import NAMESPACE_OID, uuid5

from redis import Redis
from rq import Queue, Retry

QUEUES = ("generate", "deploy", "default", "low")
TIMEOUT_SECONDS = {"generate": 3600, "deploy": 1200, "default": 300, "low": 1800}


class JobQueue(Protocol):
    def enqueue(self, job: str, *ids: str, queue: str = "default") -> None:
        """Run `overskill.jobs.<module>.<function>` soon, with these ids. Call it after the commit.

        What already waits in the queue is not put there again; what runs, or ran, is.
        """
        ...


class RqJobQueue:
    """RQ on Redis or Valkey. Every job is retried: RQ re-runs one whose worker died."""

    def __init__(self, redis: Redis) -> None:
        self._queues = {name: Queue(name, connection=redis) for name in QUEUES}

    def enqueue(self, job: str, *ids: str, queue: str = "default") -> None:
        waiting = self._queues[queue]
        name = _name(job, ids)
        if waiting.get_job_position(name) is not None:
            return
        waiting.enqueue(
            job,
            *ids,
            job_id=name,
            retry=Retry(max=2),
            job_timeout=TIMEOUT_SECONDS[queue],
            result_ttl=600,
            failure_ttl=7 * 24 * 3600,
        )


def _name(job: str, ids: tuple[str, ...]) -> str:
    """The same for the same work, in the letters RQ allows: an id may be an email address."""
    return f"{job.rpartition('.')[2]}-{uuid5(NAMESPACE_OID, ' '.join((job, *ids)))}"


@dataclass
class FakeJobQueue:
    """Keeps what was enqueued; `tests/conftest.py` runs it."""

    enqueued: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)

    def enqueue(self, job: str, *ids: str, queue: str = "default") -> None:
        if (job, ids, queue) not in self.enqueued:
            self.enqueued.append((job, ids, queue))
