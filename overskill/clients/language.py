"""What TypeScript knows about an app's code, as an editor asks for it, and the layout of files."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

from overskill.clients.daemon import Daemon, UnknownApp
from overskill.errors import InvalidInput, Unavailable

Kind = Literal["complete", "resolve", "hover", "signature", "definition", "diagnostics"]
Answer = Mapping[str, Any]  # bundler/README.md; services hand it on to browsers


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is the file's as it is in the editor; line and column count from 1.

    `label` and `source` name the suggestion that "resolve" is to describe.
    """

    path: str
    text: str
    line: int = 1
    column: int = 1
    label: str = ""
    source: str = ""


class LanguageService(Protocol):
    """`key` is the app's preview key: of the other files, what the preview shows counts."""

    def ask(self, key: str, kind: Kind, question: Question) -> Answer:
        """Raises UnknownApp, InvalidInput, Unavailable."""
        ...

    def format(self, path: str, text: str) -> str:
        """The text as it is to be laid out. Raises InvalidInput where it can't be read, Unavailable."""
        ...


class LocalLanguageService:
    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def ask(self, key: str, kind: Kind, question: Question) -> Answer:
        return self._daemon.call(kind, {"key": key, **asdict(question)})

    def format(self, path: str, text: str) -> str:
        return str(self._daemon.call("format", {"path": path, "text": text})["text"])


@dataclass
class FakeLanguageService:
    """Knows the `open` apps, and `answers` about them. Lays out a file by removing the space around its text."""

    open: set[str] = field(default_factory=set)
    answers: dict[Kind, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Kind, Question]] = field(default_factory=list)
    is_down: bool = False

    def ask(self, key: str, kind: Kind, question: Question) -> Answer:
        self._check()
        if key not in self.open:
            raise UnknownApp("The preview was restarted and does not hold this app. Open it again.")
        self.asked.append((key, kind, question))
        return self.answers.get(kind, {})

    def format(self, path: str, text: str) -> str:
        self._check()
        if "<<<" in text:
            raise InvalidInput(f"{path} can't be formatted: line 1: Unexpected token. Correct that first.")
        return f"{text.strip()}\n"

    def _check(self) -> None:
        if self.is_down:
            raise Unavailable("The preview is not running. It is restarted by itself; try again.")
