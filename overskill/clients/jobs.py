"""The job queue, seen from the services: a job is named by string, takes ids, and may run twice."""

from dataclasses import dataclass, field
from typing import Protocol

from redis import Redis
from rq import Queue, Retry

QUEUES = ("generate", "deploy", "default", "low")
TIMEOUT_SECONDS = {"generate": 3600, "deploy": 600, "default": 300, "low": 1800}


class JobQueue(Protocol):
    def enqueue(self, job: str, *ids: str, queue: str = "default") -> None:
        """Run `overskill.jobs.<module>.<function>` soon, with these ids. Call it after the commit."""
        ...


class RqJobQueue:
    """RQ on Redis or Valkey. Every job is retried: RQ re-runs one whose worker died."""

    def __init__(self, redis: Redis) -> None:
        self._queues = {name: Queue(name, connection=redis) for name in QUEUES}

    def enqueue(self, job: str, *ids: str, queue: str = "default") -> None:
        self._queues[queue].enqueue(
            job,
            *ids,
            retry=Retry(max=2),
            job_timeout=TIMEOUT_SECONDS[queue],
            result_ttl=600,
            failure_ttl=7 * 24 * 3600,
        )


@dataclass
class FakeJobQueue:
    """Keeps what was enqueued; `tests/conftest.py` runs it."""

    enqueued: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)

    def enqueue(self, job: str, *ids: str, queue: str = "default") -> None:
        self.enqueued.append((job, ids, queue))
