"""Two who change one app at once, in the order in which each takes its locks."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from overskill import db
from overskill.db import run, transaction
from overskill.models import App, AppStatus
from overskill.services.deployments.serving import Serving, serving_of
from overskill.services.studio import delete
from overskill.services.studio_publish import change_serving
from tests.services.deployments.conftest import STAGING, Published
from tests.services.deployments.test_switch import during, save_at_once
from tests.support_waiting import PATIENCE_SECONDS

WANTED = Serving(maintenance="Back at noon", is_private=True)


@contextmanager
def at_statement(moment: str, words: tuple[str, ...], act: Callable[[], object]) -> Iterator[None]:
    """Each time that a statement with these words is about to be, or was, executed."""

    def heard(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if all(word in statement for word in words):
            act()

    event.listen(db.engine(), moment, heard)
    yield
    event.remove(db.engine(), moment, heard)


def chooses(published: Published, wanted: Serving = WANTED) -> None:
    services = published.services
    run(
        change_serving,
        published.owner.id,
        published.slug,
        "staging",
        wanted,
        routes=services.routes,
        log=services.progress,
        settings=services.settings,
    )


@pytest.mark.parametrize("wanted", [WANTED, Serving()], ids=["first", "later"])
def test_saves_do_not_wait_for_an_edge_that_is_told_how_an_app_is_served(
    published: Published, monkeypatch: pytest.MonkeyPatch, wanted: Serving
) -> None:
    if wanted != WANTED:
        chooses(published)
    looked: list[None] = []
    during(monkeypatch, published.routes, "app", lambda: save_at_once(published))
    during(monkeypatch, published.routes, "app", lambda: looked.append(None))
    chooses(published, wanted)
    assert len(looked) == 1
    with transaction() as session:
        assert serving_of(session, published.app_id, STAGING) == wanted


def test_the_first_settings_of_an_app_and_its_end_do_not_wait_for_each_other(published: Published) -> None:
    published.publishes(STAGING)
    services = published.services
    is_writing, is_ending = threading.Event(), threading.Event()

    def wait_for_the_end() -> None:
        is_writing.set()
        assert is_ending.wait(PATIENCE_SECONDS)

    def end() -> bool:
        assert is_writing.wait(PATIENCE_SECONDS)
        return delete(published.owner.id, published.slug, services.publisher, shares=services.shares)

    row_is_taken = at_statement("after_cursor_execute", ("FROM apps", "FOR UPDATE"), is_ending.set)
    row_is_written = at_statement("before_cursor_execute", ("INSERT INTO app_environments",), wait_for_the_end)
    with row_is_taken, row_is_written, ThreadPoolExecutor(2) as pool:
        chosen, ended = pool.submit(chooses, published), pool.submit(end)
        chosen.result(PATIENCE_SECONDS)
        assert ended.result(PATIENCE_SECONDS)
    with transaction() as session:
        assert session.get_one(App, published.app_id).status is AppStatus.DELETED
        assert serving_of(session, published.app_id, STAGING) == WANTED
    assert published.live(STAGING) is None
