"""What a person changes in an app's files by hand: in the code, by selecting an element, on the canvas.

A change names what it was made from. What somebody else changed meanwhile elsewhere in the file is merged; in the same
lines it is a conflict, and nothing is saved. What one person changes in one sitting is one version, which grows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from overskill.errors import Conflict, InvalidInput, LimitReached
from overskill.models import (
    App,
    AppFile,
    AppVersion,
    Deployment,
    FileBlob,
    Listing,
    Release,
    Repository,
    VersionCause,
)
from overskill.models.base import utc_now
from overskill.services.apps.files import checksum, write_files
from overskill.services.apps.merging import merge_files
from overskill.services.apps.versions import changed_paths, extend_version, find_version, save_version
from overskill.services.generation.paths import clash, safe_path

SITTING = timedelta(minutes=10)  # changes with a longer pause between them are two versions
MOST_FILES = 400
LARGEST_FILE = 512 * 1024  # bytes
LARGEST_APP = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileChange:
    """`text` None removes the file. `base` is the checksum of what the change was made from; None: of no file."""

    path: str
    text: str | None
    base: str | None


@dataclass(frozen=True, slots=True)
class FileNow:
    """A file as it is now. `text` None: it is gone."""

    path: str
    text: str | None

    @property
    def checksum(self) -> str | None:
        return None if self.text is None else checksum(self.text)


class ChangedMeanwhile(Conflict):
    """Somebody else changed the same lines. `files` are those files as they are now; nothing was saved."""

    def __init__(self, files: Sequence[FileNow]) -> None:
        names = ", ".join(file.path for file in files)
        super().__init__(f"{names} was changed by somebody else in the same place. Choose which of the two to keep.")
        self.files = tuple(files)


@dataclass(frozen=True, slots=True)
class Saved:
    """`files` is what each of the files is now: path -> text. `merged` are those whose text is not what was sent."""

    revision: int
    version: int
    is_version_begun: bool  # False: a version of the same sitting has grown, or nothing had changed
    files: Mapping[str, str | None] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    merged: frozenset[str] = frozenset()

    @property
    def changes(self) -> dict[str, str | None]:
        return {path: text for path, text in self.files.items() if path in self.changed}


def save_changes(
    session: Session,
    app: App,
    user_id: UUID,
    changes: Sequence[FileChange],
    *,
    note: str = "",
    builds: bool = True,
    cause: VersionCause = VersionCause.EDIT,
) -> Saved:
    """Save all of them or none. The caller holds the app's row lock. Only edits make a version grow.

    Raises InvalidInput for what an app can't hold, LimitReached for too much of it, ChangedMeanwhile.
    """
    wanted = _checked(changes)
    now = _files_now(session, app.id, [change.path for change in wanted])
    bases = _contents(session, {change.base for change in wanted if change.base})
    files: dict[str, str | None] = {}
    conflicts = []
    for change in wanted:
        current = now.get(change.path)
        text, is_certain = _merged(change, current, bases)
        if is_certain:
            files[change.path] = text
        else:
            conflicts.append(FileNow(change.path, current))
    if conflicts:
        raise ChangedMeanwhile(conflicts)
    changed = {path: text for path, text in files.items() if text != now.get(path)}
    merged = frozenset(change.path for change in wanted if files[change.path] != change.text)
    if not changed:
        return Saved(app.revision, app.current_version, is_version_begun=False, files=files, merged=merged)
    write_files(session, app.id, changed)
    created = [path for path in changed if path not in now]
    removed = [path for path, text in changed.items() if text is None]
    if len(created) > len(removed) or _size(changed) > _size({path: now.get(path) for path in changed}):
        _check_size(session, app.id)  # what makes an app smaller is never refused
    _check_places(session, app.id, created)
    is_begun = _keep(session, app, user_id, list(changed), note, builds=builds, cause=cause)
    return Saved(app.revision, app.current_version, is_begun, files, frozenset(changed), merged)


def _checked(changes: Sequence[FileChange]) -> list[FileChange]:
    if len({change.path for change in changes}) != len(changes):
        raise InvalidInput("One file can be saved only once at a time.")
    for change in changes:
        if safe_path(change.path) != change.path:
            raise InvalidInput(f"{change.path[:80]} is not a path inside the app. Write it like src/App.tsx.")
        if change.text is not None and "\0" in change.text:
            raise InvalidInput(f"{change.path} has characters that a text can't have.")
        if change.text is not None and len(change.text.encode()) > LARGEST_FILE:
            raise LimitReached(f"{change.path} has more than {LARGEST_FILE // 1024} KB. Split it into several files.")
    return list(changes)


def _files_now(session: Session, app_id: UUID, paths: Sequence[str]) -> dict[str, str]:
    rows = session.exec(
        select(AppFile.path, FileBlob.content)
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(AppFile.app_id == app_id, col(AppFile.path).in_(paths))
    )
    return dict(rows.all())


def _contents(session: Session, checksums: set[str]) -> dict[str, str]:
    rows = session.exec(select(FileBlob.checksum, FileBlob.content).where(col(FileBlob.checksum).in_(checksums)))
    return dict(rows.all())


def _merged(change: FileChange, current: str | None, bases: Mapping[str, str]) -> tuple[str | None, bool]:
    """What the file becomes, and whether that is certain."""
    if change.base is not None and change.base not in bases:
        return change.text, change.text == current
    return merge_files(bases.get(change.base or ""), change.text, current)


def _size(files: Mapping[str, str | None]) -> int:
    return sum(len(text.encode()) for text in files.values() if text)


def _check_size(session: Session, app_id: UUID) -> None:
    count, size = session.exec(
        select(func.count(), func.coalesce(func.sum(FileBlob.size), 0))
        .select_from(AppFile)
        .join(FileBlob, col(FileBlob.checksum) == col(AppFile.checksum))
        .where(AppFile.app_id == app_id)
    ).one()
    if count > MOST_FILES:
        raise LimitReached(f"An app has at most {MOST_FILES} files. Delete some that are not needed.")
    if size > LARGEST_APP:
        raise LimitReached(f"An app has at most {LARGEST_APP // 2**20} MB of files. Delete some that are not needed.")


def _check_places(session: Session, app_id: UUID, created: Collection[str]) -> None:
    if not created:
        return
    paths = set(session.exec(select(AppFile.path).where(AppFile.app_id == app_id)))
    for path in created:
        if reason := clash(path, paths - {path}):
            raise InvalidInput(reason)


def _keep(
    session: Session, app: App, user_id: UUID, paths: list[str], note: str, *, builds: bool, cause: VersionCause
) -> bool:
    """As a version of its own, or as more of the one that this person is at. Whether one was begun."""
    growing = _growing_version(session, app, user_id) if cause is VersionCause.EDIT else None
    if growing is not None:
        extend_version(session, app, growing, paths, builds=builds)
        growing.note = (note or _note_of(session, growing))[:200]
        return False
    save_version(
        session,
        app,
        note=note or _note_for(paths),
        cause=cause,
        author_id=user_id,
        builds=builds,
        paths=paths,
    )
    return True


def _growing_version(session: Session, app: App, user_id: UUID) -> AppVersion | None:
    """The newest version, if this person is still at it: nobody named, pinned, published, pushed or sold it since."""
    if not app.current_version:
        return None
    version = find_version(session, app.id, app.current_version)
    is_theirs = version.cause is VersionCause.EDIT and version.author_id == user_id
    if not is_theirs or version.name or version.is_pinned or utc_now() - version.updated_at > SITTING:
        return None
    is_published = select(Deployment.id).where(Deployment.app_id == app.id, Deployment.version == version.number)
    is_pushed = select(Repository.id).where(Repository.app_id == app.id, Repository.pushed_version >= version.number)
    is_released = select(Release.id).join(Listing, col(Listing.id) == Release.listing_id)
    is_released = is_released.where(Listing.app_id == app.id, Release.version == version.number)
    kept = or_(is_published.exists(), is_pushed.exists(), is_released.exists())
    return None if session.exec(select(kept)).one() else version


def _note_of(session: Session, version: AppVersion) -> str:
    return _note_for(changed_paths(session, version.app_id, version.number))


def _note_for(paths: Sequence[str]) -> str:
    first = min(paths, default="").rpartition("/")[2]
    others = len(paths) - 1
    return f"Edited {first}" + (f" and {others} more file{'s' if others > 1 else ''}" if others > 0 else "")
