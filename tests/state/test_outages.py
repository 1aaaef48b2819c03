"""Pages while the database or Redis is away: they say so, and are right again once it is back."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from redis.exceptions import ConnectionError as RedisAway
from sqlmodel import select

from overskill import db
from overskill.container import Container
from overskill.models import App
from overskill.services.deployments import deployment_topic
from overskill.services.generation import app_topic
from overskill.services.studio import EditorView, rename, view_editor
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState
from overskill.state.studio import StudioState
from tests.conftest import Tab
from tests.state.studio_tab import PATH, SLUG, do, join, open_editor
from tests.support_waiting import until

Work = Callable[[], int]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overskill.state.outages.PAUSES", (0.05,))
    monkeypatch.setattr("overskill.state.studio.LOOK_AGAIN_SECONDS", 0.02)


@contextmanager
def nobody_may_connect(postgres: str, database: str) -> Iterator[None]:
    name = database.rpartition("/")[2]
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            admin.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def is_out(tab: Tab) -> bool:
    return tab.seen("is_out")[-1:] == [True]


def app() -> App:
    with db.transaction() as session:
        return session.exec(select(App)).one()


async def test_the_editor_outlasts_the_database(tab: Tab, services: Container, postgres: str, database: str) -> None:
    join(tab)
    await open_editor(tab)
    topic = app_topic(app().id)
    with nobody_may_connect(postgres, database):
        services.progress.ring(topic)
        await until(lambda: is_out(tab))
    await until(lambda: not is_out(tab))
    with db.transaction() as session:
        rename(session, app().creator_id, SLUG, "Streaky", log=services.progress)
    await until(lambda: tab.seen("name")[-1] == "Streaky")


async def test_the_editor_outlasts_redis(tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter((RedisAway("refused"), RedisAway("refused")))

    def away_twice(*args: object, **options: object) -> EditorView:
        for failure in answers:
            raise failure
        return view_editor(*args, **options)  # type: ignore[arg-type]

    join(tab)
    await open_editor(tab)
    monkeypatch.setattr("overskill.state.editor.view_editor", away_twice)
    services.progress.ring(app_topic(app().id))
    await until(lambda: is_out(tab))
    await until(lambda: not is_out(tab))


async def test_who_goes_to_another_page_meanwhile_leaves_the_notice_behind(
    tab: Tab, services: Container, postgres: str, database: str
) -> None:
    join(tab)
    loading = await tab.fire(EditorState.load, path=PATH)
    await until(lambda: tab.seen("preview_address") != [])
    topic = app_topic(app().id)
    with nobody_may_connect(postgres, database):
        services.progress.ring(topic)
        await until(lambda: is_out(tab))
        for watcher in loading.children:
            watcher.cancel()
        await until(lambda: not is_out(tab))


async def test_a_publish_is_watched_to_its_end_although_the_database_was_away(
    tab: Tab, services: Container, postgres: str, database: str, work: Work
) -> None:
    join(tab, versions=1)
    await tab.fire(PublishState.publish, path=PATH)
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    with nobody_may_connect(postgres, database):
        services.progress.ring(deployment_topic(UUID(tab.seen("latest")[-1].id)))
        await until(lambda: is_out(tab))
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("has_just_ended")[-1:] == [True])


async def test_my_apps_outlast_the_database(tab: Tab, postgres: str, database: str, work: Work) -> None:
    join(tab)
    await do(tab, ChatState.send, text="a habit tracker")
    await tab.fire(StudioState.load)
    await until(lambda: tab.seen("found") != [])
    with nobody_may_connect(postgres, database):
        await until(lambda: is_out(tab))
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("found")[-1][0].state == "draft")


async def test_a_bug_is_no_outage(tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise NotImplementedError

    caught: list[Exception] = []
    monkeypatch.setattr(tab.processor, "backend_exception_handler", caught.append)
    join(tab)
    await open_editor(tab)
    monkeypatch.setattr("overskill.state.editor.view_editor", broken)
    services.progress.ring(app_topic(app().id))
    await until(lambda: [type(error) for error in caught] == [NotImplementedError])
    assert not is_out(tab)
