"""The audit log, newest first: who did what to what, and why."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from overskill.errors import InvalidInput
from overskill.models import AuditEvent, User
from overskill.services.admin.finding import contains
from overskill.services.billing.statement import inert

PAGE_SIZE = 50
MOST_EXPORTED = 10_000
_UNREADABLE = "That page of the log can't be read. Start at the newest again."


@dataclass(frozen=True, slots=True)
class AuditFilter:
    actor: str = ""  # letters of a mail address
    action: str = ""  # letters of it, such as "moderation"
    subject: str = ""  # "app:<id>", or a part of it


@dataclass(frozen=True, slots=True)
class AuditView:
    id: str
    at: datetime
    actor: str  # mail address; "" for nobody, such as a timer
    action: str
    subject: str
    ip: str
    details: str  # JSON, or ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    events: list[AuditView]
    after: str  # where the next page begins; "" for the last


def list_events(session: Session, wanted: AuditFilter, *, after: str = "", limit: int = PAGE_SIZE) -> AuditPage:
    query = (
        select(AuditEvent, User.email)
        .outerjoin(User, col(User.id) == AuditEvent.actor_id)
        .order_by(col(AuditEvent.created_at).desc(), col(AuditEvent.id).desc())
        .limit(limit + 1)
    )
    if wanted.actor.strip():
        query = query.where(contains(User.email, wanted.actor))
    if wanted.action.strip():
        query = query.where(contains(AuditEvent.action, wanted.action))
    if wanted.subject.strip():
        query = query.where(contains(AuditEvent.subject, wanted.subject))
    if after:
        query = query.where(tuple_(col(AuditEvent.created_at), col(AuditEvent.id)) < _place(after))
    found = session.exec(query).all()
    events = [_view(event, email or "") for event, email in found[:limit]]
    last = found[limit - 1][0] if len(found) > limit else None
    return AuditPage(events, f"{last.created_at.isoformat()} {last.id}" if last is not None else "")


def audit_sheet(session: Session, wanted: AuditFilter) -> str:
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["at", "who", "action", "subject", "address", "details"])
    for event in list_events(session, wanted, limit=MOST_EXPORTED).events:
        words = [inert(each) for each in (event.actor, event.action, event.subject, event.ip, event.details)]
        sheet.writerow([event.at.isoformat(), *words])
    return out.getvalue()


def _view(event: AuditEvent, actor: str) -> AuditView:
    details = orjson.dumps(event.details).decode() if event.details else ""
    return AuditView(str(event.id), event.created_at, actor, event.action, event.subject, event.ip, details)


def _place(after: str) -> tuple[datetime, UUID]:
    at, _, event_id = after.partition(" ")
    try:
        place = datetime.fromisoformat(at), UUID(event_id)
    except ValueError:
        raise InvalidInput(_UNREADABLE) from None
    if place[0].tzinfo is None:
        raise InvalidInput(_UNREADABLE)
    return place
