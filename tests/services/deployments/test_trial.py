"""A version that a share of the visitors gets first."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from overskill.clients.edge_names import canary_script
from overskill.clients.edge_usage import Counts, UsageTotals
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput
from overskill.models import Deployment
from overskill.models.base import utc_now
from overskill.services.deployments import roll_back
from overskill.services.deployments.offline import take_off_the_air, wish_offline
from overskill.services.deployments.trial import decide_trial, remove_ended_trials, watch_trials
from overskill.services.deployments.view import DeploymentView
from tests.services.deployments.conftest import PRODUCTION, Published

WELL = UsageTotals(Counts(requests=900), Counts(requests=100))
BADLY = UsageTotals(Counts(requests=900), Counts(requests=100, errors=40))


def tries(published: Published) -> DeploymentView:
    """Version 1 is live, and version 2 is tried on every tenth visitor."""
    published.publishes()
    published.changes("two")
    return published.publishes(canary=10)


def count(published: Published, trial: DeploymentView, totals: UsageTotals) -> None:
    """Half an hour later these were counted."""
    began = utc_now() - timedelta(minutes=30)
    with transaction() as session:
        mine = col(Deployment.id) == UUID(trial.id)
        session.exec(update(Deployment).where(mine).values(deploy_completed_at=began))
    published.usage.add(utc_now(), "production", published.slug, totals)


def share(published: Published) -> int:
    """How many percent of the visitors are sent to what is tried."""
    route = published.routes.app("production", published.slug)
    return route.canary if route else 0


def script(published: Published) -> str | None:
    """The version that the canary's script shows."""
    return published.edge.live("production", canary_script(published.slug))


def minutes_pass(published: Published) -> None:
    """As far as trials that are over can tell."""
    published.services.redis.zadd("trials:ended", {f"production/{published.slug}": 0.0}, xx=True)


def test_some_visitors_get_it_beside_what_is_live(published: Published) -> None:
    trial = tries(published)
    place = published.place()
    assert (trial.status, trial.is_trial, trial.is_live, place.live_version) == ("deployed", True, False, 1)
    assert (place.trial and place.trial.version, share(published)) == (2, 10)
    served = published.edge.served("production", canary_script(published.slug))
    assert served is not None
    assert served.version == "2"


def test_one_that_does_well_is_given_to_everybody(published: Published) -> None:
    trial = tries(published)
    count(published, trial, WELL)
    assert watch_trials(published.services.publisher) == 1
    place = published.place()
    assert (place.live_version, place.trial, share(published)) == (2, None, 0)
    assert published.live() == published.row(UUID(trial.id)).edge_version
    assert published.view(UUID(trial.id)).log[-1].startswith("It did well, so everybody gets it now")


def test_one_that_does_worse_is_taken_back(published: Published) -> None:
    trial = tries(published)
    before = published.live()
    count(published, trial, BADLY)
    assert watch_trials(published.services.publisher) == 1
    view = published.view(UUID(trial.id))
    assert (view.status, published.live(), share(published)) == ("rolled_back", before, 0)
    assert view.error == (
        "It did worse, so everybody gets the version before it again: 40.0% of 100 requests failed, "
        "and 0.0% with the version before."
    )


def test_counts_that_can_not_be_read_decide_nothing(published: Published) -> None:
    trial = tries(published)
    count(published, trial, BADLY)
    published.usage.is_down = True
    assert watch_trials(published.services.publisher) == 0
    assert published.view(UUID(trial.id)).is_trial


def test_an_edge_that_is_away_is_asked_again_later(published: Published) -> None:
    trial = tries(published)
    count(published, trial, WELL)
    published.edge.is_down = True
    assert watch_trials(published.services.publisher) == 0
    assert published.view(UUID(trial.id)).is_trial
    published.edge.is_down = False
    assert watch_trials(published.services.publisher) == 1


@pytest.mark.parametrize(("is_good", "live"), [(True, 2), (False, 1)])
def test_somebody_may_decide_at_once(published: Published, is_good: bool, live: int) -> None:
    trial = UUID(tries(published).id)
    publisher = published.services.publisher
    with published.opened() as (session, app):
        decide_trial(session, app, published.owner.id, trial, publisher, is_good=is_good)
    assert (published.place().live_version, share(published)) == (live, 0)
    with pytest.raises(Conflict), published.opened() as (session, app):
        decide_trial(session, app, published.owner.id, trial, publisher, is_good=is_good)


def test_a_later_publish_takes_its_place(published: Published) -> None:
    trial = tries(published)
    published.changes("three")
    published.publishes()
    assert (published.view(UUID(trial.id)).status, published.place().live_version) == ("rolled_back", 3)
    assert share(published) == 0


def test_another_trial_takes_its_place(published: Published) -> None:
    first = tries(published)
    published.changes("three")
    second = published.publishes(canary=50)
    assert published.view(UUID(first.id)).status == "rolled_back"
    assert (second.is_trial, share(published), published.place().live_version) == (True, 50, 1)


def test_it_ends_when_an_earlier_publish_is_put_back(published: Published) -> None:
    published.publishes()
    published.changes("two")
    published.publishes()
    published.changes("three")
    trial = published.publishes(canary=5)
    with published.opened() as (session, app):
        roll_back(session, app, published.owner.id, published.services.publisher)
    assert (published.view(UUID(trial.id)).status, share(published)) == ("rolled_back", 0)


def test_it_ends_with_the_app(published: Published) -> None:
    trial = tries(published)
    with published.opened() as (session, app):
        wish_offline(session, app, published.services.publisher.offline_wishes)
    assert take_off_the_air(published.app_id, published.services.publisher)
    assert (published.view(UUID(trial.id)).status, script(published)) == ("rolled_back", None)


def test_there_is_no_trial_without_something_to_compare_it_with(published: Published) -> None:
    with pytest.raises(Conflict, match="Nothing is live in production"):
        published.asks(PRODUCTION, canary=10)
    published.publishes()
    with pytest.raises(InvalidInput):
        published.asks(PRODUCTION, canary=99)


def test_its_script_stays_for_the_pages_that_are_still_open(published: Published) -> None:
    trial, publisher = tries(published), published.services.publisher
    with published.opened() as (session, app):
        decide_trial(session, app, published.owner.id, UUID(trial.id), publisher, is_good=True)
    assert (remove_ended_trials(publisher), script(published) is None) == (0, False)
    minutes_pass(published)
    published.edge.is_down = True
    assert (remove_ended_trials(publisher), publisher.ended_trials.due()) == (0, [("production", published.slug)])
    published.edge.is_down = False
    assert (remove_ended_trials(publisher), script(published), publisher.ended_trials.due()) == (1, None, [])


def test_a_trial_that_follows_keeps_the_script(published: Published) -> None:
    tries(published)
    published.changes("three")
    published.publishes(canary=50)
    minutes_pass(published)
    assert (remove_ended_trials(published.services.publisher), script(published) is None) == (0, False)


def test_a_trial_that_follows_carries_the_files_of_the_one_before(published: Published) -> None:
    tries(published)
    first = script(published)
    published.changes("three")
    published.publishes(canary=50)
    served = published.edge.served("production", canary_script(published.slug))
    assert (served and list(served.carry)) == [first]
