import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.errors import NotFound, OverskillError, SignInRequired
from overskill.models import App, AppStatus
from overskill.state.chat import ChatState
from overskill.state.publish import PublishState
from overskill.state.studio import AppCard, StudioState
from tests.conftest import Tab
from tests.state.studio_tab import PATH, SLUG, do, go_live, join, join_as_stranger
from tests.support_waiting import until

Work = Callable[[], int]


def shown(tab: Tab) -> list[AppCard]:
    return list(tab.seen("found")[-1])


def names(tab: Tab) -> list[str]:
    return [app.name for app in shown(tab)]


def status() -> AppStatus:
    with db.transaction() as session:
        return session.exec(select(App).where(App.slug == SLUG)).one().status


async def test_my_apps_are_listed_with_how_they_stand(tab: Tab, services: Container, work: Work) -> None:
    join(tab, versions=1)
    await tab.do(StudioState.load)
    assert [(app.name, app.state) for app in shown(tab)] == [("Habits", "draft")]
    await tab.fire(PublishState.publish, path=PATH)
    assert isinstance(services.queue, FakeJobQueue)
    queue = services.queue
    await until(lambda: queue.enqueued != [])
    await asyncio.to_thread(work)
    await tab.do(StudioState.load)
    assert shown(tab)[0].state == "live"


async def test_an_app_that_is_being_written_is_looked_at_again(
    tab: Tab, services: Container, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overskill.state.studio.LOOK_AGAIN_SECONDS", 0.02)
    join(tab)
    await do(tab, ChatState.send, text="a habit tracker")
    await tab.fire(StudioState.load)
    await until(lambda: tab.seen("found") != [] and shown(tab)[0].state == "working")
    await asyncio.to_thread(work)
    await until(lambda: shown(tab)[0].state == "draft")


async def test_searching_looks_at_names_and_first_messages(tab: Tab) -> None:
    join(tab)
    await tab.do(StudioState.load)
    await tab.do(StudioState.search, query="HAB called")
    assert names(tab) == ["Habits"]
    await tab.do(StudioState.search, query="kanban")
    assert names(tab) == []


async def test_an_app_is_renamed(tab: Tab) -> None:
    join(tab)
    await tab.do(StudioState.load)
    await tab.do(StudioState.ask_name, slug=SLUG)
    await tab.do(StudioState.rename, form={"name": "Streaky"})
    assert names(tab) == ["Streaky"]
    assert tab.seen("renaming")[-1].slug == ""


async def test_an_app_is_copied(tab: Tab) -> None:
    join(tab, versions=1)
    await tab.do(StudioState.load)
    await tab.do(StudioState.duplicate, slug=SLUG)
    assert sorted(names(tab)) == ["Habits", "Habits copy"]


async def test_an_archived_app_is_out_of_the_way_until_it_is_brought_back(tab: Tab) -> None:
    join(tab)
    await tab.do(StudioState.load)
    await tab.do(StudioState.archive, slug=SLUG)
    assert names(tab) == []
    await tab.do(StudioState.show, status="archived")
    assert names(tab) == ["Habits"]
    await tab.do(StudioState.bring_back, slug=SLUG)
    assert status() is AppStatus.ACTIVE


async def test_deleting_asks_first_and_can_be_undone(tab: Tab) -> None:
    join(tab)
    await tab.do(StudioState.load)
    await tab.do(StudioState.ask_delete, slug=SLUG)
    assert tab.seen("deleting")[-1].name == "Habits"
    assert status() is AppStatus.ACTIVE

    await tab.do(StudioState.delete)
    assert status() is AppStatus.DELETED
    await tab.do(StudioState.show, status="deleted")
    assert shown(tab)[0].days_left == 30

    await tab.do(StudioState.bring_back, slug=SLUG)
    assert status() is AppStatus.ACTIVE


async def test_a_deleted_app_that_is_still_at_its_address_is_told_of(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    go_live(services, is_edge_down=True)
    await tab.do(StudioState.load)
    await tab.do(StudioState.ask_delete, slug=SLUG)
    await tab.do(StudioState.delete)
    assert status() is AppStatus.DELETED
    assert "was deleted. The edge does not answer" in str(tab.events)


async def test_deleting_without_having_been_asked_deletes_nothing(tab: Tab) -> None:
    join(tab)
    with pytest.raises(NotFound):
        await tab.do(StudioState.delete)
    assert status() is AppStatus.ACTIVE


@pytest.mark.parametrize("handler", [StudioState.duplicate, StudioState.archive, StudioState.bring_back])
async def test_a_stranger_can_not_touch_an_app(tab: Tab, handler: Any) -> None:
    join(tab)
    join_as_stranger(tab)
    with pytest.raises(OverskillError):
        await tab.do(handler, slug=SLUG)
    assert status() is AppStatus.ACTIVE


async def test_a_visitor_is_sent_to_sign_in(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await tab.do(StudioState.load)
