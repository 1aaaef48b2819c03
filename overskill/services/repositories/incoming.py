"""What people pushed: which files an app can hold of it, merged with what was changed here meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlmodel import Session, col, select

from overskill.clients.bundler import Bundler
from overskill.clients.github import CodeHost, CodeRepository
from overskill.db import run
from overskill.errors import LimitReached
from overskill.models import App, AppFile, Repository, VersionCause
from overskill.services.apps.access import app_to_change
from overskill.services.apps.files import checksum
from overskill.services.apps.saving import ChangedMeanwhile, FileChange
from overskill.services.generation.paths import UnsafePath, safe_path
from overskill.services.generation.staging import ESSENTIAL_FILES
from overskill.services.progress import ProgressLog
from overskill.services.repositories.outgoing import PROJECT_FILES
from overskill.services.studio_files import save_in_app

MOST_FILES = 400


@dataclass(frozen=True, slots=True)
class Incoming:
    """`changes`: path -> (the text both had, the text there now); None: no file."""

    note: str
    changes: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


def read_incoming(host: CodeHost, place: CodeRepository, known: str, head: str) -> Incoming:
    """All that changed from one commit to another, in files that an app can hold."""
    before, after = host.tree(place, known), host.tree(place, head)
    changed = [path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path)]
    ours = [path for path in changed if _is_ours(path)]
    if len(ours) > MOST_FILES:
        raise LimitReached(f"What was pushed changes {len(ours)} files: more than an app may have.")
    changes: dict[str, tuple[str | None, str | None]] = {}
    for path in ours:
        base = host.text(place, known, path) if path in before else None
        text = host.text(place, head, path) if path in after else None
        if text is not None or path not in after:  # else it is no text: it stays at GitHub
            changes[path] = (base, text)
    author, said = host.message(place, head)
    return Incoming(f"{author} pushed: {said}"[:200], changes)


def _is_ours(path: str) -> bool:
    try:
        return path not in PROJECT_FILES and safe_path(path) == path
    except UnsafePath:
        return False


def save_incoming(
    row: Repository,
    incoming: Incoming,
    *,
    keep: Literal["theirs", "ours"] | None,
    bundler: Bundler,
    log: ProgressLog,
) -> None:
    """As a version of its own, in the name of who connected the repository. With `keep`, conflicts are settled so.

    Raises ChangedMeanwhile, what `save_changes` raises, and NotAllowed where that person may not change the app now.
    """
    if not incoming.changes:
        return
    try:
        run(_save, row, incoming, {}, bundler=bundler, log=log)
    except ChangedMeanwhile as conflict:
        if keep is None:
            raise
        settled = {file.path: file.checksum for file in conflict.files}
        if keep == "ours":
            changes = {path: each for path, each in incoming.changes.items() if path not in settled}
            incoming, settled = Incoming(incoming.note, changes), {}
        run(_save, row, incoming, settled, bundler=bundler, log=log)


def _save(
    session: Session,
    row: Repository,
    incoming: Incoming,
    settled: Mapping[str, str | None],
    *,
    bundler: Bundler,
    log: ProgressLog,
) -> None:
    """`settled` are the paths whose text here is to be replaced, and the checksums of those texts."""
    app = app_to_change(session, row.user_id, session.get_one(App, row.app_id).slug)
    held = set(
        session.exec(select(AppFile.path).where(AppFile.app_id == app.id, col(AppFile.path).in_(incoming.changes)))
    )
    changes = [
        FileChange(path, text, settled[path] if path in settled else None if base is None else checksum(base))
        for path, (base, text) in incoming.changes.items()
        if text is not None or (path in held and path not in ESSENTIAL_FILES)
    ]
    save_in_app(session, app, row.user_id, changes, incoming.note, cause=VersionCause.PUSH, bundler=bundler, log=log)
