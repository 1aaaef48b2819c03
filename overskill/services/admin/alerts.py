"""The limits of the design, watched: an alert opens once one is passed, and closes once there is room again.

An alert closes at four fifths of its limit: a value that trembles at the limit does not open it again and again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from redis import Redis
from sqlalchemy import func
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.jobs_desk import JobsDesk
from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.errors import NotFound
from overskill.models import Alert, Generation, User, utc_now
from overskill.services.accounts.audit import record
from overskill.services.admin.latency import percentile

MAIL_JOB = "overskill.jobs.admin.tell_of_alert"
_CLOSES_AT = 0.8
_LATENCY_MINUTES = 5
_SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Limit:
    """What is watched: how it is called, and in which unit it is said."""

    limit: float
    title: str
    words: str  # "{value}" is what was measured
    advice: str


LIMITS: Mapping[str, Limit] = {
    "queue_depth": Limit(
        1000, "Jobs pile up", "{value:,.0f} jobs wait", "Start another worker, or look which job blocks its queue."
    ),
    "latency": Limit(
        500,
        "Requests are slow",
        "19 of 20 requests are answered in {value:,.0f} ms",
        "Look at the database and at the load of the machine; a second web process helps.",
    ),
    "model_cost": Limit(
        100, "Models cost a lot", "Models cost ${value:,.2f} in 24 hours", "Look at Costs which app it was."
    ),
    "cpu": Limit(
        70, "The machine is busy", "The processors are used to {value:.0f} %", "Move the workers to another machine."
    ),
}


@dataclass(frozen=True, slots=True)
class AlertView:
    id: str
    name: str
    title: str
    words: str
    advice: str
    since: datetime
    over_at: datetime | None
    seen_by: str  # "" for nobody yet


def measure(session: Session, *, redis: Redis, desk: JobsDesk, cpu_percent: float | None) -> dict[str, float]:
    """What there is to say about each limit now; what can't be measured is left out."""
    since = utc_now() - timedelta(hours=24)
    cost = session.exec(
        select(func.coalesce(func.sum(Generation.cost_micro), 0)).where(Generation.created_at >= since)
    ).one()
    found: dict[str, float | None] = {
        "queue_depth": float(sum(queue.waiting for queue in desk.queues())),
        "latency": percentile(redis, minutes=_LATENCY_MINUTES),
        "model_cost": int(cost) / 1_000_000,
        "cpu": cpu_percent,
    }
    return {name: value for name, value in found.items() if value is not None}


def watch(session: Session, values: Mapping[str, float], *, queue: JobQueue) -> None:
    """Open and close alerts by what was measured. Admins hear by mail of each that opens."""
    rows = {row.name: row for row in session.exec(select(Alert).where(col(Alert.over_at).is_(None)).with_for_update())}
    for name, value in values.items():
        limit, row = LIMITS[name].limit, rows.get(name)
        if row is None and value > limit:
            row = Alert(name=name, value=value, limit=limit)
            session.add(row)
            session.flush()
            after_commit(session, partial(queue.enqueue, MAIL_JOB, str(row.id), queue="low"))
        elif row is not None and value <= limit * _CLOSES_AT:
            row.over_at = utc_now()
            session.add(row)
        elif row is not None and value > row.value:
            row.value = value  # the worst of it
            session.add(row)


def list_alerts(session: Session) -> list[AlertView]:
    """Those that are open, then the latest of the last days. One query."""
    is_recent = col(Alert.over_at).is_(None) | (col(Alert.over_at) > utc_now() - _SHOWN_FOR)
    rows = session.exec(
        select(Alert, User.name)
        .outerjoin(User, col(User.id) == Alert.seen_by_id)
        .where(is_recent)
        .order_by(col(Alert.over_at).desc().nulls_first(), col(Alert.since).desc())
        .limit(20)
    ).all()
    return _views(rows)


def mark_seen(session: Session, admin_id: UUID, alert_id: UUID) -> None:
    """Somebody of the staff takes care of it. Raises NotFound."""
    row = session.get(Alert, alert_id)
    if row is None:
        raise NotFound("This alert is gone. Reload the page.")
    if row.seen_by_id is None:
        row.seen_by_id = admin_id
        session.add(row)
        record(session, "alert.seen", admin_id, subject=f"alert:{row.id}", details={"alert": row.name})


def tell_of_alert(session: Session, alert_id: UUID, *, site_url: str, mail: Mail) -> None:
    """To every admin, while it is open."""
    row = session.get(Alert, alert_id)
    if row is None or row.over_at is not None:
        return
    limit = LIMITS[row.name]
    admins = session.exec(select(User.email).where(col(User.is_admin), col(User.suspended_at).is_(None))).all()
    for email in admins:
        message = Message(
            to=email,
            subject=f"OverSkill: {limit.title.lower()}",
            paragraphs=("Hello,", f"{limit.words.format(value=row.value)}.", limit.advice),
            button="Open the desk",
            link=f"{site_url}/admin",
        )
        after_commit(session, partial(mail.send, message))


def _views(rows: Sequence[tuple[Alert, str | None]]) -> list[AlertView]:
    return [
        AlertView(
            id=str(row.id),
            name=row.name,
            title=LIMITS[row.name].title,
            words=LIMITS[row.name].words.format(value=row.value),
            advice=LIMITS[row.name].advice,
            since=row.since,
            over_at=row.over_at,
            seen_by=name or "",
        )
        for row, name in rows
    ]
