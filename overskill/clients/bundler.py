"""The bundler daemon, seen from Python: live previews and production builds."""

import contextlib
import json
import queue
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from overskill.errors import InvalidInput, OverskillError, Unavailable


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


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was put right without a model."""

    path: str
    kind: str  # "import", "export", "icon", "package", "key", "extension", "duplicate", "tag", "text", "tailwind",
    # "side_effect"
    message: str  # "Imported useState from react"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Repaired:
    """`changes` are the files that differ from what was given: path -> text, None where it is gone (renamed)."""

    changes: Mapping[str, str | None]
    repairs: tuple[Repair, ...]
    packages: tuple[str, ...] = ()  # that package.json has to name now
    milliseconds: float = 0.0


Severity = Literal["critical", "high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unsafe in an app's code. Lines and columns count from 1."""

    rule: str  # "eval"
    severity: Severity  # "critical" blocks publishing
    file: str
    line: int
    column: int
    message: str  # what it is, and why it is unsafe
    fix: str  # what to do instead


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

    def repair(self, files: Mapping[str, str], paths: Sequence[str], *, is_final: bool) -> Repaired:
        """Put right in `paths` what needs no thought; `files` is the whole app, with them in it.

        Until `is_final` other files may still come, so nothing is said of imports that lead nowhere yet.
        Asked twice, the second answer changes nothing. Raises Unavailable.
        """
        ...

    def scan(self, files: Mapping[str, str]) -> tuple[Finding, ...]:
        """What is unsafe in the code, the worst first. Raises Unavailable."""
        ...

    def inspect(self, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        """What the type checker ("type") and the linter ("lint") find, in a bounded child. Raises Unavailable."""
        ...

    def build(self, files: Mapping[str, str]) -> Bundle:
        """Build for production in a sandboxed child of its own. Raises BuildFailed, or Unavailable on a time-out."""
        ...

    def ping(self) -> bool: ...


_CALL_SECONDS = 20.0
_PING_SECONDS = 2.0
_RESTART_SECONDS = 2.0  # a daemon that crashed is back well within this
_POLL_SECONDS = 0.05
_LARGEST_READ = 1 << 16


class LocalBundler:
    """The daemon on this machine, over its unix socket: one JSON line asks, one answers."""

    def __init__(
        self,
        socket_path: Path,
        build: Callable[[Mapping[str, str]], Bundle],
        inspect: Callable[[Mapping[str, str]], tuple[Diagnostic, ...]] = lambda _: (),
    ) -> None:
        self._address = str(socket_path)
        self._build = build
        self._inspect = inspect
        self._idle: queue.LifoQueue[socket.socket] = queue.LifoQueue()

    def open(self, key: str, files: Mapping[str, str]) -> Applied:
        return _applied(self._call("open", {"key": key, "files": dict(files)}))

    def shell(self, key: str) -> None:
        self._call("shell", {"key": key})

    def update(self, key: str, changes: Mapping[str, str | None], *, draft: bool = False) -> Applied:
        return _applied(self._call("update", {"key": key, "changes": dict(changes), "draft": draft}))

    def close(self, key: str) -> None:
        self._call("close", {"key": key})

    def build(self, files: Mapping[str, str]) -> Bundle:
        return self._build(files)

    def ping(self) -> bool:
        try:
            with self._connection(patience=0.0) as connection:
                _ask(connection, "ping", {}, _PING_SECONDS)
        except (OSError, Unavailable):
            return False
        return True

    def repair(self, files: Mapping[str, str], paths: Sequence[str], *, is_final: bool) -> Repaired:
        params = {"files": dict(files), "paths": list(paths), "is_final": is_final}
        answer = self._call("repair", params)
        repairs = tuple(Repair(**repair) for repair in answer["repairs"])
        return Repaired(answer["changes"], repairs, tuple(answer["packages"]), answer["milliseconds"])

    def scan(self, files: Mapping[str, str]) -> tuple[Finding, ...]:
        return tuple(Finding(**finding) for finding in self._call("scan", {"files": dict(files)})["findings"])

    def inspect(self, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return self._inspect(files)

    def css(self, key: str) -> str:
        """The stylesheet viewers are shown."""
        return str(self._call("css", {"key": key})["css"])

    def stats(self) -> Mapping[str, float]:
        """Open apps, viewers, bytes sent to them, bytes of memory, seconds since the start."""
        return self._call("stats", {})

    def disconnect(self) -> None:
        """Give up idle connections; calls after this make their own."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    def _call(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Every method may be asked twice: what a broken connection left unknown is simply asked again."""
        try:
            try:
                return self._ask(method, params)
            except (ConnectionError, FileNotFoundError):
                self.disconnect()
                return self._ask(method, params, patience=_RESTART_SECONDS)
        except TimeoutError:
            raise Unavailable("The preview did not answer in time. Try again in a moment.") from None
        except OSError as error:
            raise Unavailable("The preview is not running. It is restarted by itself; try again.") from error

    def _ask(self, method: str, params: Mapping[str, Any], patience: float = 0.0) -> dict[str, Any]:
        with self._connection(patience) as connection:
            return _ask(connection, method, params, _CALL_SECONDS)

    @contextlib.contextmanager
    def _connection(self, patience: float = 0.0) -> Iterator[socket.socket]:
        """A connection of the pool; one on which anything went wrong is not used again."""
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._connect(patience)
        try:
            yield connection
        except BaseException as error:
            if isinstance(error, OverskillError):
                self._idle.put(connection)  # the daemon answered; the answer was no
            else:
                connection.close()
            raise
        self._idle.put(connection)

    def _connect(self, patience: float) -> socket.socket:
        deadline = time.monotonic() + patience
        while True:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.connect(self._address)
            except OSError:
                connection.close()
                if time.monotonic() >= deadline:
                    raise
                time.sleep(_POLL_SECONDS)
            else:
                return connection


def _ask(connection: socket.socket, method: str, params: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    connection.settimeout(seconds)
    connection.sendall(json.dumps({"id": 1, "method": method, "params": params}).encode() + b"\n")
    pieces: list[bytes] = []
    while not pieces or not pieces[-1].endswith(b"\n"):
        piece = connection.recv(_LARGEST_READ)
        if not piece:
            raise ConnectionResetError("The daemon went away.")
        pieces.append(piece)
    answer = json.loads(b"".join(pieces))
    if "error" in answer:
        raise _error(**answer["error"])
    result: dict[str, Any] = answer["result"]
    return result


def _error(kind: str, message: str) -> OverskillError:
    if kind == "unknown_app":
        return UnknownApp(message)
    if kind == "invalid_input":
        return InvalidInput(message)
    return Unavailable(f"The preview failed: {message}")


def _applied(answer: Mapping[str, Any]) -> Applied:
    return Applied(
        revision=answer["revision"],
        diagnostics=tuple(Diagnostic(**diagnostic) for diagnostic in answer["diagnostics"]),
        viewers=answer["viewers"],
        milliseconds=answer["milliseconds"],
    )


@dataclass
class FakeBundler:
    """In memory. Set `diagnostics` for what is wrong from now on, `is_down` for a daemon that does not answer."""

    apps: dict[str, dict[str, str]] = field(default_factory=dict)
    shells: set[str] = field(default_factory=set)
    calls: list[tuple[str, str]] = field(default_factory=list)  # method, key
    diagnostics: tuple[Diagnostic, ...] = ()
    found: tuple[Diagnostic, ...] = ()  # what inspect() answers
    findings: tuple[Finding, ...] = ()
    repaired: list[Repaired] = field(default_factory=list)  # what repair() answers, one by one; then nothing
    is_down: bool = False
    revision: int = 0

    def open(self, key: str, files: Mapping[str, str]) -> Applied:
        self._record("open", key)
        self.apps[key] = dict(files)
        return self._applied()

    def shell(self, key: str) -> None:
        self._record("shell", key)
        self.shells.add(key)

    def update(self, key: str, changes: Mapping[str, str | None], *, draft: bool = False) -> Applied:
        self._record("draft" if draft else "update", key)
        if key not in self.apps:
            raise UnknownApp("The preview was restarted and does not hold this app. Open it again.")
        for path, text in changes.items():
            if text is None:
                self.apps[key].pop(path, None)
            else:
                self.apps[key][path] = text
        return self._applied()

    def close(self, key: str) -> None:
        self._record("close", key)
        self.apps.pop(key, None)
        self.shells.discard(key)

    def repair(self, files: Mapping[str, str], paths: Sequence[str], *, is_final: bool) -> Repaired:  # noqa: ARG002
        self._record("repair", "")
        return self.repaired.pop(0) if self.repaired else Repaired({}, ())

    def scan(self, files: Mapping[str, str]) -> tuple[Finding, ...]:  # noqa: ARG002  # the protocol's
        self._record("scan", "")
        return self.findings

    def inspect(self, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:  # noqa: ARG002  # the protocol's
        self._record("inspect", "")
        return self.found

    def build(self, files: Mapping[str, str]) -> Bundle:
        self._record("build", "")
        if self.diagnostics:
            raise BuildFailed(self.diagnostics[0].message, self.diagnostics)
        page = "<!doctype html><title>App</title><script type=module src=./assets/index-1.js></script>"
        script = "".join(f"/* {path} */\n{text}\n" for path, text in sorted(files.items()))
        assets = {
            "/index.html": Asset(page.encode(), "text/html; charset=utf-8"),
            "/assets/index-1.js": Asset(script.encode(), "text/javascript; charset=utf-8"),
        }
        return Bundle(assets, size=sum(len(asset.content) for asset in assets.values()), milliseconds=1.0)

    def ping(self) -> bool:
        return not self.is_down

    def restart(self) -> None:
        """As after a crash: nothing is held any more."""
        self.apps.clear()
        self.shells.clear()

    def _record(self, method: str, key: str) -> None:
        if self.is_down:
            raise Unavailable("The preview is not running. It is restarted by itself; try again.")
        self.calls.append((method, key))

    def _applied(self) -> Applied:
        self.revision += 1
        return Applied(self.revision, self.diagnostics, viewers=1, milliseconds=1.0)
