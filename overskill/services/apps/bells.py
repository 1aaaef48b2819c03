"""Telling everybody who looks at an app that its files changed: a person saved, a turn ended, a version was restored.

Each change is one entry in a short log of the app. A follower reads `log.read(files_topic(id), after)` on each of
`log.changes(files_topic(id))`. An entry's revision is the one before plus one: who misses one, because the log is
kept only so long, reads the list of files again.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.db import after_commit
from overskill.models import App, User
from overskill.services.apps.files import checksum
from overskill.services.progress import ProgressLog

KEEP_ENTRIES = 200
KEEP_SECONDS = 3600
BY_A_TURN = "OverSkill"  # what the chat calls who writes


def files_topic(app_id: UUID) -> str:
    """Where changes of an app's files are logged, by whomever."""
    return f"files:{app_id}"


def tell_files(
    log: ProgressLog, app_id: UUID, *, revision: int, version: int, files: Mapping[str, str | None], by: str
) -> None:
    """To be called once the change is committed. `files` are those that changed: path -> text, None where it is gone.

    The entry: {"k": "files", "revision", "version", "files": [{"path", "checksum" or null}], "by"}.
    """
    changed = [{"path": path, "checksum": None if text is None else checksum(text)} for path, text in files.items()]
    entry = {"k": "files", "revision": revision, "version": version, "files": changed, "by": by}
    _write(log, app_id, entry)


def _write(log: ProgressLog, app_id: UUID, entry: dict[str, Any]) -> None:
    log.write(files_topic(app_id), entry, keep_seconds=KEEP_SECONDS, keep_entries=KEEP_ENTRIES)


def tell_locks_once_committed(
    session: Session, app: App, files: Mapping[str, str], *, is_locked: bool, by: UUID, log: ProgressLog
) -> None:
    """Nothing of these files (path -> checksum) changed but their lock: each says {"locked"}, too."""
    changed = [{"path": path, "checksum": found, "locked": is_locked} for path, found in files.items()]
    entry = {
        "k": "files",
        "revision": app.revision,
        "version": app.current_version,
        "files": changed,
        "by": session.get_one(User, by).name,
    }
    after_commit(session, partial(_write, log, app.id, entry))


def tell_files_once_committed(
    session: Session, app: App, files: Mapping[str, str | None], *, by: UUID | None, log: ProgressLog
) -> None:
    """As `tell_files`, of the app as it is in this transaction. `by` is the user; None: a turn."""
    name = session.get_one(User, by).name if by else BY_A_TURN
    revision, version = app.revision, app.current_version
    tell = partial(tell_files, log, app.id, revision=revision, version=version, files=dict(files), by=name)
    after_commit(session, tell)
