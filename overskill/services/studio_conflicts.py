"""Where a turn and a person changed the same: the one who chooses keeps what is there, or takes what the turn wrote."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Bundler
from overskill.db import after_commit
from overskill.errors import NotFound
from overskill.models import AppFile, FileBlob, Generation
from overskill.services.apps.access import app_to_change, app_to_read
from overskill.services.apps.saving import FileChange
from overskill.services.generation import app_topic, find_turn
from overskill.services.progress import ProgressLog
from overskill.services.studio_files import save_in_app

Choice = Literal["mine", "theirs"]  # what the app has, or what the turn wrote


@dataclass(frozen=True, slots=True)
class ConflictView:
    """None: there is no such file, in the app as it is now or as the turn had it."""

    path: str
    mine: str | None
    theirs: str | None


def view_conflict(session: Session, user_id: UUID, slug: str, turn_id: UUID, path: str) -> ConflictView:
    app = app_to_read(session, user_id, slug)
    written = _written(find_turn(session, app.id, turn_id), path)
    now = session.get(AppFile, (app.id, path))
    return ConflictView(path, _text(session, now.checksum if now else None), _text(session, written))


def resolve_conflict(
    session: Session,
    user_id: UUID,
    slug: str,
    turn_id: UUID,
    path: str,
    keep: Choice,
    *,
    bundler: Bundler,
    log: ProgressLog,
) -> list[dict[str, Any]]:
    """Choose, for everybody. Returns the conflicts that are left of the turn. Raises NotFound when this one is not."""
    app = app_to_change(session, user_id, slug)
    turn = find_turn(session, app.id, turn_id)
    written = _written(turn, path)
    if keep == "theirs":
        now = session.get(AppFile, (app.id, path))
        change = FileChange(path, _text(session, written), now.checksum if now else None)
        save_in_app(session, app, user_id, [change], bundler=bundler, log=log)
    after_commit(session, partial(log.ring, app_topic(app.id)))
    turn.conflicts = [conflict for conflict in turn.conflicts if conflict["path"] != path]
    session.add(turn)
    return turn.conflicts


def _written(turn: Generation, path: str) -> str | None:
    """The checksum of what the turn made of the file."""
    for conflict in turn.conflicts:
        if conflict["path"] == path:
            return None if conflict["checksum"] is None else str(conflict["checksum"])
    raise NotFound("Somebody has chosen already: there is nothing left to choose here.")


def _text(session: Session, checksum: str | None) -> str | None:
    return None if checksum is None else session.get_one(FileBlob, checksum).content
