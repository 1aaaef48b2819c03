"""What the studio does with all files of an app at once: give them other names, search in them, replace in them.

What changes files here is saved as everything else is: studio_files.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Bundler
from overskill.clients.codebase import Codebase, Found, Query
from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.services.apps.access import app_to_change, app_to_read
from overskill.services.apps.files import checksum, read_files
from overskill.services.apps.locks import lock, locked_paths
from overskill.services.apps.saving import FileChange
from overskill.services.generation.paths import safe_path
from overskill.services.generation.staging import ESSENTIAL_FILES
from overskill.services.progress import ProgressLog
from overskill.services.studio_files import SavedFiles, save_in_app

MOST_HITS = 500


@dataclass(frozen=True, slots=True)
class Replacing:
    """What would change, and of which text (path -> checksum) that was found out."""

    found: Found
    bases: Mapping[str, str]


def rename_path(
    session: Session,
    user_id: UUID,
    slug: str,
    path: str,
    target: str,
    *,
    bundler: Bundler,
    codebase: Codebase,
    log: ProgressLog,
) -> SavedFiles:
    """Give a file or a folder another name. Imports of it in other files follow; a lock goes along.

    Raises NotFound, InvalidInput for a name that can't be, Unavailable while nothing can follow imports.
    """
    app = app_to_change(session, user_id, slug)
    files = read_files(session, app.id)
    moves = _moves(files, path, target)
    locked = locked_paths(session, app)
    changed = codebase.move(files, moves)
    changes = [FileChange(each, text, _checksum(files.get(each))) for each, text in changed.items()]
    note = f"Renamed {path} to {target}"
    saved = save_in_app(session, app, user_id, changes, note, bundler=bundler, log=log)
    lock(session, app, [new for old, new in moves.items() if old in locked])
    return saved


def _moves(files: Mapping[str, str], path: str, target: str) -> dict[str, str]:
    moves = {each: target + each[len(path) :] for each in files if each == path or each.startswith(f"{path}/")}
    if not moves:
        raise NotFound(f"{path[:200]} is not in this app any more.")
    for old, new in moves.items():
        if old in ESSENTIAL_FILES and new != old:
            raise InvalidInput(f"{old} is needed for the app to start, so it stays where it is.")
        if safe_path(new) != new:
            raise InvalidInput(f"{new[:80]} is not a path inside the app. Write it like src/App.tsx.")
        if new in files and new not in moves:
            raise InvalidInput(f"{new} already exists. Choose another name, or delete it first.")
    return {old: new for old, new in moves.items() if new != old}


def search(session: Session, user_id: UUID, slug: str, query: Query, *, codebase: Codebase) -> Found:
    app = app_to_read(session, user_id, slug)
    return codebase.search(read_files(session, app.id), query, most=MOST_HITS)


def preview_replacing(
    session: Session, user_id: UUID, slug: str, query: Query, replacement: str, *, codebase: Codebase
) -> Replacing:
    """What `replace_all` would change. Nothing is."""
    app = app_to_read(session, user_id, slug)
    files = read_files(session, app.id)
    found = codebase.replace(files, query, replacement, most=MOST_HITS)
    return Replacing(found, {each.path: checksum(files[each.path]) for each in found.files})


def replace_all(
    session: Session,
    user_id: UUID,
    slug: str,
    query: Query,
    replacement: str,
    bases: Mapping[str, str],
    *,
    bundler: Bundler,
    codebase: Codebase,
    log: ProgressLog,
) -> SavedFiles:
    """Replace in these files, which somebody has looked at as they were (path -> checksum).

    Raises Conflict, having changed nothing, when one of them is another by now.
    """
    app = app_to_change(session, user_id, slug)
    files = {path: text for path, text in read_files(session, app.id).items() if path in bases}
    moved_on = [path for path, base in bases.items() if _checksum(files.get(path)) != base]
    if moved_on:
        raise Conflict(f"{', '.join(sorted(moved_on))} was changed meanwhile. Look at it again, then replace.")
    found = codebase.replace(files, query, replacement, most=MOST_HITS)
    changes = [FileChange(each.path, each.text, bases[each.path]) for each in found.files]
    note = " ".join(f"Replaced {query.text} by {replacement}".split())
    return save_in_app(session, app, user_id, changes, note, bundler=bundler, log=log)


def _checksum(text: str | None) -> str | None:
    return None if text is None else checksum(text)
