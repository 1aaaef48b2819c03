"""Who came: the edge's counts, kept by day, and what is shown of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from redis import Redis
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from overskill.clients.edge_incidents import Incident, incidents
from overskill.clients.edge_usage import Counts, EdgeUsage
from overskill.db import transaction
from overskill.errors import Unavailable
from overskill.models import App, Deployment, DeploymentEnvironment, UsageDaily
from overskill.models.base import utc_now
from overskill.models.columns import rows_beside, rows_in
from overskill.services.deployments.live import trials_beside
from overskill.services.deployments.trial import began

SHOWN_DAYS = 14
SHOWN_INCIDENTS = timedelta(days=1)
_COUNTED = ("requests", "errors", "bytes", "milliseconds")


@dataclass(frozen=True)
class DayView:
    day: date
    requests: int
    errors: int


@dataclass(frozen=True)
class TrialView:
    """What both versions answered since the trial began; None where the edge can't be asked now."""

    deployment_id: str
    stable: Counts
    canary: Counts


@dataclass(frozen=True)
class TrafficView:
    days: tuple[DayView, ...]  # all of the last two weeks, the oldest first
    trial: TrialView | None
    incidents: tuple[Incident, ...]  # of the last day, the newest first


def keep_usage(usage: EdgeUsage) -> int:
    """Write down what was counted today and yesterday (UTC). Returns how many rows; safe to call twice."""
    today = utc_now().date()
    return sum(_keep_day(usage, day) for day in (today - timedelta(days=1), today))


def _keep_day(usage: EdgeUsage, day: date) -> int:
    counted = usage.drain(day)
    if not counted:
        return 0
    with transaction() as session:
        slugs = {one.script for one in counted}
        apps = dict(session.exec(select(App.slug, App.id).where(col(App.slug).in_(slugs))).all())
        rows = [
            {
                "app_id": apps[one.script],
                "environment": DeploymentEnvironment(one.environment),
                "day": day,
                **{name: getattr(one.totals.all, name) for name in _COUNTED},
            }
            for one in counted
            if one.script in apps
        ]
        if rows:
            _upsert(session, rows)
    return len(rows)


def _upsert(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """A count never gets less: an app that got another address in the middle of a day is counted anew."""
    statement = insert(UsageDaily).values(rows)
    more = {name: func.greatest(getattr(UsageDaily, name), statement.excluded[name]) for name in _COUNTED}
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=["app_id", "environment", "day"], set_=more)
    )


@dataclass(frozen=True)
class CountedDay:
    environment: DeploymentEnvironment
    day: date
    requests: int
    errors: int


@dataclass(frozen=True)
class Trial:
    environment: DeploymentEnvironment
    deployment_id: str
    began: datetime


@dataclass(frozen=True)
class TrafficRows:
    """What is written down of an app's visitors, in all of its environments."""

    slug: str
    days: tuple[CountedDay, ...]  # of the last two weeks, those with visitors
    trials: tuple[Trial, ...]  # the newest first


def traffic_beside() -> tuple[sa.ScalarSelect[Any], ...]:
    """Columns for a query of apps, for `traffic_in`."""
    is_shown = (col(UsageDaily.app_id) == col(App.id), col(UsageDaily.day) >= _shown_days()[0])
    return rows_beside(UsageDaily, *is_shown), trials_beside()


def traffic_in(slug: str, columns: Sequence[Any]) -> TrafficRows:
    days, trials = columns
    return TrafficRows(
        slug,
        tuple(CountedDay(row.environment, row.day, row.requests, row.errors) for row in rows_in(UsageDaily, days)),
        tuple(Trial(row.environment, str(row.id), began(row)) for row in rows_in(Deployment, trials)),
    )


def view_traffic(
    rows: TrafficRows, environment: DeploymentEnvironment, *, usage: EdgeUsage, redis: Redis
) -> TrafficView:
    """With what only the edge knows. Takes no connection of the database."""
    return TrafficView(
        _days(rows, environment),
        _trial(rows, environment, usage),
        _incidents(redis, rows.slug, environment),
    )


def _incidents(redis: Redis, slug: str, environment: DeploymentEnvironment) -> tuple[Incident, ...]:
    since = utc_now() - SHOWN_INCIDENTS
    try:
        return tuple(one for one in incidents(redis, slug) if one.environment == environment and one.at >= since)
    except Unavailable:
        return ()


def _shown_days() -> list[date]:
    today = utc_now().date()
    return [today - timedelta(days=ago) for ago in reversed(range(SHOWN_DAYS))]


def _days(rows: TrafficRows, environment: DeploymentEnvironment) -> tuple[DayView, ...]:
    kept = {row.day: DayView(row.day, row.requests, row.errors) for row in rows.days if row.environment == environment}
    return tuple(kept.get(day, DayView(day, 0, 0)) for day in _shown_days())


def _trial(rows: TrafficRows, environment: DeploymentEnvironment, usage: EdgeUsage) -> TrialView | None:
    trial = next((each for each in rows.trials if each.environment == environment), None)
    if trial is None:
        return None
    try:
        totals = usage.totals(environment, rows.slug, trial.began)
    except Unavailable:
        return None
    return TrialView(trial.deployment_id, totals.stable, totals.canary)
