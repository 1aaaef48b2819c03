"""The queues as RQ keeps them, on a real Valkey."""

import pytest
from redis import Redis
from rq import Queue, SimpleWorker

from overskill.clients.jobs_desk import RqJobsDesk
from overskill.errors import Conflict, NotFound


def fail(_: str) -> None:
    raise RuntimeError("It broke.")


@pytest.fixture
def desk(redis: Redis) -> RqJobsDesk:
    return RqJobsDesk(redis)


def run(redis: Redis, name: str = "default") -> None:
    SimpleWorker([Queue(name, connection=redis)], connection=redis).work(burst=True, logging_level="CRITICAL")


def test_what_waits_is_counted_and_listed(redis: Redis, desk: RqJobsDesk) -> None:
    Queue("deploy", connection=redis).enqueue("overskill.jobs.deploy.deploy", "an id", job_id="one")
    assert [(each.name, each.waiting) for each in desk.queues() if each.waiting] == [("deploy", 1)]
    (job,) = desk.jobs("deploy", "waiting")
    assert (job.id, job.what, job.ids, job.state) == ("one", "deploy.deploy", "an id", "waiting")
    assert job.at is not None
    assert job.at.tzinfo is not None


def test_a_failed_job_says_why_and_is_put_back(redis: Redis, desk: RqJobsDesk) -> None:
    Queue("default", connection=redis).enqueue(fail, "x", job_id="one")
    run(redis)
    (job,) = desk.jobs("default", "failed")
    assert "It broke." in job.error
    desk.retry("default", "one")
    assert [(each.waiting, each.failed) for each in desk.queues() if each.name == "default"] == [(1, 0)]
    with pytest.raises(Conflict):
        desk.retry("default", "one")


def test_all_that_failed_is_put_back(redis: Redis, desk: RqJobsDesk) -> None:
    for name in ("one", "two"):
        Queue("default", connection=redis).enqueue(fail, "x", job_id=name)
    run(redis)
    assert desk.retry_all("default") == 2
    assert len(desk.jobs("default", "waiting")) == 2


def test_a_job_of_its_own_queue_is_taken_away(redis: Redis, desk: RqJobsDesk) -> None:
    Queue("low", connection=redis).enqueue(fail, "x", job_id="one")
    with pytest.raises(NotFound):
        desk.cancel("deploy", "one")
    desk.cancel("low", "one")
    assert desk.jobs("low", "waiting") == []
    with pytest.raises(NotFound):
        desk.cancel("low", "one")
