from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.edge_routes import AppRoute, new_access_key
from overskill.clients.github import FakeCodeHost
from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import InvalidInput, NotFound
from overskill.models import App, DeploymentEnvironment, Repository
from overskill.services.repositories import connect
from overskill.services.repositories.branch_previews import keep, place_of
from overskill.services.repositories.connect import SYNC_JOB
from overskill.services.repositories.publishing import PUBLISHING_JOB, SECRET
from overskill.state.repository import RepositoryState
from tests.conftest import Tab
from tests.state.studio_tab import do, join, join_as_stranger
from tests.support_waiting import until


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    names = ("SLUG", "PRIVATE_KEY")
    github = {f"GITHUB_APP_{name}" if name == "SLUG" else f"GITHUB_{name}": "x" for name in names}
    more = dict.fromkeys(("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "GITHUB_WEBHOOK_SECRET"), "x")
    return Settings.model_validate({"OVERSKILL_HOME": tmp_path / "home", "GITHUB_APP_ID": "42", **github, **more})


def connected(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    assert isinstance(services.code_host, FakeCodeHost)
    host = services.code_host
    made = host.create("ada", host.installed[0], "habits", is_private=True, description="")
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        connect(session, app, app.creator_id, made, queue=services.queue)
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued.clear()


def asked(services: Container) -> list[tuple[str, ...]]:
    assert isinstance(services.queue, FakeJobQueue)
    return [ids[1:] for job, ids, _ in services.queue.enqueued if job == SYNC_JOB]


async def test_an_app_without_a_repository_offers_one(tab: Tab) -> None:
    join(tab)
    await do(tab, RepositoryState.load)
    assert (tab.seen("is_offered")[-1], tab.seen("slug")[-1]) == (True, "habits")
    assert tab.seen("full_name") == []


async def test_a_repository_says_what_is_not_there_yet(tab: Tab, services: Container) -> None:
    connected(tab, services)
    await do(tab, RepositoryState.load)
    assert (tab.seen("full_name")[-1], tab.seen("waiting")[-1]) == ("ada/habits", 1)
    assert tab.seen("url")[-1] == "https://github.com/ada/habits"


async def test_both_are_brought_together_at_once_or_as_somebody_chose(tab: Tab, services: Container) -> None:
    connected(tab, services)
    await do(tab, RepositoryState.sync)
    await do(tab, RepositoryState.settle, keep="theirs")
    assert asked(services) == [(), ("theirs",)]
    with pytest.raises(InvalidInput):
        await do(tab, RepositoryState.settle, keep="everything")


async def test_it_can_be_paused_resumed_and_left(tab: Tab, services: Container) -> None:
    connected(tab, services)
    await do(tab, RepositoryState.set_paused, is_paused=True)
    assert tab.seen("is_paused")[-1] is True
    await do(tab, RepositoryState.set_paused, is_paused=False)
    assert asked(services) == [()]
    await do(tab, RepositoryState.leave)
    with db.transaction() as session:
        assert session.exec(select(Repository)).all() == []


@pytest.mark.parametrize("handler", ["load", "sync", "leave"])
async def test_a_stranger_sees_and_does_nothing(tab: Tab, services: Container, handler: str) -> None:
    connected(tab, services)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, getattr(RepositoryState, handler))
    assert asked(services) == []


async def test_publishing_from_github_is_shown_as_it_is_there_and_chosen_here(tab: Tab, services: Container) -> None:
    connected(tab, services)
    await do(tab, RepositoryState.load)
    await until(lambda: tab.seen("publishing")[-1:] == ["off"])
    await do(tab, RepositoryState.publish_from_github, is_on=True)
    assert tab.seen("switching_to")[-1] == "on"
    assert isinstance(services.queue, FakeJobQueue)
    assert [(job, ids[1]) for job, ids, _ in services.queue.enqueued] == [(PUBLISHING_JOB, "on")]
    assert isinstance(services.code_host, FakeCodeHost)
    services.code_host.secrets["ada/habits", SECRET] = "token"
    await do(tab, RepositoryState.follow)
    await until(lambda: tab.seen("publishing")[-1:] == ["on"])
    assert tab.seen("switching_to")[-1] == ""


async def test_an_instance_that_github_can_not_reach_says_so(tab: Tab, services: Container) -> None:
    connected(tab, services)
    await do(tab, RepositoryState.load)
    assert "can't reach" in tab.seen("unreachable")[-1]


async def see_preview(tab: Tab, services: Container, **guard: Any) -> Any:
    """What is listed of a pull request's preview, which the edge guards so."""
    connected(tab, services)
    with db.transaction() as session:
        row = session.exec(select(Repository)).one()
        app = session.get_one(App, row.app_id)
    preview = replace(
        place_of(app, row.id, "pr-3", DeploymentEnvironment.PREVIEW), commit="a" * 40, url="http://x.test"
    )
    keep(preview, services.redis)
    services.routes.put_app("preview", preview.script, AppRoute(app_id=str(app.id), **guard))
    await do(tab, RepositoryState.load)
    await until(lambda: len(tab.seen("previews")) > 0)
    (shown,) = tab.seen("previews")[-1]
    return shown


async def test_previews_of_pull_requests_are_listed_and_a_private_one_opens(tab: Tab, services: Container) -> None:
    shown = await see_preview(tab, services, private=True, access_key=new_access_key())
    assert (shown.label, shown.commit) == ("#3", "aaaaaaa")
    assert shown.url.startswith("http://x.test/?access=")


async def test_the_preview_of_an_app_that_is_sold_opens_by_way_of_the_library(tab: Tab, services: Container) -> None:
    shown = await see_preview(tab, services, entitlement_key=new_access_key(), listing="habits")
    assert shown.url == f"{services.settings.site_url}/library/open/habits?place=preview&beside=pr-3"


async def test_the_branch_staging_ahead_of_the_app_is_told_apart_from_pull_requests(
    tab: Tab, services: Container
) -> None:
    connected(tab, services)
    with db.transaction() as session:
        row = session.exec(select(Repository)).one()
        app = session.get_one(App, row.app_id)
    for label in ("branch", "pr-3"):
        keep(place_of(app, row.id, label, DeploymentEnvironment.STAGING), services.redis)
    await do(tab, RepositoryState.load)
    await until(lambda: len(tab.seen("previews")) > 0)
    assert [(each.label, each.is_branch) for each in tab.seen("previews")[-1]] == [("#3", False), ("staging", True)]


async def test_a_stranger_does_not_publish_from_github(tab: Tab, services: Container) -> None:
    connected(tab, services)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, RepositoryState.publish_from_github, is_on=True)


async def test_github_is_asked_only_for_who_was_just_found_to_be_allowed(tab: Tab, services: Container) -> None:
    connected(tab, services)
    await do(tab, RepositoryState.load)
    await until(lambda: tab.seen("publishing")[-1:] == ["off"])
    assert isinstance(services.code_host, FakeCodeHost)
    services.code_host.secrets["ada/habits", SECRET] = "token"
    await do(tab, RepositoryState.look_at_github)  # by a browser of its own accord: nobody looked whose it is
    assert tab.seen("publishing")[-1] == "off"
