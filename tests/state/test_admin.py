"""The desk is an admin's: nothing of it is shown to, or done for, anybody else."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_type_hints
from uuid import uuid4

import pytest
import reflex as rx

from overskill import state
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound, SignInRequired
from overskill.models import Alert, Deployment, DeploymentStatus, GenerationStatus, User, utc_now
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.admin.costs import refresh_stats
from overskill.state.admin import OverviewState
from overskill.state.admin_costs import CostsState
from tests.conftest import Tab
from tests.factories import make_app, make_generation, make_user
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


def admin_handlers() -> Iterator[Any]:
    """Of every state in a module of the desk."""
    for module in pkgutil.iter_modules(state.__path__):
        if module.name.startswith("admin"):
            found = vars(importlib.import_module(f"{state.__name__}.{module.name}"))
            for kind in found.values():
                if isinstance(kind, type) and issubclass(kind, rx.State) and kind.__module__.endswith(module.name):
                    for name, handler in kind.event_handlers.items():
                        if name in vars(kind) and name != "setvar":  # Reflex's own: see test_arguments.py
                            yield pytest.param(handler, id=f"{kind.__name__}.{name}")


HANDLERS = list(admin_handlers())


def arguments_of(handler: Any) -> dict[str, Any]:
    """Something that fits what the handler declares."""
    hints = {name: hint for name, hint in get_type_hints(handler.fn).items() if name != "return"}
    fitting: dict[Any, Any] = {str: str(uuid4()), int: 1, bool: True, dict[str, str]: {"reason": "Because."}}
    return {name: fitting[hint] for name, hint in hints.items()}


def sign_in(tab: Tab, *, is_admin: bool) -> User:
    with transaction() as session:
        user = make_user(session, is_admin=is_admin)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
    return user


@pytest.mark.parametrize("handler", HANDLERS)
async def test_every_handler_refuses_who_is_no_admin(tab: Tab, handler: Any) -> None:
    """A page that loads says that nothing is there; whatever else is called is refused."""
    sign_in(tab, is_admin=False)
    if handler.fn.__name__ == "load":
        await tab.do(handler)
        assert tab.seen("standing") == ["no"]
        assert not tab.seen("is_loaded")[1:]  # but the session's own
    else:
        with pytest.raises(NotFound, match="There is nothing at this address"):
            await tab.do(handler, **arguments_of(handler))


@pytest.mark.parametrize("handler", HANDLERS)
async def test_every_handler_refuses_a_stranger(tab: Tab, handler: Any) -> None:
    if handler.fn.__name__ == "load":
        await tab.do(handler)
        assert tab.seen("standing") == ["no"]
    else:
        with pytest.raises(SignInRequired):
            await tab.do(handler, **arguments_of(handler))


async def test_who_is_no_admin_any_more_is_refused_at_once(tab: Tab) -> None:
    user = sign_in(tab, is_admin=True)
    await tab.do(OverviewState.load)
    with transaction() as session:
        session.get_one(User, user.id).is_admin = False
    with pytest.raises(NotFound):
        await tab.do(OverviewState.choose_range, name="30d")


async def test_the_overview_counts_a_range_against_the_one_before(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        app = make_app(session, make_user(session))
        for days, status in ((1, "succeeded"), (2, "failed"), (2, "succeeded"), (9, "succeeded")):
            turn = make_generation(session, app, status=GenerationStatus(status))
            turn.created_at = turn.started_at = utc_now() - timedelta(days=days)
            turn.finished_at = turn.started_at + timedelta(seconds=30)
            turn.cost_micro = 1_500_000
            turn.usage = {"build": {"model": "swift-1", "cost_micro": 1_500_000}}
    await tab.do(OverviewState.load)
    tiles = {tile.name: (tile.value, tile.change, tile.is_better) for tile in tab.seen("tiles")[-1]}
    assert tiles["Generations"] == ("3", "+200 %", True)
    assert tiles["Succeeded"] == ("67 %", "−33 %", False)
    assert tiles["Time of a turn"] == ("30 s", "±0 %", True)
    assert tiles["Model cost"] == ("$4.50", "+200 %", False)
    (model,) = tab.seen("models")[-1]
    assert (model.model, model.cost, model.note) == ("swift-1", "$4.50", "3 turns")
    assert sum(row["succeeded"] for row in tab.seen("rows")[-1]) == 2


async def test_the_overview_runs_few_queries(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with counted_queries() as sent:
        await tab.do(OverviewState.load)
    assert sent.count <= MOST_OF_A_PAGE, sent


async def test_why_a_publish_failed_is_one_click_away(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        app = make_app(session, make_user(session), versions=1)
        row = Deployment(app_id=app.id, user_id=app.creator_id, version=1, status=DeploymentStatus.FAILED)
        row.error, row.log = "It is too large.", [{"text": "Building version 1", "at": 0.5}]
        session.add(row)
    await tab.do(OverviewState.load)
    (failure,) = tab.seen("failures")[-1]
    assert (failure.app, failure.error) == ("Habits", "It is too large.")
    await tab.do(OverviewState.open_log, deployment_id=failure.id)
    assert "Building version 1" in tab.seen("log")[-1]


async def test_the_app_that_cost_most_yesterday_comes_first(tab: Tab, services: Container) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        owner = make_user(session, email="ada@example.com")
        for name, cost in (("Cheap", 10_000), ("Dear", 2_000_000)):
            turn = make_generation(session, make_app(session, owner, name=name), status=GenerationStatus.SUCCEEDED)
            turn.created_at, turn.cost_micro = utc_now() - timedelta(days=1), cost
        today = make_generation(session, make_app(session, owner, name="Today"))
        today.cost_micro = 9_000_000
    refresh_stats()
    await tab.do(CostsState.load)
    assert [(row.app, row.cost) for row in tab.seen("rows")[-1]] == [("Dear", "$2.00"), ("Cheap", "$0.01")]
    assert tab.seen("total")[-1] == "$2.01"


async def test_an_alert_stays_until_it_is_over_and_says_who_cares(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    with transaction() as session:
        session.add(Alert(name="cpu", value=93, limit=70))
    await tab.do(OverviewState.load)
    (alert,) = tab.seen("alerts")[-1]
    assert "93 %" in alert.words
    await tab.do(OverviewState.see_alert, alert_id=alert.id)
    assert [each.seen_by for each in tab.seen("alerts")[-1]] == ["Ada Lovelace"]


async def test_an_admin_is_shown_the_desk(tab: Tab) -> None:
    sign_in(tab, is_admin=True)
    await tab.do(OverviewState.load)
    assert tab.seen("standing") == ["yes"]
