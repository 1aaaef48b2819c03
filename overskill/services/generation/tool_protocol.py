"""Tool calls: what a model may call, and how its calls become events while their arguments still arrive."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from overskill.services.generation.characters import encodable, storable
from overskill.services.generation.events import Event, Kind
from overskill.services.generation.json_tap import JsonStringTap, Piece
from overskill.services.generation.lookups import Finish, Item, Lookup, LookupKind


class BadCall(Exception):
    """The arguments can't be used. The message is for the model."""


@dataclass(slots=True)
class _Call:
    name: str
    tap: JsonStringTap = field(default_factory=JsonStringTap)
    raw: list[str] = field(default_factory=list)
    path: str = ""
    path_is_known: bool = False
    waiting: list[str] = field(default_factory=list)  # content that came before the path
    is_open: bool = False


class ToolParser:
    """One per reply. Feed it each call's pieces, by the index of the call."""

    def __init__(self) -> None:
        self._calls: dict[int, _Call] = {}

    def start(self, index: int, name: str) -> None:
        self._calls[index] = _Call(storable(name))

    def is_open(self, index: int) -> bool:
        """Whether more of this call may come."""
        return index in self._calls

    def feed(self, index: int, arguments: str) -> Iterator[Item]:
        """A call ends with the brace that closes its arguments: servers say so late, or not at all."""
        call = self._calls.get(index)
        if call is None:
            return
        call.raw.append(arguments)
        pieces = list(call.tap.feed(arguments))
        if call.name == "write_file":
            yield from self._shown(call, pieces)
        if call.tap.is_complete:
            yield from self.end(index)

    def _shown(self, call: _Call, pieces: list[Piece]) -> Iterator[Event]:
        """A file that is being written is seen as soon as its path is known."""
        for piece in pieces:
            if piece.key == "path" and not call.path_is_known:
                call.path += piece.text
                call.path_is_known = piece.is_last
            elif piece.key == "content":
                call.waiting.append(piece.text)
        if not call.path_is_known:
            return
        if not call.is_open:
            call.is_open = True
            yield Event(Kind.OPEN, _tidy(call.path))
        if text := "".join(call.waiting):
            call.waiting.clear()
            yield Event(Kind.DELTA, _tidy(call.path), encodable(text))

    def end(self, index: int) -> Iterator[Item]:
        """The call is complete: what it asks for, or one BAD event."""
        call = self._calls.pop(index, None)
        if call is None:
            return
        try:
            items = _meaning(call.name, _arguments(call))
        except BadCall as error:
            yield Event(Kind.BAD, _tidy(call.path), f"{call.name}: {error}")
            return
        yield from items

    def cut(self) -> Iterator[Event]:
        """The reply broke off: the calls that were still arriving are lost."""
        for call in self._calls.values():
            yield Event(Kind.BAD, _tidy(call.path), f"{call.name}: the reply was cut off before the call was complete.")
        self._calls.clear()


def _tidy(path: str) -> str:
    return storable(path).strip().removeprefix("./")


def _arguments(call: _Call) -> Mapping[str, Any]:
    raw = "".join(call.raw).strip() or "{}"
    try:
        arguments = json.loads(raw, strict=False)
    except ValueError as error:
        raise BadCall(f"the arguments are not valid JSON ({error}). Send the call again.") from error
    if not isinstance(arguments, dict):
        raise BadCall("the arguments must be one JSON object. Send the call again.")
    return arguments


def _meaning(name: str, arguments: Mapping[str, Any]) -> list[Item]:
    meaning = _MEANINGS.get(name)
    if meaning is None:
        raise BadCall(f"there is no such tool. There are {', '.join(_MEANINGS)}.")
    return meaning(arguments)


def _edit(arguments: Mapping[str, Any]) -> list[Item]:
    path = _path(arguments, "path")
    return [Event(Kind.EDIT, path, data=edit) for edit in _edits(arguments)]


def _plan(arguments: Mapping[str, Any]) -> list[Item]:
    return [Event(Kind.PLAN, data={"summary": _words(arguments, "summary"), "steps": _texts(arguments, "steps")})]


def _text(arguments: Mapping[str, Any], name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str):
        raise BadCall(f"`{name}` must be a string. Send the call again.")
    return encodable(value)


def _words(arguments: Mapping[str, Any], name: str) -> str:
    return " ".join(storable(_text(arguments, name)).split())


def _path(arguments: Mapping[str, Any], name: str) -> str:
    path = _tidy(_text(arguments, name))
    if not path:
        raise BadCall(f"`{name}` is empty. Give a path like src/App.tsx.")
    return path


def _texts(arguments: Mapping[str, Any], name: str) -> list[str]:
    values = _decoded(arguments.get(name))
    if isinstance(values, str):
        values = values.split()
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadCall(f"`{name}` must be a list of strings. Send the call again.")
    return [storable(value) for value in values]


def _edits(arguments: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """`edits`, also where a model sends the list as JSON text, or one edit without a list."""
    edits = _decoded(arguments.get("edits", arguments))
    if isinstance(edits, dict):
        edits = [edits]
    if not isinstance(edits, list) or not edits or not all(isinstance(edit, dict) for edit in edits):
        raise BadCall("`edits` must be a list of {search, replace}. Send the call again.")
    return [{"search": _text(edit, "search"), "replace": _text(edit, "replace")} for edit in edits]


def _decoded(value: Any) -> Any:  # noqa: ANN401  # whatever JSON the model sent
    if isinstance(value, str) and value.lstrip().startswith(("[", "{")):
        try:
            return json.loads(value, strict=False)
        except ValueError:
            return value
    return value


_MEANINGS: dict[str, Callable[[Mapping[str, Any]], list[Item]]] = {
    "write_file": lambda said: [Event(Kind.CLOSE, _path(said, "path"), _text(said, "content"))],
    "edit_file": _edit,
    "delete_file": lambda said: [Event(Kind.DELETE, _path(said, "path"))],
    "rename_file": lambda said: [Event(Kind.RENAME, _path(said, "from"), data={"to": _path(said, "to")})],
    "add_dependency": lambda said: [Event(Kind.PACKAGES, data={"add": _texts(said, "packages"), "remove": []})],
    "set_plan": _plan,
    "set_name": lambda said: [Event(Kind.NAME, text=_words(said, "name"))],
    "read_file": lambda said: [Lookup(LookupKind.READ, _path(said, "path"))],
    "list_files": lambda said: [Lookup(LookupKind.LIST, str(said.get("folder") or ""))],
    "search_files": lambda said: [Lookup(LookupKind.SEARCH, _text(said, "text"))],
    "finish": lambda _: [Finish()],
}
