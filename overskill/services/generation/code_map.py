"""A map of an app: every file with what it exports, as fine as there is room for.

It has the same bytes for the same files, so that a provider's cache knows it from the turn before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum, auto
from itertools import groupby

from overskill.services.generation.enclosures import is_material
from overskill.services.generation.measures import weight
from overskill.services.generation.outline import exports, outline
from overskill.starter import starter_files

_OUTLINED = (".ts", ".tsx", ".js", ".jsx")
_LEAST_OUTLINE = 0.04  # of a file, in bytes: the rest of large apps is not even tried
_MOST_NAMES = 12  # of one file
_FOLDERS_ONLY = "There are too many files to list: these are their folders. Look into them before you write."
_NOTHING = "[The list of the app's files has no room here. Look for them before you write.]"


class Detail(IntEnum):
    """From fine to coarse."""

    OUTLINES = auto()
    NAMES = auto()
    PATHS = auto()
    FOLDERS = auto()
    NOTHING = auto()


def own_files(files: Mapping[str, str]) -> dict[str, str]:
    """What is not as the starter has it. Only that needs telling: the system prompt shows the starter."""
    starter = starter_files()
    return {path: files[path] for path in sorted(files) if starter.get(path) != files[path]}


def finest(files: Mapping[str, str], room: int) -> tuple[Detail, str]:
    """The finest map that fits into so many bytes, and how fine it is."""
    own = own_files(files)
    lost = sorted(path for path in starter_files() if path not in files)
    for detail in Detail:
        if detail is Detail.OUTLINES and sum(map(len, own.values())) * _LEAST_OUTLINE > room:
            continue
        words = _words(own, lost, detail)
        if weight(words) <= room:
            return detail, words
    return Detail.NOTHING, ""


def _words(own: Mapping[str, str], lost: Sequence[str], detail: Detail) -> str:
    if detail is Detail.NOTHING:
        return _NOTHING
    parts = [_DRAWN[detail](own)] if own else ["No file besides those of the starter."]
    if lost and detail < Detail.FOLDERS:
        parts.append(f"Of the starter these are gone: {', '.join(lost)}")
    return "\n\n".join(parts)


def _listed(own: Mapping[str, str], detail: Detail) -> str:
    folders = groupby(sorted(own, key=_place), key=_folder)
    return "\n".join(
        f"{folder}/\n" + "\n".join(f"- {entry(path, own[path], detail)}" for path in paths) for folder, paths in folders
    )


def _paths(own: Mapping[str, str]) -> str:
    folders = groupby(sorted(own, key=_place), key=_folder)
    return "\n".join(f"{folder}/ {', '.join(map(_name, paths))}" for folder, paths in folders)


def _folders(own: Mapping[str, str]) -> str:
    folders = groupby(sorted(own, key=_place), key=_folder)
    counted = [f"{folder}/ ({len(list(paths))} files)" for folder, paths in folders]
    return "\n".join([_FOLDERS_ONLY, *counted])


_DRAWN: Mapping[Detail, Callable[[Mapping[str, str]], str]] = {
    Detail.OUTLINES: lambda own: _listed(own, Detail.OUTLINES),
    Detail.NAMES: lambda own: _listed(own, Detail.NAMES),
    Detail.PATHS: _paths,
    Detail.FOLDERS: _folders,
}


def entry(path: str, content: str, detail: Detail) -> str:
    """A file's line in the map, beginning with its name."""
    name = _name(path)
    if is_material(path, content):
        return f"{name} (data)"
    if detail > Detail.NAMES or not path.endswith(_OUTLINED):
        return name
    if detail is Detail.OUTLINES:
        shown = "\n".join(f"  {line}" for line in outline(content).splitlines() if not _is_comment(line))
        return f"{name}\n{shown}" if shown else name
    names = exports(content)
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"{name}: {', '.join(names[:_MOST_NAMES])}{more}" if names else name


def changes(before: Mapping[str, str], after: Mapping[str, str], paths: Iterable[str], detail: Detail) -> list[str]:
    """What became of some files: a line each, with what they export where the map does not say it any more."""
    return [_change(path, before.get(path), after.get(path), detail) for path in sorted(paths)]


def _change(path: str, before: str | None, after: str | None, detail: Detail) -> str:
    if after is None:
        return f"{path} is gone"
    now = entry(path, after, detail)
    if before is not None and entry(path, before, detail) == now:
        return path
    said = f"{path}{now.removeprefix(_name(path))}"
    return said if before is not None else f"{said} (new)" if "\n" not in said else said.replace("\n", " (new)\n", 1)


def _is_comment(line: str) -> bool:
    """Comments are for whoever reads the file: here they would only be words of others in the stable part."""
    return line.lstrip().startswith(("/*", "*", "//"))


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "."


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _place(path: str) -> tuple[str, str]:
    return _folder(path), path
