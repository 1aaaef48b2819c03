import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import BuildFailed, FakeBundler, Finding
from overskill.container import Container
from overskill.errors import Conflict, NotFound
from overskill.models import App, VersionCause
from overskill.services.apps import save_version
from overskill.services.generation import app_topic
from overskill.services.studio import view_editor
from overskill.state.publish import PublishState, show_publishing
from tests.conftest import Tab
from tests.state.studio_tab import do, join, join_as_stranger, open_editor
from tests.support_waiting import PATIENCE_SECONDS, until

Work = Callable[[], int]


async def publish(tab: Tab, work: Work) -> None:
    await tab.fire(PublishState.publish, path="/studio/habits")
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("is_busy")[-1] is False)


async def test_publishing_is_watched_step_by_step_until_it_is_live(tab: Tab, services: Container, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)

    await publish(tab, work)

    await until(lambda: tab.seen("is_live")[-1:] == [True] and tab.seen("latest")[-1].status == "deployed")
    latest = tab.seen("latest")[-1]
    assert (latest.version, latest.percent) == (1, 100)
    assert latest.steps[0] == "Checking version 1 for unsafe code"
    assert latest.steps[1].startswith("Building version 1")
    assert latest.steps[-1] == f"Live at {services.settings.app_address('habits')}"
    assert tab.seen("live_url")[-1] == services.settings.app_address("habits")
    assert tab.seen("has_just_ended")[-1] is True


async def test_a_failed_publish_says_why(
    tab: Tab, services: Container, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object, **_choices: object) -> None:
        raise BuildFailed("src/App.tsx:1: Unexpected end of file.", ())

    assert isinstance(services.bundler, FakeBundler)
    monkeypatch.setattr(services.bundler, "build", broken)
    join(tab, versions=1)
    await open_editor(tab)
    await publish(tab, work)
    latest = tab.seen("latest")[-1]
    assert (latest.status, latest.error) == ("failed", "src/App.tsx:1: Unexpected end of file.")


async def test_an_app_without_a_version_can_not_be_published(tab: Tab) -> None:
    join(tab)
    with pytest.raises(Conflict):
        await do(tab, PublishState.publish)
    assert tab.seen("is_busy") == []


async def test_the_publish_before_is_one_click_away(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await publish(tab, work)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        save_version(session, app, note="Greener", cause=VersionCause.EDIT, author_id=app.creator_id)
    await publish(tab, work)
    await until(lambda: tab.seen("place")[-1].previous_version == 1)

    await do(tab, PublishState.take_back)

    await until(lambda: tab.seen("live_version")[-1] == 1)
    assert tab.seen("has_changes")[-1] is True
    assert [row.words for row in tab.seen("history")[-1]] == ["Taken back", "Published"]


async def test_what_was_read_before_a_publish_does_not_end_it(
    tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    has_read, may_go_on, shown = threading.Event(), threading.Event(), []

    def read_slowly(*asked: Any, **how: Any) -> Any:
        view = view_editor(*asked, **how)
        has_read.set()
        assert may_go_on.wait(PATIENCE_SECONDS)
        return view

    def show(state: PublishState, *what: Any) -> bool:
        shown.append(show_publishing(state, *what))
        return shown[-1]

    monkeypatch.setattr("overskill.state.editor.view_editor", read_slowly)
    monkeypatch.setattr("overskill.state.editor.show_publishing", show)
    with db.transaction() as session:
        services.progress.ring(app_topic(session.exec(select(App.id)).one()))
    await until(has_read.is_set)

    await tab.fire(PublishState.publish, path="/studio/habits")
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    may_go_on.set()
    await until(lambda: len(shown) > 0)

    assert tab.seen("is_busy")[-1] is True
    assert tab.seen("latest")[-1].status == "pending"


async def test_an_app_is_kept_out_of_the_gallery_and_shown_there_again(tab: Tab) -> None:
    join(tab, versions=1)
    for is_shown in (False, True):
        await do(tab, PublishState.choose_gallery, is_shown=is_shown)
        assert tab.seen("in_gallery")[-1] is is_shown
        with db.transaction() as session:
            assert session.exec(select(App.in_gallery)).one() is is_shown


async def test_a_stranger_can_not_choose_what_the_gallery_shows(tab: Tab) -> None:
    join(tab, versions=1)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, PublishState.choose_gallery, is_shown=False)


@pytest.mark.parametrize("handler", [PublishState.publish, PublishState.take_back])
async def test_a_stranger_can_not_publish(tab: Tab, handler: Any) -> None:
    join(tab, versions=1)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, handler)


EVAL = Finding("eval", "critical", "src/App.tsx", 3, 1, "eval runs text as code.", "Write the code itself.")
LINK = Finding("blank-target", "low", "src/Links.tsx", 7, 1, "A link opens a new tab.", "Add rel.")


def scanned(services: Container, *findings: Finding) -> None:
    assert isinstance(services.bundler, FakeBundler)
    services.bundler.findings = findings


async def test_what_is_unsafe_is_listed_with_its_place_and_stops_the_publish(
    tab: Tab, services: Container, work: Work
) -> None:
    scanned(services, EVAL, LINK)
    join(tab, versions=1)
    await open_editor(tab)
    assert tab.seen("scan")[-1:] in ([], [""])
    await publish(tab, work)
    await until(lambda: tab.seen("scan")[-1:] == ["blocked"])
    assert tab.seen("latest")[-1].status == "failed"
    assert tab.seen("findings_words")[-1] == "1 critical · 1 low"
    assert [(row.words, row.place) for row in tab.seen("findings")[-1]] == [
        ("Critical", "src/App.tsx:3"),
        ("Low", "src/Links.tsx:7"),
    ]
    assert "src/App.tsx, line 3 (critical)" in tab.seen("fix_request")[-1]


async def test_a_version_without_findings_says_so(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await publish(tab, work)
    await until(lambda: tab.seen("scan")[-1:] == ["clean"])
    await until(lambda: tab.seen("is_live")[-1:] == [True])


async def test_findings_that_are_not_critical_are_shown_and_published(
    tab: Tab, services: Container, work: Work
) -> None:
    scanned(services, *[LINK] * 23)
    join(tab, versions=1)
    await open_editor(tab)
    await publish(tab, work)
    await until(lambda: tab.seen("scan")[-1:] == ["found"])
    assert len(tab.seen("findings")[-1]) == 20
    assert tab.seen("more_findings")[-1] == "And 3 more findings."
    await until(lambda: tab.seen("is_live")[-1:] == [True])
