"""The audit log: who did what to what."""

from uuid import UUID

from sqlmodel import Session

from overskill.models import AuditEvent


def record(session: Session, action: str, actor_id: UUID | None, *, subject: str, ip: str = "") -> None:
    session.add(AuditEvent(actor_id=actor_id, action=action, subject=subject, ip=ip[:45]))
