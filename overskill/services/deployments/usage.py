"""Who came: the edge's counts, kept by day, and what is shown of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from redis import Redis
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from overskill.clients.edge_incidents import Incident, incidents
from overskill.clients.edge_usage import Counts, EdgeUsage
from overskill.db import transaction
from overskill.errors import Unavailable
from overskill.models import App, DeploymentEnvironment, UsageDaily
from overskill.models.base import utc_now
from overskill.services.deployments.live import find_trial
from overskill.services.deployments.trial import trial_totals

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


def view_traffic(
    session: Session, app: App, environment: DeploymentEnvironment, *, usage: EdgeUsage, redis: Redis
) -> TrafficView:
    return TrafficView(
        _days(session, app.id, environment),
        _trial(session, app, environment, usage),
        _incidents(redis, app.slug, environment),
    )


def _incidents(redis: Redis, slug: str, environment: DeploymentEnvironment) -> tuple[Incident, ...]:
    since = utc_now() - SHOWN_INCIDENTS
    try:
        return tuple(one for one in incidents(redis, slug) if one.environment == environment and one.at >= since)
    except Unavailable:
        return ()


def _days(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> tuple[DayView, ...]:
    today = utc_now().date()
    shown = [today - timedelta(days=ago) for ago in reversed(range(SHOWN_DAYS))]
    rows = session.exec(
        select(UsageDaily).where(
            UsageDaily.app_id == app_id, UsageDaily.environment == environment, col(UsageDaily.day) >= shown[0]
        )
    ).all()
    kept = {row.day: row for row in rows}
    return tuple(
        DayView(day, kept[day].requests, kept[day].errors) if day in kept else DayView(day, 0, 0) for day in shown
    )


def _trial(session: Session, app: App, environment: DeploymentEnvironment, usage: EdgeUsage) -> TrialView | None:
    row = find_trial(session, app.id, environment)
    if row is None:
        return None
    try:
        totals = trial_totals(row, app.slug, usage)
    except Unavailable:
        return None
    return TrialView(str(row.id), totals.stable, totals.canary)
