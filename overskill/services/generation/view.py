"""What the chat shows of an app's turns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import AppVersion, ChatMessage, Generation, GenerationEvent, GenerationStatus, MessageAuthor
from overskill.services.attachments.view import AttachmentView, attachments_of
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
    """The newest turns, oldest first: of those before a time, and all since another. Six queries, however many."""
    newest = select(Generation).where(Generation.app_id == app_id).order_by(col(Generation.created_at).desc())
    if before is not None:
        newest = newest.where(Generation.created_at < before)
    if since is not None:
        newest = newest.where(Generation.created_at >= since)
    turns = session.exec(newest.limit(limit)).all()[::-1]
    keys = [turn.id for turn in turns]
    followed = set(session.exec(select(Generation.follows_id).where(col(Generation.follows_id).in_(keys))).all())
    answers = dict(
        session.exec(
            select(ChatMessage.generation_id, ChatMessage.text).where(
                col(ChatMessage.generation_id).in_(keys), ChatMessage.author == MessageAuthor.ASSISTANT
            )
        ).all()
    )
    events: dict[UUID, list[GenerationEvent]] = defaultdict(list)
    for event in session.exec(
        select(GenerationEvent)
        .where(col(GenerationEvent.generation_id).in_(keys), col(GenerationEvent.kind).in_([*_CHANGE, Kind.PLAN]))
        .order_by(col(GenerationEvent.generation_id), col(GenerationEvent.seq))
    ):
        events[event.generation_id].append(event)
    findings = dict(
        session.exec(
            select(AppVersion.generation_id, AppVersion.findings).where(col(AppVersion.generation_id).in_(keys))
        ).all()
    )
    attachments = attachments_of(session, keys)
    return [
        _view(
            turn,
            answers.get(turn.id, ""),
            events[turn.id],
            findings.get(turn.id),
            attachments.get(turn.id, ()),
            is_followed=turn.id in followed,
        )
        for turn in turns
    ]


def _view(
    turn: Generation,
    answer: str,
    events: list[GenerationEvent],
    findings: Sequence[Mapping[str, Any]] | None,
    attachments: tuple[AttachmentView, ...],
    *,
    is_followed: bool,
) -> TurnView:
    plans = [event.data.get("steps") or [] for event in events if event.kind == Kind.PLAN]
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
        and any(event.kind in _CHANGE for event in events),
        attachments=attachments,
        conflicts=tuple(str(conflict["path"]) for conflict in turn.conflicts),
    )


def _files(events: list[GenerationEvent]) -> tuple[FileChange, ...]:
    """One entry a path, in order of its first change; the last change counts."""
    files: dict[str, FileChange] = {}
    for event in events:
        if event.kind in _CHANGE:
            path = str(event.data["path"])
            files[path] = FileChange(path, _CHANGE[event.kind], int(event.data.get("lines", 0)))
    return tuple(files.values())
