"""Off the air: at once where the edge answers, and by itself once it does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from overskill.db import transaction
from overskill.jobs import schedule
from overskill.models import App, AppStatus
from overskill.services.deployments import offline
from overskill.services.deployments.offline import put_back_lost_removals
from overskill.services.studio import bring_back, delete
from overskill.services.studio_settings import take_offline
from tests.services.deployments.conftest import PRODUCTION, STAGING, Published

TakeAway = Callable[[Published], bool]


def takes_offline(published: Published) -> bool:
    return take_offline(published.owner.id, published.slug, published.services.publisher)


def deletes(published: Published) -> bool:
    services = published.services
    return delete(published.owner.id, published.slug, services.publisher, shares=services.shares)


either = pytest.mark.parametrize("take_away", [takes_offline, deletes])


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left is looked for without a pause."""
    monkeypatch.setattr(offline, "AGAIN_AFTER", timedelta(0))


@dataclass
class Looking:
    """Looks whether the app's row is free, each time that the edge is told to remove something."""

    published: Published
    removed: list[tuple[str, str]] = field(default_factory=list)

    def remove(self, environment: str, script: str) -> None:
        with transaction() as session:
            session.get_one(App, self.published.app_id, with_for_update={"nowait": True})
        self.removed.append((environment, script))


@either
def test_while_the_edge_is_told_the_row_of_the_app_is_free(
    published: Published, take_away: TakeAway, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.publishes(PRODUCTION)
    published.publishes(STAGING)
    looking = Looking(published)
    monkeypatch.setattr(published.edge, "remove", looking.remove)
    assert take_away(published)
    assert {("production", published.slug), ("staging", published.slug)} <= set(looking.removed)


@either
def test_it_is_live_nowhere(published: Published, take_away: TakeAway) -> None:
    published.publishes(PRODUCTION)
    published.publishes(STAGING)
    assert take_away(published)
    assert (published.live(PRODUCTION), published.live(STAGING)) == (None, None)
    assert (published.place(PRODUCTION).live_version, published.place(STAGING).live_version) == (0, 0)


@either
def test_without_the_edge_it_counts_as_live_until_that_answers(published: Published, take_away: TakeAway) -> None:
    published.publishes()
    published.edge.is_down = True
    assert not take_away(published)
    assert published.place().live_version == 1
    published.edge.is_down = False
    schedule.take_off_what_is_still_shown(published.services)
    assert published.work() == 1
    assert (published.live(), published.place().live_version) == (None, 0)
    schedule.take_off_what_is_still_shown(published.services)
    assert published.work() == 0


def test_what_is_published_after_the_wish_stays(published: Published) -> None:
    published.publishes()
    published.edge.is_down = True
    takes_offline(published)
    published.edge.is_down = False
    published.changes("two")
    published.publishes()
    schedule.take_off_what_is_still_shown(published.services)
    published.work()
    assert published.place().live_version == 2
    assert published.live() is not None
    assert published.services.publisher.offline_wishes.older_than(timedelta(0)) == []


def test_a_switch_that_ends_while_its_app_is_deleted_is_undone(published: Published) -> None:
    published.publishes()
    with published.opened() as (_, app):
        app.status = AppStatus.DELETED  # and whoever deleted it saw nothing live
    schedule.take_off_what_is_still_shown(published.services)
    published.work()
    assert (published.live(), published.place().live_version) == (None, 0)


def test_a_deleted_app_that_is_brought_back_before_the_edge_answers_stays_live(published: Published) -> None:
    published.publishes()
    published.edge.is_down = True
    deletes(published)
    with transaction() as session:
        bring_back(session, published.owner.id, published.slug)
    published.edge.is_down = False
    schedule.take_off_what_is_still_shown(published.services)
    published.work()
    assert published.live() is not None


def test_an_app_that_was_never_published_costs_the_edge_nothing(published: Published) -> None:
    published.edge.is_down = True
    assert deletes(published)


def test_a_removal_that_is_under_way_is_not_asked_for_twice(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "AGAIN_AFTER", timedelta(seconds=15))
    published.publishes()
    published.edge.is_down = True
    takes_offline(published)
    with transaction() as session:
        wishes = published.services.publisher.offline_wishes
        assert put_back_lost_removals(session, published.queue, wishes) == 0
