"""Pages of an app as documents of the visual editor, and back: what the bundler's canvas answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from overskill.clients.daemon import Daemon, UnknownApp

Document = Mapping[str, Any]  # bundler/core/canvas/document.mjs; services hand it on to browsers
BlockKind = Mapping[str, Any]  # bundler/core/canvas/blocks.mjs


@dataclass(frozen=True, slots=True)
class PageRow:
    """A file that shows something. `problem` says why it can't be edited visually."""

    path: str
    name: str
    route: str | None
    kind: str  # "page" or "component"
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CanvasPage:
    """`imports` are the names that the file imports: it may need them again after something was taken out."""

    document: Document
    kinds: Sequence[BlockKind]
    imports: Mapping[str, Any]
    root: Mapping[str, Any]
    component: str


class Canvas(Protocol):
    """`files` is the whole app: path -> text. Nothing is held, and nothing of the app is run."""

    def pages(self, files: Mapping[str, str]) -> tuple[PageRow, ...]: ...

    def read(self, files: Mapping[str, str], path: str) -> CanvasPage:
        """Raises InvalidInput with the reason where a page can only be edited as code, Unavailable."""
        ...

    def blocks(self, files: Mapping[str, str], path: str) -> Sequence[BlockKind]:
        """What can be added to the page."""
        ...

    def write(
        self, files: Mapping[str, str], path: str, document: Document, imports: Mapping[str, Any] | None = None
    ) -> str:
        """The page's text with the document in it. Raises InvalidInput where it would not compile, Unavailable."""
        ...

    def stylesheet(self, key: str) -> str:
        """The styles that viewers of the app are shown; "" while it is not open."""
        ...


class LocalCanvas:
    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def pages(self, files: Mapping[str, str]) -> tuple[PageRow, ...]:
        answer = self._daemon.call("canvas_pages", {"files": dict(files)})
        return tuple(PageRow(**row) for row in answer["pages"])

    def read(self, files: Mapping[str, str], path: str) -> CanvasPage:
        return CanvasPage(**self._daemon.call("canvas_read", {"files": dict(files), "path": path}))

    def blocks(self, files: Mapping[str, str], path: str) -> Sequence[BlockKind]:
        found: list[BlockKind] = self._daemon.call("canvas_blocks", {"files": dict(files), "path": path})["blocks"]
        return found

    def write(
        self, files: Mapping[str, str], path: str, document: Document, imports: Mapping[str, Any] | None = None
    ) -> str:
        params = {"files": dict(files), "path": path, "document": dict(document), "imports": dict(imports or {})}
        return str(self._daemon.call("canvas_write", params)["text"])

    def stylesheet(self, key: str) -> str:
        try:
            return str(self._daemon.call("css", {"key": key})["css"])
        except UnknownApp:
            return ""


@dataclass
class FakeCanvas:
    """Every .tsx file is a page, and each of its lines is a text."""

    written: list[str] = field(default_factory=list)  # paths

    def pages(self, files: Mapping[str, str]) -> tuple[PageRow, ...]:
        return tuple(PageRow(path, path, None, "page") for path in sorted(files) if path.endswith(".tsx"))

    def read(self, files: Mapping[str, str], path: str) -> CanvasPage:
        lines = enumerate(files[path].split("\n"), start=1)
        content = [{"type": "#text", "props": {"id": f"n{at}", "origin": f"n{at}", "text": text}} for at, text in lines]
        document = {"root": {"props": {}}, "content": content, "zones": {}}
        return CanvasPage(document, (), {}, {"type": "main", "takesBlocks": True}, "App")

    def blocks(self, files: Mapping[str, str], path: str) -> Sequence[BlockKind]:  # noqa: ARG002  # the protocol's
        return ({"type": "p", "label": "Paragraph"},)

    def write(
        self,
        files: Mapping[str, str],  # noqa: ARG002  # the protocol's
        path: str,
        document: Document,
        imports: Mapping[str, Any] | None = None,  # noqa: ARG002  # the protocol's
    ) -> str:
        self.written.append(path)
        return "\n".join(node["props"]["text"] for node in document["content"])

    def stylesheet(self, key: str) -> str:
        return f"/* {key} */"
