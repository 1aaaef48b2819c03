import threading
from datetime import timedelta

import pytest

from overskill.container import Container
from overskill.db import transaction
from overskill.jobs import schedule
from overskill.models import App
from overskill.models.base import utc_now
from overskill.services import apps
from tests.factories import make_app, make_user
from tests.support_waiting import PATIENCE_SECONDS


def test_an_app_deleted_long_ago_is_forgotten_and_one_deleted_lately_is_not(services: Container) -> None:
    with transaction() as session:
        user = make_user(session)
        old, recent = make_app(session, user, versions=1), make_app(session, user)
        for app, days in ((old, 31), (recent, 29)):
            apps.delete_app(session, app)
            app.deleted_at = utc_now() - timedelta(days=days)
    schedule.forget_deleted_apps(services)
    with transaction() as session:
        assert session.get(App, old.id) is None
        assert session.get(App, recent.id) is not None


def test_a_task_that_fails_does_not_stop_the_others(
    services: Container, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    over = threading.Event()

    def fail(_: Container) -> None:
        raise RuntimeError("boom")

    def end(_: Container) -> None:
        over.set()

    monkeypatch.setattr(schedule, "TASKS", (schedule.Task("fails", 1, fail), schedule.Task("ends", 1, end)))
    schedule.work_through(services, over)
    assert over.is_set()
    assert "scheduled task failed" in caplog.text


def test_every_task_runs_on_an_empty_instance(services: Container) -> None:
    before = set(threading.enumerate())
    for task in schedule.TASKS:
        task.run(services)
    for begun in set(threading.enumerate()) - before:  # what still reads is not to find its database gone
        begun.join(PATIENCE_SECONDS)
