"""A publish right after a turn: what the turn built to try its app is what is published."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from overskill.clients.bundler import FakeBundler
from overskill.container import Container
from overskill.db import transaction
from overskill.models import App, Deployment, Generation
from overskill.services.builds import CACHED, keeping
from overskill.services.deployments import request_deployment


def test_a_publish_after_a_turn_needs_no_build(
    services: Container,
    bundler: FakeBundler,
    app: App,
    ask: Callable[..., Generation],
    work: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundler, "build", keeping(bundler.build, services.builds.cache))
    ask()
    work()
    with transaction() as session:
        found = session.get_one(App, app.id)
        found.description = "Keeps habits"
        request_deployment(session, found, app.creator_id, queue=services.queue, log=services.progress)
    work()
    with transaction() as session:
        row = session.exec(select(Deployment)).one()
    assert (row.builder, row.error) == (CACHED, "")
