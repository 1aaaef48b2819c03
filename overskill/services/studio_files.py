"""What the studio does with the files of one app of one user: read them, and save what a person changed.

Every function takes the user and the app's slug as they come from a browser, and checks both. All that changes files
here goes one way: `save_changes`, the preview, the bells (docs/decisions/0015).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.bundler import Applied, Bundler, Diagnostic
from overskill.clients.daemon import UnknownApp
from overskill.db import after_commit
from overskill.errors import InvalidInput, NotFound, Unavailable
from overskill.models import App, AppFile, FileBlob, GenerationStatus, VersionCause
from overskill.services.apps.access import app_to_change, app_to_read
from overskill.services.apps.bells import tell_files_once_committed, tell_locks_once_committed
from overskill.services.apps.files import checksum, read_files
from overskill.services.apps.locks import lock
from overskill.services.apps.saving import FileChange, Saved, save_changes
from overskill.services.apps.versions import find_version
from overskill.services.generation.requests import app_topic, unfinished_turn
from overskill.services.generation.staging import ESSENTIAL_FILES
from overskill.services.packages.named import MANIFEST
from overskill.services.packages.pinning import Pins
from overskill.services.packages.providing import begin_again_with_packages
from overskill.services.progress import ProgressLog


@dataclass(frozen=True, slots=True)
class FileRow:
    path: str
    checksum: str
    size: int  # bytes
    locked: bool


@dataclass(frozen=True, slots=True)
class FileList:
    revision: int
    version: int
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class FileText:
    path: str
    checksum: str
    text: str
    locked: bool


@dataclass(frozen=True, slots=True)
class SavedFile:
    """`checksum` None: it is gone. `text` only where it is not what was sent, because it was merged."""

    path: str
    checksum: str | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class SavedFiles:
    """`diagnostics` is all that is wrong with the app now; nothing is said of it while the bundler is away. `said` are
    sentences on what was put right."""

    revision: int
    version: int
    files: tuple[SavedFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    said: tuple[str, ...] = ()


def list_files(session: Session, user_id: UUID, slug: str) -> FileList:
    app = app_to_read(session, user_id, slug)
    rows = session.exec(
        select(AppFile.path, AppFile.checksum, FileBlob.size, AppFile.is_locked)
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(AppFile.app_id == app.id)
        .order_by(AppFile.path)
    )
    return FileList(app.revision, app.current_version, tuple(FileRow(*row) for row in rows))


def read_text(session: Session, user_id: UUID, slug: str, path: str) -> FileText:
    app = app_to_read(session, user_id, slug)
    if "\0" in path:  # Postgres has no such text
        raise NotFound("There is no file with that name in this app.")
    row = session.exec(
        select(AppFile.checksum, FileBlob.content, AppFile.is_locked)
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(AppFile.app_id == app.id, AppFile.path == path)
    ).one_or_none()
    if row is None:
        raise NotFound(f"{path[:200]} is not in this app any more.")
    return FileText(path, *row)


def lock_path(
    session: Session, user_id: UUID, slug: str, path: str, *, is_locked: bool, log: ProgressLog
) -> tuple[str, ...]:
    """Whether models may change a file, or all files of a folder. Returns which those are."""
    app = app_to_change(session, user_id, slug)
    rows = select(AppFile.path, AppFile.checksum).where(AppFile.app_id == app.id).order_by(AppFile.path)
    files = {each: held for each, held in session.exec(rows) if each == path or each.startswith(f"{path}/")}
    if not files:
        raise NotFound(f"{path[:200]} is not in this app any more.")
    lock(session, app, files, is_locked=is_locked)
    app.revision += 1
    tell_locks_once_committed(session, app, files, is_locked=is_locked, by=user_id, log=log)
    return tuple(files)


def save(
    session: Session,
    user_id: UUID,
    slug: str,
    changes: Sequence[FileChange],
    *,
    note: str = "",
    pins: Pins | None = None,
    bundler: Bundler,
    log: ProgressLog,
) -> SavedFiles:
    """Save all of it or nothing, and show it in every open preview. With `pins`, ranges in package.json are pinned.

    Raises as `save_changes` does, and BeginAgain.
    """
    app = app_to_change(session, user_id, slug)
    sent = next((change.text for change in changes if change.path == MANIFEST), None)
    if pins is None or not sent:
        return save_in_app(session, app, user_id, changes, note, bundler=bundler, log=log)
    pinned = pins.pin(sent)
    exact = [replace(change, text=pinned.text) if change.path == MANIFEST else change for change in changes]
    saved = save_in_app(session, app, user_id, exact, note, bundler=bundler, log=log)
    files = tuple(
        replace(file, text=file.text or pinned.text) if pinned.said and file.path == MANIFEST else file
        for file in saved.files
    )
    return replace(saved, files=files, diagnostics=(*saved.diagnostics, *pinned.problems), said=pinned.said)


def save_in_app(
    session: Session,
    app: App,
    user_id: UUID,
    changes: Sequence[FileChange],
    note: str = "",
    *,
    cause: VersionCause = VersionCause.EDIT,
    bundler: Bundler,
    log: ProgressLog,
) -> SavedFiles:
    """As `save`, for a caller that has the app by `app_to_change`."""
    for change in changes:
        if change.text is None and change.path in ESSENTIAL_FILES:
            raise InvalidInput(f"{change.path} is needed for the app to start. Change it instead.")
    saved = save_changes(session, app, user_id, changes, note=note, cause=cause)
    diagnostics = _show(session, app, saved, bundler) if saved.changed else ()
    if saved.changed:
        _tell(session, app, user_id, saved, log)
    files = tuple(
        SavedFile(path, None if text is None else checksum(text), text if path in saved.merged else None)
        for path, text in saved.files.items()
    )
    return SavedFiles(saved.revision, saved.version, files, diagnostics)


def _show(session: Session, app: App, saved: Saved, bundler: Bundler) -> tuple[Diagnostic, ...]:
    """What is wrong with the app now. A bundler that is away shows all of it when it is back."""
    turn = unfinished_turn(session, app.id)
    is_being_written = turn is not None and turn.status is GenerationStatus.RUNNING
    try:
        applied = _update(session, app, saved.changes, bundler, is_being_written=is_being_written)
    except Unavailable:
        return ()
    found = applied.diagnostics
    if is_being_written:  # what else is wrong is the turn's, which is not done yet
        found = tuple(one for one in found if one.file in saved.files)
    if any(one.severity == "error" for one in found):
        find_version(session, app.id, saved.version).builds = False
    return found


def _update(
    session: Session, app: App, changes: Mapping[str, str | None], bundler: Bundler, *, is_being_written: bool
) -> Applied:
    begin_again_with_packages(bundler, changes)
    try:
        return bundler.update(app.preview_key, changes, draft=is_being_written)
    except UnknownApp:
        if is_being_written:
            raise  # the turn opens it, with what it has written so far
        files = read_files(session, app.id)
        begin_again_with_packages(bundler, files)
        return bundler.open(app.preview_key, files)


def _tell(session: Session, app: App, user_id: UUID, saved: Saved, log: ProgressLog) -> None:
    """Who follows the files hears of each change; everything else of the editor changes only with a version."""
    tell_files_once_committed(session, app, saved.changes, by=user_id, log=log)
    if saved.is_version_begun:
        after_commit(session, partial(log.ring, app_topic(app.id)))
