"""A message that was edited and is sent again: the app goes back to before it, and it is answered anew."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col, func, select

from overskill.models import App, AppVersion, Generation, VersionCause
from overskill.services.apps.files import read_files, write_files
from overskill.services.apps.versions import refuse_during_a_turn, restore_version, save_version
from overskill.starter import starter_files


def go_back_before(session: Session, app: App, user_id: UUID, turn: Generation) -> Mapping[str, str] | None:
    """Make what was there before a turn the newest version. The files it has; None where nothing had changed since.

    The caller holds the app's row lock. Raises Conflict while a turn is under way.
    """
    refuse_during_a_turn(session, app)
    number = version_before(session, turn)
    if number == app.current_version:
        return None
    return restore_version(session, app, user_id, number) if number else _begin_anew(session, app, user_id)


def version_before(session: Session, turn: Generation) -> int:
    """The number of the version that a turn began with; 0 when there was none yet."""
    if turn.version:
        return turn.version - 1
    newest_then = select(func.max(AppVersion.number)).where(
        AppVersion.app_id == turn.app_id, col(AppVersion.created_at) <= (turn.started_at or turn.created_at)
    )
    return session.exec(newest_then).one() or 0


def _begin_anew(session: Session, app: App, user_id: UUID) -> Mapping[str, str]:
    starter = starter_files()
    gone = read_files(session, app.id).keys() - starter.keys()
    write_files(session, app.id, {**dict.fromkeys(gone), **starter})
    save_version(session, app, note="Back to before the first message", cause=VersionCause.RESTORE, author_id=user_id)
    return starter
