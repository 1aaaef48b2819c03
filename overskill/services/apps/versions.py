"""Versions: a list of (path, checksum) each, so that restoring never copies bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, literal
from sqlmodel import Session, col, select

from overskill.errors import Conflict, NotFound
from overskill.models import App, AppFile, AppVersion, FileBlob, Generation, GenerationStatus, VersionCause, VersionFile
from overskill.models.base import utc_now


@dataclass(frozen=True)
class VersionView:
    number: int
    note: str
    cause: str
    created_at: datetime
    is_current: bool
    builds: bool


def save_version(
    session: Session,
    app: App,
    *,
    note: str,
    cause: VersionCause,
    author_id: UUID | None = None,
    generation_id: UUID | None = None,
    restored_from: int | None = None,
    builds: bool = True,
) -> AppVersion:
    """Keep the app's files as they are now as its next version. The caller holds the app's row lock."""
    version = AppVersion(
        app_id=app.id,
        number=app.current_version + 1,
        note=note[:200],
        cause=cause,
        author_id=author_id,
        generation_id=generation_id,
        restored_from=restored_from,
        builds=builds,
    )
    session.add(version)
    session.flush()
    now = select(literal(version.id), AppFile.path, AppFile.checksum).where(AppFile.app_id == app.id)
    session.exec(insert(VersionFile).from_select(["version_id", "path", "checksum"], now))
    app.current_version = version.number
    app.changed_at = utc_now()
    session.add(app)
    return version


def find_version(session: Session, app_id: UUID, number: int) -> AppVersion:
    version = session.exec(
        select(AppVersion).where(AppVersion.app_id == app_id, AppVersion.number == number)
    ).one_or_none()
    if version is None:
        raise NotFound(f"This app has no version {number}.")
    return version


def version_files(session: Session, app_id: UUID, number: int) -> dict[str, str]:
    """path -> content of one version."""
    version = find_version(session, app_id, number)
    rows = session.exec(
        select(VersionFile.path, FileBlob.content)
        .join(FileBlob, col(FileBlob.checksum) == col(VersionFile.checksum))
        .where(VersionFile.version_id == version.id)
        .order_by(VersionFile.path)
    )
    return dict(rows.all())


def list_versions(session: Session, app: App, *, limit: int = 100) -> list[VersionView]:
    """Newest first."""
    rows = session.exec(
        select(AppVersion).where(AppVersion.app_id == app.id).order_by(col(AppVersion.number).desc()).limit(limit)
    )
    return [
        VersionView(row.number, row.note, row.cause, row.created_at, row.number == app.current_version, row.builds)
        for row in rows
    ]


def restore_version(session: Session, app: App, user_id: UUID, number: int) -> Mapping[str, str]:
    """Make an earlier version the current one, as a version of its own. Returns the files it now has.

    Raises Conflict while a turn is under way: it would write over what was restored.
    """
    _refuse_during_a_turn(session, app)
    version = find_version(session, app.id, number)
    session.exec(delete(AppFile).where(col(AppFile.app_id) == app.id))
    rows = select(literal(app.id), VersionFile.path, VersionFile.checksum).where(VersionFile.version_id == version.id)
    session.exec(insert(AppFile).from_select(["app_id", "path", "checksum"], rows))
    note = version.note if version.restored_from else f"Back to version {number}: {version.note}"
    save_version(
        session,
        app,
        note=note,
        cause=VersionCause.RESTORE,
        author_id=user_id,
        restored_from=version.restored_from or number,
        builds=version.builds,
    )
    return version_files(session, app.id, app.current_version)


def undo(session: Session, app: App, user_id: UUID) -> Mapping[str, str]:
    """Go back one step. Undoing again goes further back, not forth. Raises Conflict at the first version."""
    current = find_version(session, app.id, app.current_version) if app.current_version else None
    shown = (current.restored_from or current.number) if current else 0
    before = session.exec(
        select(AppVersion.number)
        .where(AppVersion.app_id == app.id, AppVersion.number < shown, col(AppVersion.restored_from).is_(None))
        .order_by(col(AppVersion.number).desc())
    ).first()
    if before is None:
        raise Conflict("This is the first version: there is nothing to undo.")
    return restore_version(session, app, user_id, before)


def _refuse_during_a_turn(session: Session, app: App) -> None:
    running = session.exec(
        select(Generation.id).where(
            Generation.app_id == app.id,
            col(Generation.status).in_([GenerationStatus.RUNNING, GenerationStatus.QUEUED]),
        )
    ).first()
    if running is not None:
        raise Conflict("The app is being changed right now. Stop the turn or wait for it to end, then try again.")
