"""Progress of a turn and of a publish, as lines on stderr, with a spinner on a terminal."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.markup import escape

_MARKS = {"close": "[green]+[/]", "edit": "[yellow]~[/]", "delete": "[red]-[/]", "rename": "[blue]→[/]"}


class _Lines:
    """A spinner that says what goes on now, and lines above it that stay."""

    def __init__(self, beginning: str) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._status = self._console.status(beginning)

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()

    def _now(self, text: str) -> None:
        self._status.update(escape(text))

    def _keep(self, text: str, mark: str = " ") -> None:
        self._console.print(f"{mark} {escape(text)}", soft_wrap=True)


class TurnLines(_Lines):
    """What an author says and which files it touches."""

    def __init__(self) -> None:
        super().__init__("Waiting for a worker …")
        self._prose = ""
        self._seen: set[str] = set()

    def show(self, entry: Mapping[str, Any]) -> None:
        kind = str(entry.get("k", ""))
        if kind == "prose":
            self._say(str(entry["text"]))
            return
        self._end_prose()
        match kind:
            case "plan":
                self._plan(entry)
            case "open":
                self._now(f"Writing {entry['path']} …")
            case "close" | "edit" | "delete" | "rename":
                self._change(kind, entry)
            case "packages":
                self._keep(f"packages: {', '.join(entry.get('add') or [])}")
            case "refused" | "bad":
                self._keep(f"{entry.get('path', '')}: {entry.get('text', '')}", "[yellow]![/]")
            case "repair":
                self._keep(f"Mending {len(entry['errors'])} errors: {entry['errors'][0]}", "[yellow]↻[/]")
            case "step" if entry.get("state") == "active":
                self._now({"write": "Writing …", "check": "Checking that it compiles …"}.get(str(entry["name"]), "…"))

    def _say(self, text: str) -> None:
        *lines, self._prose = (self._prose + text).split("\n")
        for line in lines:
            self._keep(line)

    def _end_prose(self) -> None:
        if self._prose.strip():
            self._keep(self._prose)
        self._prose = ""

    def _plan(self, entry: Mapping[str, Any]) -> None:
        self._keep(str(entry.get("summary") or "The plan:"))
        for step in entry.get("steps") or []:
            self._keep(str(step), "  ·")

    def _change(self, kind: str, entry: Mapping[str, Any]) -> None:
        path = str(entry["path"])
        if kind == "edit" and path in self._seen:
            return  # one line for all edits of a file
        self._seen.add(path)
        ending = f" → {entry['to']}" if kind == "rename" else ""
        lines = f" ({entry['lines']} lines)" if "lines" in entry else ""
        self._keep(f"{path}{ending}{lines}", _MARKS[kind])


class PublishLines(_Lines):
    def __init__(self) -> None:
        super().__init__("Waiting for a worker …")

    def show(self, entry: Mapping[str, Any]) -> None:
        self._keep(str(entry["text"]), f"[dim]{entry.get('at', 0):5.1f} s[/]")
        self._now("Publishing …")
