"""What the chat shows of an app's turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from overskill.models import AppVersion, ChatMessage, Generation, GenerationEvent, GenerationStatus, MessageAuthor
from overskill.services.attachments.view import AttachmentView, attachments_beside, attachments_in
from overskill.services.billing.receipts import receipt
from overskill.services.generation.events import Kind

Change = Literal["written", "edited", "deleted", "renamed"]
_CHANGE: dict[str, Change] = {
    Kind.CLOSE: "written",
    Kind.EDIT: "edited",
    Kind.DELETE: "deleted",
    Kind.RENAME: "renamed",
}


@dataclass(frozen=True)
class FileChange:
    path: str
    change: Change
    lines: int  # of a written file, else 0


@dataclass(frozen=True)
class TurnView:
    """One message and what came of it. While `status` is "queued" or "running", the page follows the live log."""

    id: str
    prompt: str
    status: str
    answer: str  # markdown
    plan: tuple[str, ...]
    files: tuple[FileChange, ...]
    version: int  # 0: it made none
    error: str
    author: str  # "model" or "recipe"
    model: str
    tokens: int
    cost_micro: int
    repairs: int
    seconds: float
    created_at: datetime
    mode: str = "build"
    follows_id: str = ""
    is_followed: bool = False  # a later turn took it up
    replaces_id: str = ""  # the turn whose message was edited and sent again as this one
    steps: tuple[Mapping[str, Any], ...] = ()
    brief: Mapping[str, Any] = field(default_factory=dict)
    plan_steps: tuple[str, ...] = ()  # of a turn that was to plan, or that builds a plan
    questions: tuple[Mapping[str, Any], ...] = ()
    free_repairs: Mapping[str, int] = field(default_factory=dict)
    checks: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Mapping[str, Any], ...] = ()
    receipt: Mapping[str, Any] = field(default_factory=dict)
    charged: int = 0  # thousandths of a credit
    refunded: int = 0
    can_go_on: bool = False  # it failed, and what it completed is not lost
    attachments: tuple[AttachmentView, ...] = ()
    conflicts: tuple[str, ...] = ()  # paths, changed by hand in the same place: somebody is to choose


def list_turns(
    session: Session,
    app_id: UUID,
    *,
    limit: int = 100,
    before: datetime | None = None,
    since: datetime | None = None,
) -> list[TurnView]:
    """The newest turns, oldest first: of those before a time, and all since another. One query, however many."""
    beside = (_answer(), _events(), _findings(), attachments_beside(Generation.id), _is_followed())
    newest = (
        sa.select(Generation, *beside)
        .where(col(Generation.app_id) == app_id)
        .order_by(col(Generation.created_at).desc())
    )
    if before is not None:
        newest = newest.where(col(Generation.created_at) < before)
    if since is not None:
        newest = newest.where(col(Generation.created_at) >= since)
    return [
        _view(turn, answer or "", events or [], findings, attachments_in(attachments), is_followed=is_followed)
        for turn, answer, events, findings, attachments, is_followed in session.execute(newest.limit(limit)).all()[::-1]
    ]


# What comes with a turn: each a column of the query for turns.


def _answer() -> sa.ScalarSelect[Any]:
    said = (ChatMessage.generation_id == Generation.id, ChatMessage.author == MessageAuthor.ASSISTANT)
    return select(ChatMessage.text).where(*said).order_by(col(ChatMessage.created_at).desc()).limit(1).scalar_subquery()


def _events() -> sa.ScalarSelect[Any]:
    """[{"kind", "path", "lines", "steps"}] of what changed files and of plans, in order."""
    told = [part for name in ("path", "lines", "steps") for part in (name, col(GenerationEvent.data)[name])]
    event = sa.func.json_build_object("kind", GenerationEvent.kind, *told)
    return (
        select(sa.func.json_agg(aggregate_order_by(event, col(GenerationEvent.seq))))
        .where(GenerationEvent.generation_id == Generation.id, col(GenerationEvent.kind).in_([*_CHANGE, Kind.PLAN]))
        .scalar_subquery()
    )


def _findings() -> sa.ScalarSelect[Any]:
    """Of the version that it made."""
    made = (AppVersion.app_id == Generation.app_id, AppVersion.number == Generation.version)
    return select(AppVersion.findings).where(*made).scalar_subquery()


def _is_followed() -> sa.Exists:
    later = aliased(Generation)
    return select(later.id).where(later.app_id == Generation.app_id, later.follows_id == Generation.id).exists()


def _view(
    turn: Generation,
    answer: str,
    events: Sequence[Mapping[str, Any]],
    findings: Sequence[Mapping[str, Any]] | None,
    attachments: tuple[AttachmentView, ...],
    *,
    is_followed: bool,
) -> TurnView:
    plans = [event["steps"] or [] for event in events if event["kind"] == Kind.PLAN]
    ended = turn.finished_at or turn.last_progress_at
    return TurnView(
        id=str(turn.id),
        prompt=turn.prompt,
        status=turn.status,
        answer=answer,
        plan=tuple(str(step) for step in plans[-1]) if plans else (),
        files=_files(events),
        version=turn.version or 0,
        error=turn.error,
        author=turn.author,
        model=turn.model,
        tokens=turn.tokens_in + turn.tokens_out,
        cost_micro=turn.cost_micro,
        repairs=turn.repairs,
        seconds=round((ended - (turn.started_at or turn.created_at)).total_seconds(), 1),
        created_at=turn.created_at,
        mode=turn.mode,
        follows_id=str(turn.follows_id or ""),
        is_followed=is_followed,
        replaces_id=str(turn.replaces_id or ""),
        steps=tuple(turn.steps),
        brief=turn.brief,
        plan_steps=tuple(str(step) for step in turn.plan.get("steps") or ()),
        questions=tuple(turn.questions),
        free_repairs=turn.free_repairs,
        checks=turn.checks,
        findings=tuple(findings or ()),
        receipt=receipt(turn).to_json() if turn.status.is_final else {},
        charged=turn.charged,
        refunded=turn.refunded,
        can_go_on=turn.status is GenerationStatus.FAILED
        and turn.version is None
        and any(event["kind"] in _CHANGE for event in events),
        attachments=attachments,
        conflicts=tuple(str(conflict["path"]) for conflict in turn.conflicts),
    )


def _files(events: Sequence[Mapping[str, Any]]) -> tuple[FileChange, ...]:
    """One entry a path, in order of its first change; the last change counts."""
    files: dict[str, FileChange] = {}
    for event in events:
        if event["kind"] in _CHANGE:
            path = str(event["path"])
            files[path] = FileChange(path, _CHANGE[event["kind"]], int(event["lines"] or 0))
    return tuple(files.values())
