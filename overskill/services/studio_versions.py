"""What the studio does with the versions of one app of one user beyond putting a whole one back: some of its files, and
an app of its own that begins there. Both check the user and the slug as they come from a browser."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.bundler import Bundler
from overskill.errors import InvalidInput
from overskill.models import AppFile, FileBlob, VersionCause
from overskill.services.apps.access import app_to_change
from overskill.services.apps.saving import FileChange
from overskill.services.apps.versions import find_version, held_files, refuse_during_a_turn
from overskill.services.figures import count_words
from overskill.services.progress import ProgressLog
from overskill.services.studio_files import SavedFiles, save_in_app


def restore_some(
    session: Session,
    user_id: UUID,
    slug: str,
    number: int,
    paths: Sequence[str],
    *,
    bundler: Bundler,
    log: ProgressLog,
) -> SavedFiles:
    """Make these files what a version holds of them, as a version of its own; what it does not hold is removed.

    Raises Conflict while a turn is under way, NotFound, and InvalidInput when nothing is chosen.
    """
    app = app_to_change(session, user_id, slug)
    refuse_during_a_turn(session, app)
    version = find_version(session, app.id, number)
    if not paths:
        raise InvalidInput("Choose at least one file to restore.")
    held = held_files(app.id, number, list(paths)).subquery()
    texts = dict(
        session.execute(
            select(held.c.path, FileBlob.content).join(FileBlob, col(FileBlob.checksum) == held.c.checksum)
        ).all()
    )
    now = dict(
        session.exec(
            select(AppFile.path, AppFile.checksum).where(AppFile.app_id == app.id, col(AppFile.path).in_(paths))
        ).all()
    )
    changes = [FileChange(path, texts.get(path), now.get(path)) for path in sorted({*texts, *now})]
    note = f"{count_words(len(changes), 'file')} from version {number}: {version.name or version.note}"
    return save_in_app(session, app, user_id, changes, note[:200], cause=VersionCause.RESTORE, bundler=bundler, log=log)
