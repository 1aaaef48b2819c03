"""The bundler daemon, seen from Python: live previews and production builds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from overskill.errors import OverskillError, Unavailable


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong with an app's files. Lines and columns count from 1; 0 means unknown."""

    file: str
    message: str
    line: int = 0
    column: int = 0
    code: str = ""  # "syntax", "unresolved", "package", "css", "runtime", "type"
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a change: the daemon's revision of the app, and everything wrong with the app now."""

    revision: int
    diagnostics: tuple[Diagnostic, ...]
    viewers: int  # open previews it was pushed to
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A production build. Paths begin with `/`; hashed files are under `/assets/`."""

    assets: Mapping[str, Asset]
    size: int  # bytes of all assets, uncompressed
    milliseconds: float


class UnknownApp(Unavailable):
    """The daemon does not hold this app (it was restarted): `open` it again."""


class BuildFailed(OverskillError):
    """The app does not build. The message names the first error; `diagnostics` has all of them."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class Bundler(Protocol):
    """`key` is the app's preview key. All calls are blocking and safe from any thread."""

    def open(self, key: str, files: Mapping[str, str]) -> Applied:
        """Hold exactly these files (path -> text) and show them; an open shell is filled at once."""
        ...

    def shell(self, key: str) -> None:
        """Serve a preview that has its packages loaded and waits for files. Keeps an app that is open."""
        ...

    def update(self, key: str, changes: Mapping[str, str | None], *, draft: bool = False) -> Applied:
        """Change some files (None removes) and push what changed.

        With `draft` (a turn is being written) what does not compile or resolve yet is not shown to viewers:
        they keep the last state that rendered. Raises UnknownApp.
        """
        ...

    def close(self, key: str) -> None: ...

    def build(self, files: Mapping[str, str]) -> Bundle:
        """Build for production in a sandboxed child of its own. Raises BuildFailed, or Unavailable on a time-out."""
        ...

    def ping(self) -> bool: ...
