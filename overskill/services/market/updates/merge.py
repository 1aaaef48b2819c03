"""A release merged with a copy: three sets of files to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from overskill.errors import NotFound, Unavailable
from overskill.models import App, CopyUpdate, Install, Listing, Release
from overskill.services.apps.files import read_files
from overskill.services.apps.merging import merge_files
from overskill.services.apps.merging_json import merge_json
from overskill.services.apps.versions import version_files


class Choice(StrEnum):
    YOURS = "yours"  # as it is in the copy
    THEIRS = "theirs"  # as the release has it
    WRITTEN = "written"  # by the buyer, out of both
    MODEL = "model"  # as it is in the copy, and a model is asked to bring the release's change in afterwards


@dataclass(frozen=True, slots=True)
class Sides:
    """One file on each side. None: there is no such file."""

    base: str | None
    yours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The release that the copy was last merged with, the copy as it is, and the release that is to come."""

    base: Mapping[str, str]
    yours: Mapping[str, str]
    theirs: Mapping[str, str]

    @property
    def paths(self) -> Sequence[str]:
        return sorted(self.base.keys() | self.yours.keys() | self.theirs.keys())

    def sides(self, path: str) -> Sides:
        return Sides(self.base.get(path), self.yours.get(path), self.theirs.get(path))


@dataclass(frozen=True, slots=True)
class Merged:
    files: Mapping[str, str]  # of the whole app; in conflict and not chosen: as in the copy
    changes: Mapping[str, str | None]  # to the copy
    conflicts: Sequence[str]  # paths that both changed in the same place, whether somebody chose already or not


def read_sources(session: Session, update: CopyUpdate) -> Sources:
    """Raises Unavailable when the release's files are gone."""
    install = session.get_one(Install, update.install_id)
    listing = session.get_one(Listing, install.listing_id)
    if install.app_id is None or listing.app_id is None:
        raise Unavailable("This update can't be made: the app is gone.")
    before = session.get_one(Release, install.release_id)
    after = session.get_one(Release, update.release_id)
    return Sources(
        base=version_files(session, listing.app_id, before.version),
        yours=read_files(session, install.app_id),
        theirs=version_files(session, listing.app_id, after.version),
    )


def merge_release(sources: Sources, conflicts: Sequence[Mapping[str, Any]] = ()) -> Merged:
    """What the copy becomes. `conflicts` are a CopyUpdate's: what was chosen of them is taken."""
    chosen = {str(one["path"]): one for one in conflicts if one.get("choice")}
    files: dict[str, str] = {}
    found: list[str] = []
    for path in sources.paths:
        sides = sources.sides(path)
        text, is_certain = _merged(path, sides)
        if not is_certain:
            found.append(path)
            text = _chosen(sides, chosen.get(path))
        if text is not None:
            files[path] = text
    changed = [path for path in sources.paths if files.get(path) != sources.yours.get(path)]
    return Merged(files, {path: files.get(path) for path in changed}, found)


def _merged(path: str, sides: Sides) -> tuple[str | None, bool]:
    text, is_certain = merge_files(sides.base, sides.yours, sides.theirs)
    is_json = path.endswith(".json") and None not in (sides.base, sides.yours, sides.theirs)
    if is_certain or not is_json:
        return text, is_certain
    text = merge_json(sides.base or "", sides.yours or "", sides.theirs or "")
    return text, text is not None


def _chosen(sides: Sides, choice: Mapping[str, Any] | None) -> str | None:
    match choice and choice["choice"]:
        case Choice.THEIRS:
            return sides.theirs
        case Choice.WRITTEN:
            return str(choice["text"]) if choice else None
    return sides.yours


def conflict_rows(paths: Sequence[str], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """As CopyUpdate keeps them: what was chosen of a file before is still chosen."""
    known = {str(one["path"]): one for one in before}
    return [dict(known.get(path, {"path": path, "choice": ""})) for path in paths]


def find_conflict(update: CopyUpdate, path: str) -> dict[str, Any]:
    for one in update.conflicts:
        if one["path"] == path:
            return one
    raise NotFound("There is nothing to choose in this file any more.")


def is_chosen(update: CopyUpdate) -> bool:
    """Whether nothing is left to choose."""
    return all(one.get("choice") for one in update.conflicts)


def copy_of(session: Session, update: CopyUpdate) -> App:
    """Raises NotFound for a copy that was removed."""
    install = session.get_one(Install, update.install_id)
    app = session.get(App, install.app_id) if install.app_id else None
    if app is None:
        raise NotFound("The app that this update is for was removed.")
    return app
