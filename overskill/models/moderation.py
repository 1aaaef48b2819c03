"""Trust: reports, what moderators decide and why, appeals; and the alerts on the admin's desk."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from overskill.models.base import Record, StringEnum, utc_now


class SubjectKind(StrEnum):
    LISTING = "listing"
    REVIEW = "review"
    CREATOR = "creator"
    APP = "app"
    USER = "user"


class ReportReason(StrEnum):
    BROKEN = "broken"
    MISLEADING = "misleading"
    COPIED = "copied"
    HARMFUL = "harmful"
    SPAM = "spam"
    OTHER = "other"


class ReportStatus(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Report(Record, table=True):
    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_subject", "subject_kind", "subject_id"),)
    subject_kind: SubjectKind = Field(sa_type=StringEnum(SubjectKind))
    subject_id: UUID
    reporter_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    reason: ReportReason = Field(sa_type=StringEnum(ReportReason))
    details: str = Field(default="", max_length=2000)
    status: ReportStatus = Field(default=ReportStatus.OPEN, sa_type=StringEnum(ReportStatus), index=True)
    decided_by_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    decided_at: datetime | None = None
    answer: str = Field(default="", max_length=1000)  # for who reported it


class Act(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"  # a listing in review goes back to its draft
    SUSPEND = "suspend"
    RESTORE = "restore"
    HIDE = "hide"  # a review
    TAKE_DOWN = "take_down"  # an app, everywhere
    HOLD = "hold"  # a creator's money
    RELEASE = "release"


class AppealStatus(StrEnum):
    NONE = "none"
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class ModerationAct(Record, table=True):
    """What was decided of something, by whom and why; whom it concerns can appeal with one click."""

    __tablename__ = "moderation_acts"
    __table_args__ = (Index("ix_moderation_acts_subject", "subject_kind", "subject_id"),)
    subject_kind: SubjectKind = Field(sa_type=StringEnum(SubjectKind))
    subject_id: UUID
    concerns_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL", index=True)
    actor_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")  # None: a check of ours
    act: Act = Field(sa_type=StringEnum(Act))
    reason: str = Field(max_length=1000)
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)  # kind, text, link
    appeal: AppealStatus = Field(default=AppealStatus.NONE, sa_type=StringEnum(AppealStatus), index=True)
    appeal_text: str = Field(default="", max_length=2000)
    appealed_at: datetime | None = None
    appeal_due_at: datetime | None = None  # until when it is answered
    appeal_answer: str = Field(default="", max_length=1000)
    appeal_decided_by_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    appeal_decided_at: datetime | None = None


class Alert(Record, table=True):
    """A limit of the design that was passed, from when to when."""

    __tablename__ = "alerts"
    __table_args__ = (Index("one_open_alert", "name", unique=True, postgresql_where=text("over_at IS NULL")),)
    name: str = Field(index=True, max_length=40)  # queue_depth, latency, model_cost, cpu
    value: float
    limit: float
    since: datetime = Field(default_factory=utc_now)
    over_at: datetime | None = None  # None: it still is
    seen_by_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
