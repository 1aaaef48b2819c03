"""One turn of the chat: what was asked, who answered, what it cost, and every event of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from overskill.models.base import Record, StringEnum, utc_now


class GenerationStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    STOPPED = "stopped"  # by the user; what was complete is kept
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        return self not in (GenerationStatus.QUEUED, GenerationStatus.RUNNING)


class Generation(Record, table=True):
    """`attempt` is a fence: each run of the job takes the next number, and a run that finds a
    higher one stops writing. So a job that runs twice writes once."""

    __tablename__ = "generations"
    # At most one turn of an app runs; the others wait their turn in order of `created_at`.
    __table_args__ = (
        Index("one_running_generation", "app_id", unique=True, postgresql_where=text("status = 'running'")),
    )
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", index=True)
    user_id: UUID = Field(foreign_key="users.id")
    prompt: str
    status: GenerationStatus = Field(default=GenerationStatus.QUEUED, sa_type=StringEnum(GenerationStatus), index=True)
    attempt: int = 0
    author: str = Field(default="", max_length=20)  # "model" or "recipe"
    model: str = Field(default="", max_length=120)  # what answered
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    cost_micro: int = Field(default=0, sa_type=BigInteger)  # millionths of a US dollar
    stop_requested_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    last_progress_at: datetime = Field(default_factory=utc_now)
    version: int | None = None  # the number it made
    error: str = ""
    repairs: int = 0


class GenerationEvent(SQLModel, table=True):
    """One event of a turn, in order: what a reload, a second tab or a second attempt reads."""

    __tablename__ = "generation_events"
    generation_id: UUID = Field(foreign_key="generations.id", ondelete="CASCADE", primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=20)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
