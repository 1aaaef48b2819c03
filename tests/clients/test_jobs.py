"""The real queue, on a real Valkey, with a worker in this process."""

import pytest
from redis import Redis
from rq import Queue, SimpleWorker, get_current_job

from overskill.clients.jobs import FakeJobQueue, JobQueue, RqJobQueue

JOB = "tests.clients.test_jobs.note"
NOTE_TWICE = "tests.clients.test_jobs.note_twice"
noted: list[str] = []


def note(what: str) -> None:
    noted.append(what)


def note_twice(what: str) -> None:
    """Asks for itself while it runs, as the sweep does for a job whose worker died."""
    noted.append(what)
    running = get_current_job()
    if running is not None and len(noted) == 1:
        RqJobQueue(running.connection).enqueue(NOTE_TWICE, what)


@pytest.fixture
def queue(redis: Redis) -> JobQueue:
    noted.clear()
    return RqJobQueue(redis)


def work(redis: Redis) -> None:
    SimpleWorker([Queue("default", connection=redis)], connection=redis).work(burst=True, logging_level="WARNING")


def waiting(redis: Redis) -> int:
    return len(Queue("default", connection=redis))


def test_a_job_runs_with_its_ids(redis: Redis, queue: JobQueue) -> None:
    queue.enqueue(JOB, "somebody@example.com")
    work(redis)
    assert noted == ["somebody@example.com"]


def test_what_waits_is_not_put_into_the_queue_again(redis: Redis, queue: JobQueue) -> None:
    for what in ("a", "b", "a"):
        queue.enqueue(JOB, what)
    assert waiting(redis) == 2
    work(redis)
    assert noted == ["a", "b"]


def test_what_was_done_can_be_asked_for_again(redis: Redis, queue: JobQueue) -> None:
    for _ in range(2):
        queue.enqueue(JOB, "a")
        work(redis)
    assert noted == ["a", "a"]


def test_what_is_under_way_can_be_asked_for_again(redis: Redis, queue: JobQueue) -> None:
    queue.enqueue(NOTE_TWICE, "a")
    work(redis)
    assert noted == ["a", "a"]


def test_the_fake_queue_keeps_each_job_once_too() -> None:
    fake = FakeJobQueue()
    fake.enqueue(JOB, "a")
    fake.enqueue(JOB, "a")
    assert fake.enqueued == [(JOB, ("a",), "default")]
