"""What the web process does ahead of the first visit."""

import logging

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.container import Container
from overskill.models import AuditEvent, LoginSession, User
from overskill.state.warm_up import warm_up
from tests.conftest import Tab
from tests.state.studio_tab import join, open_editor
from tests.support_queries import counted_queries

NOWHERE = "postgresql://nobody@127.0.0.1:9/nothing"


async def test_what_opening_an_app_asks_first_was_asked_before(services: Container, tab: Tab) -> None:
    join(tab)
    with counted_queries() as ahead:
        await warm_up()
    with counted_queries() as asked:
        await open_editor(tab)
    assert asked.statements[0] in ahead.statements


async def test_connections_to_the_database_are_open_and_free_afterwards(services: Container) -> None:
    db.engine().dispose()
    await warm_up()
    pool = db.engine().pool
    assert (pool.checkedin(), pool.checkedout()) == (2, 0)


async def test_it_leaves_nothing_behind(services: Container) -> None:
    await warm_up()
    with db.transaction() as session:
        left = [row for table in (User, LoginSession, AuditEvent) for row in session.exec(select(table))]
    assert left == []
    assert isinstance(services.bundler, FakeBundler)
    assert services.bundler.calls == []
    assert services.redis.keys() == []


async def test_without_a_database_it_is_only_noted(services: Container, caplog: pytest.LogCaptureFixture) -> None:
    reachable = db.engine()
    db.use(db.connect(NOWHERE))
    try:
        with caplog.at_level(logging.WARNING):
            await warm_up()
    finally:
        db.use(reachable)
    assert "the first visit will be slow" in caplog.text
