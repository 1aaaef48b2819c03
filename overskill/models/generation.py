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


class GenerationMode(StrEnum):
    BUILD = "build"
    PLAN = "plan"  # say what would be done, and change nothing


class Generation(Record, table=True):
    """`attempt` is a fence: each run of the job takes the next number, and a run that finds a
    higher one stops writing. So a job that runs twice writes once."""

    __tablename__ = "generations"
    # At most one turn of an app runs; the others wait their turn in order of `created_at`.
    __table_args__ = (
        Index("one_running_generation", "app_id", unique=True, postgresql_where=text("status = 'running'")),
        Index("ix_generations_created_at", "created_at"),
    )
    app_id: UUID = Field(foreign_key="apps.id", ondelete="CASCADE", index=True)
    user_id: UUID = Field(foreign_key="users.id")
    prompt: str
    status: GenerationStatus = Field(default=GenerationStatus.QUEUED, sa_type=StringEnum(GenerationStatus), index=True)
    attempt: int = 0
    mode: GenerationMode = Field(default=GenerationMode.BUILD, sa_type=StringEnum(GenerationMode))
    follows_id: UUID | None = None  # the turn whose plan this one builds, or whose questions it answers
    replaces_id: UUID | None = None  # the turn whose message was edited and sent again: this one begins before it
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
    repairs: int = 0  # by a model
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)  # name, state, ms, note
    brief: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # briefs.Brief
    plan: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # summary, steps[]; as its reader changed it
    questions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)  # asked instead of building
    free_repairs: dict[str, int] = Field(default_factory=dict, sa_type=JSONB)  # without a model: kind -> how many
    checks: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # the card: checking.Verdict
    usage: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # by role: model, tokens, cost_micro
    # Files that a person changed meanwhile in the same places: theirs stay. path, checksum of what this turn wrote.
    conflicts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    app_size: int = 0  # bytes of the app's files when it was asked for
    quote_low: int | None = None  # thousandths of a credit
    quote_high: int | None = None
    cap: int | None = None  # thousandths of a credit: the worker ends the turn there. None: nothing is charged
    charged: int = Field(default=0, sa_type=BigInteger)  # thousandths of a credit
    refunded: int = Field(default=0, sa_type=BigInteger)


class GenerationEvent(SQLModel, table=True):
    """One event of a turn, in order: what a reload, a second tab or a second attempt reads."""

    __tablename__ = "generation_events"
    generation_id: UUID = Field(foreign_key="generations.id", ondelete="CASCADE", primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=20)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


class TurnRecording(SQLModel, table=True):
    """What a turn was given and heard, word for word, in the object store: `overskill replay` runs it again."""

    __tablename__ = "turn_recordings"
    generation_id: UUID = Field(foreign_key="generations.id", ondelete="CASCADE", primary_key=True)
    object_key: str = Field(max_length=120)
    size: int  # bytes, compressed
    expires_at: datetime = Field(index=True)


class Thought(SQLModel, table=True):
    """A brief or a plan that was thought out before, for prompts that say nearly the same."""

    __tablename__ = "thoughts"
    key: str = Field(primary_key=True, max_length=64)  # sha256 of what was asked, of whom, with which instructions
    kind: str = Field(max_length=20)
    value: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    expires_at: datetime = Field(index=True)


class AttachmentKind(StrEnum):
    IMAGE = "image"
    TEXT = "text"
    DATA = "data"  # CSV or JSON: a sample for the model, the file for the app
    LINK = "link"  # what a web page says
    CODE = "code"  # a zip of an app


class Attachment(Record, table=True):
    """Something sent along with a message. It belongs to who brought it until it is sent with a turn."""

    __tablename__ = "attachments"
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    generation_id: UUID | None = Field(default=None, foreign_key="generations.id", ondelete="CASCADE", index=True)
    kind: AttachmentKind = Field(sa_type=StringEnum(AttachmentKind))
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=100)
    size: int  # bytes, as it came
    object_key: str = Field(max_length=120)  # in the object store
    text: str = ""  # what a model is told of it
    files: list[str] = Field(default_factory=list, sa_type=JSONB)  # paths in the app that its content becomes
