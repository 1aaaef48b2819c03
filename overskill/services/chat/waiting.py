"""Messages that wait for the turn before them: changed and put in another order before they run."""

from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.db import after_commit
from overskill.errors import Conflict, NotFound
from overskill.models import App, ChatMessage, Generation, GenerationStatus, MessageAuthor
from overskill.services.apps.access import app_to_change
from overskill.services.generation.requests import app_topic
from overskill.services.generation.validation import validated
from overskill.services.progress import ProgressLog


def edit_waiting(session: Session, user_id: UUID, slug: str, turn_id: UUID, text: str, *, log: ProgressLog) -> None:
    """Say something else in a message that waits. Raises InvalidInput, NotFound, or Conflict once it runs."""
    app = app_to_change(session, user_id, slug)
    turn = _waiting(session, app, turn_id)
    turn.prompt = validated(text).text
    session.add(turn)
    message = session.exec(
        select(ChatMessage).where(ChatMessage.generation_id == turn.id, ChatMessage.author == MessageAuthor.USER)
    ).one()
    message.text = turn.prompt
    session.add(message)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def move_waiting(session: Session, user_id: UUID, slug: str, turn_id: UUID, place: int, *, log: ProgressLog) -> None:
    """Put a message that waits at another place among those that do; 0 is next. Raises NotFound or Conflict."""
    app = app_to_change(session, user_id, slug)
    _waiting(session, app, turn_id)
    turns = session.exec(
        select(Generation)
        .where(Generation.app_id == app.id, Generation.status == GenerationStatus.QUEUED)
        .order_by(col(Generation.created_at))
        .with_for_update()
    ).all()
    times = [turn.created_at for turn in turns]  # what they run in the order of
    moved = next(turn for turn in turns if turn.id == turn_id)
    order = [turn for turn in turns if turn is not moved]
    order.insert(max(0, place), moved)
    for turn, time in zip(order, times, strict=True):
        turn.created_at = time
        session.add(turn)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def _waiting(session: Session, app: App, turn_id: UUID) -> Generation:
    turn = session.get(Generation, turn_id, with_for_update=True)
    if turn is None or turn.app_id != app.id:
        raise NotFound("There is no such turn in this app.")
    if turn.status is not GenerationStatus.QUEUED:
        raise Conflict("That message does not wait any more: its turn has begun.")
    return turn
