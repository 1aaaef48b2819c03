"""Following a turn from outside: may they, is it over, and what happened once its live log is gone."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import App, Generation, GenerationEvent, Membership

Entry = dict[str, Any]


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
