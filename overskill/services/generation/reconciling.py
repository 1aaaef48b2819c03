"""What people saved while a turn was under way, brought together with what the turn wrote.

What both changed in different places is merged. Where they changed the same, the people's text stays in the app, and
the turn's is kept beside it until somebody chooses (services/studio_conflicts.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.models import App, AppVersion, Generation, VersionCause, VersionFile
from overskill.services.apps.files import checksum, read_files, store_blobs
from overskill.services.apps.locks import locked_paths
from overskill.services.apps.merging import merge_files

Changes = Mapping[str, str | None]  # path -> text, None where the file is gone


@dataclass(frozen=True, slots=True)
class Start:
    """The app as a turn saw it when it began.

    `unsure` are files that people changed between two attempts of a turn that had written them already.
    """

    files: Mapping[str, str]
    revision: int
    locked: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reconciled:
    changes: Changes  # of the turn, to the app as it is now
    conflicts: Changes = field(default_factory=dict)  # what the turn made of files that stay as people have them
    files: Mapping[str, str] | None = None  # all of the app afterwards; None: it is as the turn has it


def reconcile(session: Session, app: App, start: Start, changes: Changes) -> Reconciled:
    """The caller holds the app's row lock."""
    is_alone = app.revision == start.revision
    now = start.files if is_alone else read_files(session, app.id)
    untouchable = locked_paths(session, app) | start.unsure
    kept: dict[str, str | None] = {}
    conflicts: dict[str, str | None] = {}
    for path, text in changes.items():
        current = now.get(path)
        if path in untouchable:
            result, is_certain = current, text == current
        else:
            result, is_certain = merge_files(start.files.get(path), text, current)
        if not is_certain:
            conflicts[path] = text
        elif result != current:
            kept[path] = result
    if is_alone and not conflicts:
        return Reconciled(kept)
    after = {path: kept.get(path, now.get(path)) for path in now.keys() | kept.keys()}
    return Reconciled(kept, conflicts, {path: text for path, text in after.items() if text is not None})


def changed_by_people(session: Session, app_id: UUID, since: datetime) -> frozenset[str]:
    """Paths that nobody's turn has changed since then, or shortly before."""
    rows = (
        select(VersionFile.path)
        .join(AppVersion, (col(AppVersion.app_id) == VersionFile.app_id) & (AppVersion.number == VersionFile.number))
        .where(AppVersion.app_id == app_id, AppVersion.updated_at > since)
        .where(AppVersion.cause != VersionCause.GENERATION)
    )
    return frozenset(session.exec(rows))


def keep_conflicts(session: Session, turn: Generation, conflicts: Changes) -> None:
    """What the turn wrote, for as long as nobody has chosen."""
    store_blobs(session, [text for text in conflicts.values() if text is not None])
    turn.conflicts = [
        {"path": path, "checksum": None if text is None else checksum(text)} for path, text in sorted(conflicts.items())
    ]


def saved_words(turn: Generation) -> str:
    """What became of its changes, in a line."""
    version = f"Version {turn.version}" if turn.version else "Nothing was changed"
    names = ", ".join(str(one["path"]).rpartition("/")[2] for one in turn.conflicts)
    return f"{version}. Kept as changed by hand: {names}" if names else version
