"""What holds while the edge is asked to switch, and when the process that asked is gone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from overskill.db import transaction
from overskill.errors import Unavailable
from overskill.models import App, Deployment
from overskill.services.deployments import switch, switch_lock
from overskill.services.deployments.sweep import MOST_ATTEMPTS
from overskill.services.deployments.switch_lock import lock_switch
from overskill.services.studio_publish import end_trial_by_hand, put_back
from tests.services.deployments.conftest import PRODUCTION, Published
from tests.services.deployments.test_faults import AWAY, WorkerKilled, begin, fails, is_dead, sweep


def during(monkeypatch: pytest.MonkeyPatch, client: object, call: str, look: Callable[[], None]) -> None:
    """Look at something while this call is made."""
    real: Callable[..., Any] = getattr(client, call)

    def made(*given: Any, **named: Any) -> Any:
        look()
        return real(*given, **named)

    monkeypatch.setattr(client, call, made)


def save_at_once(published: Published, *deployments: UUID) -> None:
    """As a save does, and a heartbeat; raises where somebody holds a row."""
    with transaction() as session:
        session.get_one(App, published.app_id, with_for_update={"nowait": True})
        for key in deployments:
            session.get_one(Deployment, key, with_for_update={"nowait": True})


def dies_after_the_switch(published: Published, row: Deployment, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """The edge shows it, and nobody has written that down."""
    for _ in range(times):
        with monkeypatch.context() as patch:
            fails(patch, switch, "mark_live", WorkerKilled())
            with pytest.raises(WorkerKilled):
                published.work()
        is_dead(row.id)
        sweep(published)


@pytest.mark.parametrize(("client", "call"), [("routes", "app"), ("edge", "activate")])
def test_saves_do_not_wait_for_an_edge_that_switches(
    published: Published, monkeypatch: pytest.MonkeyPatch, client: str, call: str
) -> None:
    _, row = begin(published)
    looked: list[None] = []
    during(monkeypatch, getattr(published.services, client), call, lambda: save_at_once(published, row.id))
    during(monkeypatch, getattr(published.services, client), call, lambda: looked.append(None))
    published.work()
    assert (published.view(row.id).status, published.place().live_version, len(looked)) == ("deployed", 2, 1)


def test_saves_do_not_wait_for_one_that_is_put_back(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(published)
    published.work()
    during(monkeypatch, published.edge, "activate", lambda: save_at_once(published))
    with transaction() as session:
        put_back(session, published.owner.id, published.slug, published.services.publisher)
    assert published.place().live_version == 1


def test_saves_do_not_wait_for_a_trial_that_ends(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    published.publishes()
    published.changes("two")
    trial = UUID(published.publishes(canary=10).id)
    during(monkeypatch, published.edge, "activate", lambda: save_at_once(published))
    with transaction() as session:
        publisher, owner = published.services.publisher, published.owner.id
        end_trial_by_hand(session, owner, published.slug, trial, publisher, is_good=True)
    assert published.place().live_version == 2


def test_two_switches_never_happen_at_once(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switch_lock, "_PATIENCE", "20ms")

    def another() -> None:
        with transaction() as session, pytest.raises(Unavailable, match="takes unusually long"):
            lock_switch(session, published.app_id, PRODUCTION)

    _, row = begin(published)
    during(monkeypatch, published.edge, "activate", another)
    published.work()
    assert published.view(row.id).status == "deployed"


def test_an_edge_that_refuses_a_switch_hears_of_the_trial_again(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.publishes()
    published.changes("two")
    published.publishes(canary=10)
    published.changes("three")
    row = published.asks()
    with monkeypatch.context() as patch:
        fails(patch, published.edge, "activate", AWAY)
        published.work()
    route = published.routes.app("production", published.slug)
    assert (published.view(row.id).status, route and route.canary) == ("failed", 10)


def test_what_was_switched_on_and_not_written_down_is_published_again(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, row = begin(published)
    dies_after_the_switch(published, row, monkeypatch, 1)
    published.work()
    assert (published.view(row.id).status, published.place().live_version) == ("deployed", 2)


def test_a_publish_that_is_given_up_says_that_visitors_see_it(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, row = begin(published)
    dies_after_the_switch(published, row, monkeypatch, MOST_ATTEMPTS)
    assert not published.view(row.id).is_final
    published.work()
    view = published.view(row.id)
    assert (view.status, view.is_live, published.live()) == ("deployed", True, published.row(row.id).edge_version)


def test_a_publish_that_was_to_stop_too_late_says_that_visitors_see_it(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, row = begin(published)
    with transaction() as session:
        session.get_one(Deployment, row.id).attempt = MOST_ATTEMPTS - 1
    dies_after_the_switch(published, row, monkeypatch, 1)
    with transaction() as session:
        session.get_one(Deployment, row.id).cancel_requested = True
    published.work()
    assert (published.view(row.id).status, published.place().live_version) == ("deployed", 2)


def test_a_publish_that_is_given_up_before_the_switch_has_failed(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, row = begin(published)
    for _ in range(MOST_ATTEMPTS):
        with monkeypatch.context() as patch:
            fails(patch, published.edge, "activate", WorkerKilled())
            with pytest.raises(WorkerKilled):
                published.work()
        is_dead(row.id)
        sweep(published)
    published.work()
    view = published.view(row.id)
    assert (view.status, published.live(), published.place().live_version) == ("failed", before, 1)
    assert view.error.startswith("It was begun 3 times")


def test_nobody_guesses_while_the_edge_is_away(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    _, row = begin(published)
    dies_after_the_switch(published, row, monkeypatch, MOST_ATTEMPTS)
    published.edge.is_down = True
    published.work()
    assert not published.view(row.id).is_final
    published.edge.is_down = False
    is_dead(row.id)
    sweep(published)
    published.work()
    assert (published.view(row.id).status, published.place().live_version) == ("deployed", 2)
