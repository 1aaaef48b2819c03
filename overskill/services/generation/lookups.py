"""What a model says besides events: questions about the app (read, list, search), and that it is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from overskill.services.generation.events import Event

MOST_MATCHES = 60
LONGEST_LINE = 200
LONGEST_FILE = 60_000  # characters: a longer one is cut with a mark


class LookupKind(StrEnum):
    READ = "read_file"
    LIST = "list_files"
    SEARCH = "search_files"


@dataclass(frozen=True, slots=True)
class Lookup:
    kind: LookupKind
    argument: str = ""  # a path, a folder, or the text to look for


@dataclass(frozen=True, slots=True)
class Finish:
    """The model has nothing more to do."""


Item = Event | Lookup | Finish


def answer(lookup: Lookup, files: Mapping[str, str], locked: Collection[str] = ()) -> str:
    match lookup.kind:
        case LookupKind.READ:
            return _read(lookup.argument, files)
        case LookupKind.LIST:
            return _list(lookup.argument, files, locked)
        case LookupKind.SEARCH:
            return _search(lookup.argument, files)


def _read(path: str, files: Mapping[str, str]) -> str:
    path = path.strip().removeprefix("./")
    if path not in files:
        return f"There is no file {path}. Use list_files to see what there is."
    content = files[path]
    if len(content) <= LONGEST_FILE:
        return content
    return f"{content[:LONGEST_FILE]}\n[cut here: {len(content) - LONGEST_FILE} more characters]"


def _list(folder: str, files: Mapping[str, str], locked: Collection[str]) -> str:
    prefix = folder.strip().removeprefix("./").strip("/")
    prefix = "" if prefix in ("", ".") else f"{prefix}/"
    paths = [
        f"{path} ({content.count(chr(10)) + 1} lines{', locked' if path in locked else ''})"
        for path, content in sorted(files.items())
    ]
    return "\n".join(line for line in paths if line.startswith(prefix)) or f"There are no files in {prefix}."


def _search(text: str, files: Mapping[str, str]) -> str:
    if not text.strip():
        return "The text to search for is empty."
    wanted = text.casefold()
    matches = [
        f"{path}:{number}: {line.strip()[:LONGEST_LINE]}"
        for path, content in sorted(files.items())
        for number, line in enumerate(content.split("\n"), 1)
        if wanted in line.casefold()
    ]
    if len(matches) > MOST_MATCHES:
        return "\n".join([*matches[:MOST_MATCHES], f"[and {len(matches) - MOST_MATCHES} more]"])
    return "\n".join(matches) or f"No file contains {text!r}."
