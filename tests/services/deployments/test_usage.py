"""Who came, by day."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from overskill.clients.edge_incidents import Incident, record_incident
from overskill.clients.edge_usage import Counts, UsageTotals
from overskill.db import transaction
from overskill.models import App, UsageDaily
from overskill.models.base import utc_now
from overskill.services.deployments.usage import (
    SHOWN_DAYS,
    TrafficView,
    keep_usage,
    traffic_beside,
    traffic_in,
    view_traffic,
)
from tests.services.deployments.conftest import PRODUCTION, Published


def came(published: Published, requests: int, errors: int = 0, *, script: str = "") -> None:
    totals = UsageTotals(Counts(requests=requests, errors=errors), Counts(requests=1))
    published.usage.add(utc_now(), "production", script or published.slug, totals)


def traffic(published: Published) -> TrafficView:
    services = published.services
    with published.opened() as (session, app):
        columns = session.execute(sa.select(*traffic_beside()).where(col(App.id) == app.id).select_from(App)).one()
    rows = traffic_in(published.slug, columns)
    return view_traffic(rows, PRODUCTION, usage=services.usage, redis=services.redis)


def test_a_day_is_written_down_again_and_again(published: Published) -> None:
    came(published, 10, 2)
    came(published, 10, script="nobodys")
    for _ in range(2):
        assert keep_usage(published.usage) == 1
    came(published, 5)
    keep_usage(published.usage)
    with transaction() as session:
        row = session.exec(select(UsageDaily)).one()
        assert (row.app_id, row.environment, row.requests, row.errors) == (published.app_id, "production", 17, 2)


def test_each_of_two_weeks_has_its_day(published: Published) -> None:
    came(published, 10)
    keep_usage(published.usage)
    days = traffic(published).days
    assert (len(days), days[-1].requests, days[0].requests) == (SHOWN_DAYS, 11, 0)
    assert days[-1].day - days[0].day == timedelta(days=SHOWN_DAYS - 1)


def test_the_counts_of_a_trial_are_those_since_it_began(published: Published) -> None:
    published.publishes()
    came(published, 10)
    published.changes("two")
    assert traffic(published).trial is None
    published.publishes(canary=10)
    came(published, 7)
    trial = traffic(published).trial
    assert trial is not None
    assert (trial.stable.requests, trial.canary.requests) == (7, 1)


def test_what_went_wrong_at_the_edge_is_told_for_a_day(published: Published) -> None:
    redis, now = published.services.redis, utc_now()
    for at, environment in ((now - timedelta(days=2), "production"), (now, "staging"), (now, "production")):
        record_incident(redis, published.slug, Incident(at=at, environment=environment, reason="hung"))
    assert [(one.environment, one.reason) for one in traffic(published).incidents] == [("production", "hung")]
