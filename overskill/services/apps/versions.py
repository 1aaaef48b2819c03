"""Versions: what each changed, as (path, checksum), so that saving costs what changed and restoring copies no bytes."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, delete, insert, literal
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlmodel import Session, col, func, select

from overskill.errors import Conflict, NotFound
from overskill.models import App, AppFile, AppVersion, FileBlob, Generation, GenerationStatus, VersionCause, VersionFile
from overskill.models.base import utc_now


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
    paths: Collection[str] | None = None,
) -> AppVersion:
    """Keep the app's files as they are now as its next version. The caller holds the app's row lock.

    `paths` are all that may have changed since the version before; without them every file is compared.
    """
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
    _keep_changes(session, app.id, version.number, paths if app.current_version else None)  # the first has all
    app.current_version = version.number
    app.revision += 1
    app.changed_at = utc_now()
    session.add(app)
    return version


def extend_version(session: Session, app: App, version: AppVersion, paths: Collection[str], *, builds: bool) -> None:
    """The app's newest version, with what these files are now. The caller holds the app's row lock."""
    session.exec(
        delete(VersionFile).where(
            col(VersionFile.app_id) == app.id,
            col(VersionFile.number) == version.number,
            col(VersionFile.path).in_(paths),
        )
    )
    _keep_changes(session, app.id, version.number, paths)
    version.builds = builds
    version.findings, version.screenshot = None, ""  # both were of what it was
    version.updated_at = app.changed_at = utc_now()
    app.revision += 1
    session.add(version)
    session.add(app)


def changed_paths(session: Session, app_id: UUID, number: int) -> list[str]:
    """What a version changed."""
    rows = select(VersionFile.path).where(VersionFile.app_id == app_id, VersionFile.number == number)
    return list(session.exec(rows.order_by(VersionFile.path)))


def _keep_changes(session: Session, app_id: UUID, number: int, paths: Collection[str] | None) -> None:
    files = select(AppFile.path, AppFile.checksum).where(AppFile.app_id == app_id)
    now = (files if paths is None else files.where(col(AppFile.path).in_(paths))).subquery()
    before = held_files(app_id, number - 1, paths).subquery()
    changed = (
        select(literal(app_id), func.coalesce(now.c.path, before.c.path), literal(number), now.c.checksum)
        .select_from(now.join(before, now.c.path == before.c.path, full=True))
        .where(now.c.checksum.is_distinct_from(before.c.checksum))
    )
    session.exec(insert(VersionFile).from_select(["app_id", "path", "number", "checksum"], changed))


def held_files(app_id: UUID, number: int, paths: Collection[str] | None = None) -> Select[tuple[str, str]]:
    """(path, checksum) of what a version holds; of these paths only, if they are given."""
    rows = (
        sa_select(col(VersionFile.path), col(VersionFile.checksum))
        .ext(distinct_on(col(VersionFile.path)))
        .where(col(VersionFile.app_id) == app_id, col(VersionFile.number) <= number)
        .order_by(col(VersionFile.path), col(VersionFile.number).desc())
    )
    newest = (rows if paths is None else rows.where(col(VersionFile.path).in_(paths))).subquery()
    return sa_select(newest.c.path, newest.c.checksum).where(newest.c.checksum.is_not(None))


def origin_beside() -> ScalarSelect[int]:
    """A column for a query of apps: the version whose files each has, which is its current one or what that puts back.
    None before the first."""
    origin = func.coalesce(AppVersion.restored_from, AppVersion.number)
    return select(origin).where(AppVersion.app_id == App.id, AppVersion.number == App.current_version).scalar_subquery()


def find_version(session: Session, app_id: UUID, number: int) -> AppVersion:
    version = session.exec(
        select(AppVersion).where(AppVersion.app_id == app_id, AppVersion.number == number)
    ).one_or_none()
    if version is None:
        raise NotFound(f"This app has no version {number}.")
    return version


def version_files(session: Session, app_id: UUID, number: int) -> dict[str, str]:
    """path -> content of one version."""
    find_version(session, app_id, number)
    held = held_files(app_id, number).subquery()
    rows = session.execute(
        sa_select(held.c.path, col(FileBlob.content))
        .join(FileBlob, col(FileBlob.checksum) == held.c.checksum)
        .order_by(held.c.path)
    )
    return dict(rows.all())


def restore_version(session: Session, app: App, user_id: UUID, number: int) -> Mapping[str, str]:
    """Make an earlier version the current one, as a version of its own. Returns the files it now has.

    Raises Conflict while a turn is under way: it would write over what was restored.
    """
    refuse_during_a_turn(session, app)
    version = find_version(session, app.id, number)
    held = held_files(app.id, number).subquery()
    session.exec(delete(AppFile).where(col(AppFile.app_id) == app.id, col(AppFile.path).not_in(sa_select(held.c.path))))
    rows = insert_or_not(AppFile).from_select(
        ["app_id", "path", "checksum"], sa_select(literal(app.id), held.c.path, held.c.checksum)
    )
    session.exec(
        rows.on_conflict_do_update(
            index_elements=["app_id", "path"],
            set_={"checksum": rows.excluded.checksum},
            where=col(AppFile.checksum) != rows.excluded.checksum,
        )
    )
    note = version.note if version.restored_from else f"Back to version {number}: {version.note}"
    save_version(
        session,
        app,
        note=note,
        cause=VersionCause.RESTORE,
        author_id=user_id,
        restored_from=version.origin,
        builds=version.builds,
    )
    return version_files(session, app.id, app.current_version)


def undo(session: Session, app: App, user_id: UUID) -> Mapping[str, str]:
    """Go back one step. Undoing again goes further back, not forth. Raises Conflict at the first version."""
    current = find_version(session, app.id, app.current_version) if app.current_version else None
    shown = current.origin if current else 0
    before = session.exec(
        select(AppVersion.number)
        .where(AppVersion.app_id == app.id, AppVersion.number < shown, col(AppVersion.restored_from).is_(None))
        .order_by(col(AppVersion.number).desc())
    ).first()
    if before is None:
        raise Conflict("This is the first version: there is nothing to undo.")
    return restore_version(session, app, user_id, before)


def refuse_during_a_turn(session: Session, app: App) -> None:
    running = session.exec(
        select(Generation.id).where(
            Generation.app_id == app.id,
            col(Generation.status).in_([GenerationStatus.RUNNING, GenerationStatus.QUEUED]),
        )
    ).first()
    if running is not None:
        raise Conflict("The app is being changed right now. Stop the turn or wait for it to end, then try again.")
