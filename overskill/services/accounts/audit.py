"""The audit log: who did what to what."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.models import AuditEvent


def record(
    session: Session,
    action: str,
    actor_id: UUID | None,
    *,
    subject: str,
    ip: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """`details`: the reason, and what it was before."""
    session.add(AuditEvent(actor_id=actor_id, action=action, subject=subject, ip=ip[:45], details=dict(details or {})))
