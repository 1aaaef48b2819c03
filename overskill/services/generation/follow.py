"""Following a turn from outside: may they, is it over, and what happened once its live log is gone."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import App, Generation, GenerationEvent, Membership
from overskill.services.billing.receipts import receipt
from overskill.services.generation.events import Kind

Entry = dict[str, Any]

# What of a turn's events is told once it is over; the files themselves are in its version.
_OF_FILES = (Kind.CLOSE, Kind.EDIT, Kind.DELETE, Kind.RENAME)
_OF_WORK = (Kind.PACKAGES, "repaired", "repair", "findings", "refund")


def turn_to_read(session: Session, user_id: UUID, generation_id: UUID) -> Generation:
    """The turn, if it is of an app of this user's team. Raises NotFound."""
    turn = session.exec(
        select(Generation)
        .join(App, col(App.id) == Generation.app_id)
        .join(Membership, col(Membership.team_id) == col(App.team_id))
        .where(Generation.id == generation_id, Membership.user_id == user_id)
    ).first()
    if turn is None:
        raise NotFound("There is no such turn, or it isn't yours.")
    return turn


def turn_end(session: Session, generation_id: UUID) -> Entry | None:
    """The last entry of a turn that is over, as its log has it; None while it goes on."""
    turn = session.get(Generation, generation_id)
    if turn is not None and not turn.status.is_final:
        return None
    if turn is None:
        return {"k": "done", "status": "failed", "version": None, "error": "This app was deleted."}
    return {"k": "done", "status": str(turn.status), "version": turn.version, "error": turn.error}


def recorded_entries(session: Session, generation_id: UUID) -> list[Entry]:
    """The turn as the rows have it, in the log's form. It begins with a reset, so reading it twice does no harm."""
    rows = session.exec(
        select(GenerationEvent).where(GenerationEvent.generation_id == generation_id).order_by(col(GenerationEvent.seq))
    )
    return [{"k": "resumed", "prose": "", "files": []}, *({"k": row.kind, **row.data} for row in rows)]


def turn_record(session: Session, user_id: UUID, generation_id: UUID) -> list[Entry]:
    """All there is to tell of a turn that is over, in the log's form and without what files say. Raises NotFound."""
    turn = turn_to_read(session, user_id, generation_id)
    rows = session.exec(
        select(GenerationEvent)
        .where(
            GenerationEvent.generation_id == turn.id,
            col(GenerationEvent.kind).in_([*_OF_FILES, *_OF_WORK]),
        )
        .order_by(col(GenerationEvent.seq))
    )
    return [
        *({"k": "step", **step} for step in turn.steps),
        *_thoughts(turn),
        *(_without_content(row) for row in rows),
        *([{"k": "checks", **turn.checks}] if turn.checks else []),
        *([{"k": "conflicts", "files": turn.conflicts}] if turn.conflicts else []),
        {"k": "receipt", **receipt(turn).to_json(), "model": turn.model, "seconds": _seconds(turn)},
        {"k": "done", "status": str(turn.status), "version": turn.version, "error": turn.error},
    ]


def _thoughts(turn: Generation) -> list[Entry]:
    told: dict[str, Entry] = {"brief": turn.brief, "plan": turn.plan, "questions": {"questions": turn.questions}}
    return [{"k": kind, **entry} for kind, entry in told.items() if any(entry.values())]


def _without_content(row: GenerationEvent) -> Entry:
    """How long a file is, but not the blocks of an edit: only its path tells something here."""
    data = {"path": row.data.get("path", "")} if row.kind == Kind.EDIT else row.data
    return {"k": row.kind, **data}


def _seconds(turn: Generation) -> float:
    ended = turn.finished_at or turn.last_progress_at
    return round((ended - (turn.started_at or turn.created_at)).total_seconds(), 1)
