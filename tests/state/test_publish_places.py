"""The publish tab: three environments, what waits, what is tried, how each is served, who came."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlmodel import select

from overskill import db
from overskill.clients.edge_routes import FakeRoutes
from overskill.clients.edge_usage import Counts, FakeUsage, UsageTotals
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import InvalidInput, NotAllowed, NotFound
from overskill.models import App, Deployment, DeploymentStatus, Membership, Role, VersionCause, utc_now
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.apps import save_version
from overskill.services.deployments.usage import keep_usage
from overskill.services.deployments.view import HISTORY
from overskill.state.publish import PublishState
from overskill.state.serving import ServingState
from overskill.state.traffic import TrafficState
from tests.conftest import Tab
from tests.factories import make_user
from tests.state.studio_tab import PATH, do, join, join_as_stranger, open_editor
from tests.support_waiting import until

Work = Callable[[], int]
FORM: dict[str, Any] = {"maintenance": "", "rate": "", "max_body": "", "egress": ""}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a key, so that secrets can be kept."""
    return settings.model_copy(update={"secret_key": SecretStr("k" * 40)})


def place(tab: Tab) -> Any:
    return tab.seen("place")[-1]


def waiting(tab: Tab) -> Any:
    return (tab.seen("waiting") or [[]])[-1]


def one_more_version() -> None:
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        save_version(session, app, note="Greener", cause=VersionCause.EDIT, author_id=app.creator_id)


def become(tab: Tab, role: Role) -> None:
    """Somebody else of the app's team."""
    with db.transaction() as session:
        app, user = session.exec(select(App)).one(), make_user(session, name="Grace")
        session.add(Membership(team_id=app.team_id, user_id=user.id, role=role))
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


async def publish(tab: Tab, work: Work) -> None:
    await tab.fire(PublishState.publish, path=PATH)
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("is_busy")[-1] is False and place(tab).is_live)


async def test_a_version_goes_to_staging_and_from_there_to_production(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await do(tab, PublishState.choose_environment, environment="staging")
    assert place(tab).short_address == "staging--habits.localhost:8787"
    await publish(tab, work)
    assert tab.seen("latest")[-1].place == "Staging"

    await do(tab, PublishState.choose_environment, environment="production")
    await until(lambda: (place(tab).next_from, place(tab).next_version) == ("staging", 1))
    await tab.fire(PublishState.promote, path=PATH)
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("live_version")[-1:] == [1] and tab.seen("is_busy")[-1] is False)
    await until(lambda: tab.seen("history")[-1][0].moved_from == "staging")
    await until(lambda: len(tab.seen("times")[-1]) == 2)


async def test_what_is_live_is_given_changed_variables_with_one_click(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await publish(tab, work)
    await until(lambda: tab.seen("live_places")[-1] == ["production"])
    await tab.fire(PublishState.apply_variables, path=PATH, environment="production")
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    await asyncio.to_thread(work)
    await until(lambda: [card.words for card in tab.seen("history")[-1]] == ["Published", "Published"])
    assert tab.seen("history")[-1][0].moved_from == ""


async def test_the_tab_opens_where_was_published_last(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await do(tab, PublishState.choose_environment, environment="staging")
    await publish(tab, work)
    other = Tab(tab.processor, tab.cookie, deltas=tab.deltas, events=tab.events, errors=tab.errors)
    await open_editor(other)
    await until(lambda: tab.seen("environment")[-1] == "staging")


async def test_the_history_can_be_of_one_environment(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await publish(tab, work)
    await do(tab, PublishState.show_history, place="staging")
    assert tab.seen("shown_history")[-1] == []
    await do(tab, PublishState.show_history, place="nonsense")
    assert len(tab.seen("shown_history")[-1]) == 1


async def test_earlier_publishes_are_shown_when_they_are_asked_for_and_stay(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        facts = {"app_id": app.id, "user_id": app.creator_id, "version": 1, "status": DeploymentStatus.FAILED}
        session.add_all([Deployment(**facts) for _ in range(HISTORY + 2)])
    await open_editor(tab)
    assert (len(tab.seen("shown_history")[-1]), tab.seen("has_earlier")[-1]) == (HISTORY, True)
    await do(tab, PublishState.show_earlier)
    assert (len(tab.seen("shown_history")[-1]), tab.seen("has_earlier")[-1]) == (HISTORY + 2, False)
    await publish(tab, work)
    await until(lambda: len({card.id for card in tab.seen("shown_history")[-1]}) == HISTORY + 3)


async def test_a_publish_is_cancelled_and_tried_again(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await tab.fire(PublishState.publish, path=PATH)
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    key = tab.seen("latest")[-1].id
    await do(tab, PublishState.cancel, deployment_id=key)
    await until(lambda: tab.seen("latest")[-1].status == "cancelled" and tab.seen("is_busy")[-1] is False)
    assert tab.seen("latest")[-1].can_retry
    await tab.fire(PublishState.retry, path=PATH, deployment_id=key)
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("is_live")[-1:] == [True])


async def test_an_editor_asks_and_the_owner_approves(tab: Tab, work: Work) -> None:
    join(tab, versions=1)
    owner = tab.cookie
    await open_editor(tab)
    await do(tab, ServingState.save, form=FORM | {"is_protected": "on"})
    await until(lambda: place(tab).is_protected)
    become(tab, Role.EDITOR)
    await do(tab, PublishState.publish)
    await until(lambda: [card.who for card in waiting(tab)] == ["Grace"])
    key = waiting(tab)[0].id
    with pytest.raises(NotAllowed):
        await do(tab, PublishState.approve, deployment_id=key)
    tab.cookie = owner
    await tab.fire(PublishState.approve, path=PATH, deployment_id=key)
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    await asyncio.to_thread(work)
    await until(lambda: tab.seen("is_live")[-1:] == [True] and waiting(tab) == [])


async def test_the_owner_declines(tab: Tab) -> None:
    join(tab, versions=1)
    owner = tab.cookie
    await open_editor(tab)
    await do(tab, ServingState.save, form=FORM | {"is_protected": "on"})
    become(tab, Role.EDITOR)
    await do(tab, PublishState.publish)
    await until(lambda: len(waiting(tab)) == 1)
    tab.cookie = owner
    await do(tab, PublishState.decline, deployment_id=waiting(tab)[0].id)
    await until(lambda: waiting(tab) == [])
    assert tab.seen("history")[-1][0].error.startswith("Ada Lovelace declined it")


async def test_a_trial_is_followed_by_its_counts_and_ended_by_hand(tab: Tab, services: Container, work: Work) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await publish(tab, work)
    one_more_version()
    await do(tab, PublishState.choose_share, share="25")
    await tab.fire(PublishState.publish, path=PATH)
    await until(lambda: tab.seen("is_busy")[-1:] == [True])
    await asyncio.to_thread(work)
    await until(lambda: (place(tab).trial_version, place(tab).trial_percent) == (2, 25))
    assert tab.seen("live_version")[-1] == 1

    assert isinstance(services.usage, FakeUsage)
    counted = UsageTotals(Counts(requests=30, errors=3, milliseconds=300), Counts(requests=10))
    services.usage.add(utc_now(), "production", "habits", counted)
    await tab.fire(TrafficState.load, path=PATH)
    await until(lambda: bool(tab.seen("stable")) and tab.seen("stable")[-1].rate == "10.0%")
    assert (tab.seen("stable")[-1].speed, tab.seen("canary")[-1].requests) == ("10 ms", "10")
    assert tab.seen("trial_words")[-1] == "40 more requests until it can be judged"

    await do(tab, PublishState.end_trial, is_good=True)
    await until(lambda: tab.seen("live_version")[-1] == 2 and place(tab).trial_id == "")


async def test_visits_are_shown_day_by_day(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    assert isinstance(services.usage, FakeUsage)
    services.usage.add(utc_now(), "production", "habits", UsageTotals(Counts(requests=1200, errors=12)))
    keep_usage(services.usage)
    await do(tab, TrafficState.load)
    assert tab.seen("words")[-1] == "1,200 requests, 12 errors in two weeks"
    assert [(day.height, day.error_height) for day in tab.seen("days")[-1][-2:]] == [(0.0, 0.0), (100.0, 2.0)]


async def test_how_an_environment_is_served_is_saved_or_refused_at_its_input(tab: Tab, services: Container) -> None:
    join(tab, versions=1)
    await open_editor(tab)
    await do(tab, PublishState.choose_environment, environment="preview")
    await do(tab, ServingState.save, form=FORM | {"rate": "many"})
    assert (tab.seen("refused")[-1], tab.seen("refusal")[-1]) == (
        "rate",
        "Write a whole number, or leave it empty.",
    )
    await do(tab, ServingState.save, form=FORM | {"is_private": "on", "rate": "20", "egress": "api.example.com"})
    await until(lambda: place(tab).is_private)
    assert (place(tab).rate, place(tab).egress, tab.seen("refused")[-1]) == ("20", "api.example.com", "")
    assert isinstance(services.routes, FakeRoutes)
    before = services.routes.apps["preview", "habits"]
    assert before.private
    await do(tab, ServingState.copy_link, hours=24)
    await do(tab, ServingState.end_links)
    assert services.routes.apps["preview", "habits"].access_key != before.access_key


async def test_there_is_no_such_environment(tab: Tab) -> None:
    join(tab, versions=1)
    with pytest.raises(InvalidInput):
        await do(tab, PublishState.choose_environment, environment="moon")


KEY = str(uuid4())


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        (PublishState.cancel, {"deployment_id": KEY}),
        (PublishState.retry, {"deployment_id": KEY}),
        (PublishState.approve, {"deployment_id": KEY}),
        (PublishState.decline, {"deployment_id": KEY}),
        (PublishState.put_back, {"deployment_id": KEY}),
        (TrafficState.load, {}),
        (ServingState.save, {"form": FORM}),
        (ServingState.copy_link, {"hours": 24}),
        (ServingState.end_links, {}),
    ],
    ids=lambda value: getattr(getattr(value, "fn", None), "__qualname__", ""),
)
async def test_a_stranger_does_nothing(tab: Tab, handler: Any, arguments: dict[str, Any]) -> None:
    join(tab, versions=1)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await do(tab, handler, **arguments)
