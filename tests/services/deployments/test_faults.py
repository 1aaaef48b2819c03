"""Whatever fails while an app is published: the status says so, what was live stays, and the next try gets through."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from overskill.db import transaction
from overskill.errors import Unavailable
from overskill.models import Deployment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.deployments import roll_back, sweep_deployments
from overskill.services.deployments.request import request_retry
from overskill.services.deployments.sweep import MOST_ATTEMPTS
from tests.services.deployments.conftest import Published

AWAY = Unavailable("It does not answer. Try again in a moment.")
DISK_FULL = OSError(28, "No space left on device")
STEPS = [
    ("bundler", "scan"),
    ("bundler", "build"),
    ("edge", "upload"),
    ("routes", "app"),
    ("edge", "activate"),
]


class WorkerKilled(BaseException):
    """What no code of ours sees: the process is gone."""


def fails(monkeypatch: pytest.MonkeyPatch, client: object, call: str, failure: BaseException) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise failure

    monkeypatch.setattr(client, call, refuse)


def begin(published: Published) -> tuple[str | None, Deployment]:
    """One version is live, and the next is asked for."""
    published.publishes()
    before = published.live()
    published.changes("two")
    return before, published.asks()


def versions_at_the_edge(published: Published) -> int:
    return len(published.edge._versions)


@pytest.mark.parametrize("failure", [AWAY, DISK_FULL], ids=["away", "disk full"])
@pytest.mark.parametrize(("client", "call"), STEPS)
def test_a_step_that_fails_leaves_what_was_live_and_can_be_tried_again(
    published: Published, monkeypatch: pytest.MonkeyPatch, client: str, call: str, failure: Exception
) -> None:
    before, row = begin(published)
    with monkeypatch.context() as patch:
        fails(patch, getattr(published.services, client), call, failure)
        if failure is DISK_FULL:
            with pytest.raises(OSError, match="No space left"):  # logged by the worker
                published.work()
        else:
            published.work()
    view = published.view(row.id)
    assert (view.status, published.live(), published.place().live_version) == ("failed", before, 1)
    assert view.log[-1] == view.error

    with published.opened() as (session, app):
        services = published.services
        again = request_retry(session, app, published.owner.id, row.id, queue=services.queue, log=services.progress)
    published.work()
    assert (published.view(again.id).status, published.place().live_version) == ("deployed", 2)
    assert versions_at_the_edge(published) == 2


def test_a_publish_that_could_not_tidy_up_is_live_all_the_same(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, row = begin(published)
    with monkeypatch.context() as patch:
        fails(patch, published.edge, "prune", AWAY)
        published.work()
    assert (published.view(row.id).status, published.place().live_version) == ("deployed", 2)


@pytest.mark.parametrize(("client", "call"), [*STEPS, ("health", "shows"), ("edge", "prune")])
def test_a_worker_that_is_killed_in_a_step_is_followed_by_another(
    published: Published, monkeypatch: pytest.MonkeyPatch, client: str, call: str
) -> None:
    before, row = begin(published)
    with monkeypatch.context() as patch:
        fails(patch, getattr(published.services, client), call, WorkerKilled())
        with pytest.raises(WorkerKilled):
            published.work()
    if call not in ("shows", "prune"):
        assert (published.live(), published.view(row.id).is_final) == (before, False)
    is_dead(row.id)
    sweep(published)
    published.work()
    assert (published.view(row.id).status, published.place().live_version) == ("deployed", 2)
    assert versions_at_the_edge(published) == 2


def test_a_publish_that_kills_every_worker_is_given_up(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    before, row = begin(published)
    fails(monkeypatch, published.bundler, "build", WorkerKilled())
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(WorkerKilled):
            published.work()
        is_dead(row.id)
        sweep(published)
    view = published.view(row.id)
    assert (view.status, published.live(), published.work()) == ("failed", before, 0)
    assert view.error.startswith("It was begun 3 times")
    assert view.log[-1] == view.error


def test_a_publish_that_was_to_stop_is_not_begun_again(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    _, row = begin(published)
    fails(monkeypatch, published.bundler, "build", WorkerKilled())
    with pytest.raises(WorkerKilled):
        published.work()
    with transaction() as session:
        session.get_one(Deployment, row.id).cancel_requested = True
    is_dead(row.id)
    sweep(published)
    assert (published.view(row.id).status, published.work()) == ("cancelled", 0)


def test_a_version_that_does_not_answer_and_can_not_be_taken_back_says_so(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, row = begin(published)
    activate: Callable[..., None] = published.edge.activate
    calls: list[str] = []

    def only_once(environment: str, script: str, version_id: str) -> None:
        calls.append(version_id)
        if len(calls) > 1:
            raise AWAY
        activate(environment, script, version_id)

    with monkeypatch.context() as patch:
        patch.setattr(published.edge, "activate", only_once)
        patch.setattr(published.services.health, "answer", False)
        published.work()
    assert (published.view(row.id).status, published.place().live_version) == ("failed", 2)  # as visitors are shown it
    assert published.view(row.id).error.startswith("The new version is live and does not answer")
    with published.opened() as (session, app):
        roll_back(session, app, published.owner.id, published.services.publisher)
    assert published.place().live_version == 1


def is_dead(deployment_id: UUID) -> None:
    long_ago = utc_now() - timedelta(minutes=5)
    with transaction() as session:
        mine = col(Deployment.id) == deployment_id
        working = col(Deployment.status) != DeploymentStatus.DEPLOYED
        session.exec(update(Deployment).where(mine, working).values(last_progress_at=long_ago))


def sweep(published: Published) -> None:
    with transaction() as session:
        sweep_deployments(session, published.services.queue, published.services.progress)
