"""Another app that begins where a version of this one was."""

from uuid import UUID

from sqlalchemy import insert, literal
from sqlmodel import Session, col, select

from overskill.models import App, AppFile, VersionCause
from overskill.services.apps.access import app_to_read
from overskill.services.apps.create import add_app_like
from overskill.services.apps.my_apps import LONGEST_NAME
from overskill.services.apps.versions import find_version, held_files, save_version

_ENDING = " branch"


def branch_app(session: Session, user_id: UUID, slug: str, number: int) -> App:
    """The user's own app that begins with what a version of this one holds. No bytes are copied.

    Raises NotFound for a version that isn't there, LimitReached for an app too many.
    """
    app = app_to_read(session, user_id, slug)
    version = find_version(session, app.id, number)
    name = f"{app.name[: LONGEST_NAME - len(_ENDING)]}{_ENDING}"
    thumbnail = version.screenshot or (app.thumbnail if number == app.current_version else "")
    branch = add_app_like(session, app, user_id, name=name, thumbnail=thumbnail)
    branch.origin_id, branch.origin_version = app.id, number
    held = held_files(app.id, number).subquery()
    locked = select(AppFile.path).where(AppFile.app_id == app.id, col(AppFile.is_locked))
    rows = select(literal(branch.id), held.c.path, held.c.checksum, held.c.path.in_(locked))
    session.exec(insert(AppFile).from_select(["app_id", "path", "checksum", "is_locked"], rows))
    note = f"Branched from version {number} of {app.name}"
    save_version(session, branch, note=note, cause=VersionCause.DUPLICATE, author_id=user_id, builds=version.builds)
    return branch
