"""All files of an app at once: text found and replaced in them, and files that get other names, with their imports."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from overskill.clients.daemon import Daemon

Files = Mapping[str, str]  # path -> text


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is plain, or an expression as JavaScript has them."""

    text: str
    is_case: bool = False
    is_word: bool = False
    is_regex: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Line and column count from 1, columns in UTF-16 as browsers count; `at` is the place within the preview."""

    line: int
    column: int
    length: int
    preview: str
    at: int
    replaced: str = ""  # what it becomes, when something is replaced


@dataclass(frozen=True, slots=True)
class FoundIn:
    """`count` are all hits of the file; `text` is the file's afterwards, when something is replaced."""

    path: str
    count: int
    hits: tuple[Hit, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    files: tuple[FoundIn, ...]
    is_cut: bool = False  # there are hits that are not in here


class Codebase(Protocol):
    """Expressions come from people and may be hostile: what takes too long is ended, with InvalidInput."""

    def search(self, files: Files, query: Query, *, most: int) -> Found:
        """At most so many hits. Raises InvalidInput for what is no expression, Unavailable."""
        ...

    def replace(self, files: Files, query: Query, replacement: str, *, most: int) -> Found:
        """All files that change, with at most so many of their hits. Raises as `search`."""
        ...

    def move(self, files: Files, moves: Mapping[str, str]) -> Mapping[str, str | None]:
        """What differs once files have other names (path -> its path from now on), imports of them included: path ->
        text, None where it is gone. Raises InvalidInput, Unavailable."""
        ...


class LocalCodebase:
    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def search(self, files: Files, query: Query, *, most: int) -> Found:
        params = {"files": dict(files), "query": asdict(query), "most": most}
        return _found(self._daemon.call("search_files", params))

    def replace(self, files: Files, query: Query, replacement: str, *, most: int) -> Found:
        params = {"files": dict(files), "query": asdict(query), "replacement": replacement, "most": most}
        return _found(self._daemon.call("replace_in_files", params))

    def move(self, files: Files, moves: Mapping[str, str]) -> Mapping[str, str | None]:
        answer = self._daemon.call("move_files", {"files": dict(files), "moves": dict(moves)})
        changes: Mapping[str, str | None] = answer["changes"]
        return changes


def _found(answer: Mapping[str, Any]) -> Found:
    files = (FoundIn(**{**each, "hits": tuple(Hit(**hit) for hit in each["hits"])}) for each in answer["files"])
    return Found(tuple(files), answer["is_cut"])


@dataclass
class FakeCodebase:
    """Finds plain text, one hit a line, and follows imports that are written `"./name"`."""

    asked: list[Query] = field(default_factory=list)

    def search(self, files: Files, query: Query, *, most: int) -> Found:
        return self._look(files, query, None, most)

    def replace(self, files: Files, query: Query, replacement: str, *, most: int) -> Found:
        return self._look(files, query, replacement, most)

    def _look(self, files: Files, query: Query, replacement: str | None, most: int) -> Found:
        self.asked.append(query)
        found = []
        for path in sorted(files):
            lines = files[path].split("\n")
            hits = [
                Hit(number, at + 1, len(query.text), line, at, replacement or "")
                for number, line in enumerate(lines, 1)
                if (at := line.find(query.text)) >= 0
            ]
            after = "" if replacement is None else files[path].replace(query.text, replacement)
            if hits and after != files[path]:
                found.append(FoundIn(path, len(hits), tuple(hits[:most]), after))
        return Found(tuple(found))

    def move(self, files: Files, moves: Mapping[str, str]) -> Mapping[str, str | None]:
        changes: dict[str, str | None] = dict.fromkeys(moves, None)
        for path, text in files.items():
            after = text
            for old, new in moves.items():
                after = after.replace(_import_of(old), _import_of(new))
            if path in moves or after != text:
                changes[moves.get(path, path)] = after
        return changes


def _import_of(path: str) -> str:
    return f'"./{path.rpartition("/")[2].partition(".")[0]}"'
