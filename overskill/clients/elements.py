"""Elements of an app's pages, as they stand in its code: what they are, and a change of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from overskill.clients.daemon import Daemon
from overskill.errors import InvalidInput

Description = Mapping[str, Any]  # bundler/core/elements/describe.mjs; services hand it on to browsers


@dataclass(frozen=True, slots=True)
class ElementPlace:
    """`text` is the file's text in which the element begins at this line and column, both from 1."""

    file: str
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Described:
    element: Description
    colours: tuple[Mapping[str, str], ...] = ()  # the app's own: name and value


@dataclass(frozen=True, slots=True)
class Patched:
    """The file's text after the change, and the element to go on with: the same, its copy, or what was around it."""

    text: str
    element: Description


class Elements(Protocol):
    """`key` is the app's preview key: while the app is open, more is known of its components."""

    def describe(self, key: str, place: ElementPlace) -> Described:
        """Raises InvalidInput where there is no element, Unavailable."""
        ...

    def patch(self, key: str, place: ElementPlace, operation: Mapping[str, Any]) -> Patched:
        """Only the element's own code is changed. Raises InvalidInput with the reason where that is not safe."""
        ...


class LocalElements:
    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def describe(self, key: str, place: ElementPlace) -> Described:
        answer = self._daemon.call("describe_element", {"key": key, **_params(place)})
        return Described(answer["element"], tuple(answer["colours"]))

    def patch(self, key: str, place: ElementPlace, operation: Mapping[str, Any]) -> Patched:
        answer = self._daemon.call("patch_element", {"key": key, "operation": dict(operation), **_params(place)})
        return Patched(answer["text"], answer["element"])


def _params(place: ElementPlace) -> dict[str, Any]:
    return {"file": place.file, "text": place.text, "line": place.line, "column": place.column}


@dataclass
class FakeElements:
    """Knows one change: {"kind": "text", "value": …} replaces the line that the element begins in."""

    asked: list[tuple[str, ElementPlace]] = field(default_factory=list)

    def describe(self, key: str, place: ElementPlace) -> Described:
        self.asked.append((key, place))
        return Described(self._element(place), ({"name": "primary", "value": "red"},))

    def patch(self, key: str, place: ElementPlace, operation: Mapping[str, Any]) -> Patched:
        self.asked.append((key, place))
        if operation.get("kind") != "text":
            raise InvalidInput("The fake changes texts only.")
        lines = place.text.split("\n")
        lines[place.line - 1] = str(operation["value"])
        return Patched("\n".join(lines), self._element(place))

    def _element(self, place: ElementPlace) -> Description:
        if place.line > place.text.count("\n") + 1:
            raise InvalidInput("This element is not in the file any more. Select it again.")
        return {"name": "h1", "line": place.line, "column": place.column}
