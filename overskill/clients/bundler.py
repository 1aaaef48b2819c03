"""The bundler daemon, seen from Python: live previews and production builds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, Self
from uuid import UUID

from overskill.clients.daemon import Daemon, UnknownApp
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
    modules: Mapping[str, bytes] = field(default_factory=dict)  # the app's own server code, for the edge alone


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


class BuildFailed(OverskillError):
    """The app does not build. The message names the first error; `diagnostics` has all of them."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics

    @classmethod
    def of(cls, diagnostics: tuple[Diagnostic, ...]) -> Self:
        errors = tuple(found for found in diagnostics if found.severity == "error") or diagnostics
        first = errors[0]
        place = f"{first.file}:{first.line}" if first.line else first.file
        return cls(f"The app does not build. {place}: {first.message}", diagnostics)


class Build(Protocol):
    """A production build. With `app_id`, what the app's last build made of its packages need not be made again."""

    def __call__(self, files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle: ...


class Bundler(Protocol):
    """`key` is the app's preview key. All calls are blocking and safe from any thread."""

    def open(self, key: str, files: Mapping[str, str]) -> Applied:
        """Hold exactly these files (path -> text) and show them; an open shell is filled at once."""
        ...

    def preparation(self, files: Mapping[str, str | None]) -> Callable[[], object] | None:
        """What `open` and `update` would do first for these files, where that takes seconds; None: nothing.

        For callers with a row locked, who have it done before they lock the row.
        """
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

    def build(self, files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:
        """Build for production in a sandboxed child of its own. Raises BuildFailed, or Unavailable on a time-out."""
        ...

    def ping(self) -> bool: ...


class LocalBundler:
    """The daemon on this machine; builds and inspections in children of this process."""

    def __init__(
        self,
        socket_path: Path,
        build: Build,
        inspect: Callable[[Mapping[str, str]], tuple[Diagnostic, ...]] = lambda _: (),
        get_ready: Callable[[], None] = lambda: None,
    ) -> None:
        self.daemon = Daemon(socket_path)
        self._build = build
        self._inspect = inspect
        self.get_ready_to_build = get_ready  # ahead of a build in a process that is forked off this one

    def preparation(self, files: Mapping[str, str | None]) -> None:  # noqa: ARG002  # the protocol's
        return None

    def open(self, key: str, files: Mapping[str, str]) -> Applied:
        return _applied(self.daemon.call("open", {"key": key, "files": dict(files)}))

    def shell(self, key: str) -> None:
        self.daemon.call("shell", {"key": key})

    def update(self, key: str, changes: Mapping[str, str | None], *, draft: bool = False) -> Applied:
        return _applied(self.daemon.call("update", {"key": key, "changes": dict(changes), "draft": draft}))

    def close(self, key: str) -> None:
        self.daemon.call("close", {"key": key})

    def build(self, files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:
        return self._build(files, app_id=app_id)

    def ping(self) -> bool:
        return self.daemon.ping()

    def repair(self, files: Mapping[str, str], paths: Sequence[str], *, is_final: bool) -> Repaired:
        params = {"files": dict(files), "paths": list(paths), "is_final": is_final}
        answer = self.daemon.call("repair", params)
        repairs = tuple(Repair(**repair) for repair in answer["repairs"])
        return Repaired(answer["changes"], repairs, tuple(answer["packages"]), answer["milliseconds"])

    def scan(self, files: Mapping[str, str]) -> tuple[Finding, ...]:
        return tuple(Finding(**finding) for finding in self.daemon.call("scan", {"files": dict(files)})["findings"])

    def inspect(self, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return self._inspect(files)

    def css(self, key: str) -> str:
        """The stylesheet viewers are shown."""
        return str(self.daemon.call("css", {"key": key})["css"])

    def stats(self) -> Mapping[str, float]:
        """Open apps, viewers, bytes sent to them, bytes of memory, seconds since the start."""
        return self.daemon.call("stats", {})

    def disconnect(self) -> None:
        self.daemon.disconnect()


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

    def preparation(self, files: Mapping[str, str | None]) -> None:  # noqa: ARG002  # the protocol's
        return None

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

    def build(self, files: Mapping[str, str], *, app_id: UUID | None = None) -> Bundle:  # noqa: ARG002
        self._record("build", "")
        if self.diagnostics:
            raise BuildFailed(self.diagnostics[0].message, self.diagnostics)
        page = "<!doctype html><title>App</title><script type=module src=./assets/index-1.js></script>"
        for_browsers = sorted((path, text) for path, text in files.items() if not path.startswith("server/"))
        script = "".join(f"/* {path} */\n{text}\n" for path, text in for_browsers)
        assets = {
            "/index.html": Asset(page.encode(), "text/html; charset=utf-8"),
            "/assets/index-1.js": Asset(script.encode(), "text/javascript; charset=utf-8"),
        }
        server = files.get("server/index.ts")
        modules = {} if server is None else {"server.js": server.encode()}
        size = sum(len(asset.content) for asset in assets.values())
        return Bundle(assets, size=size, milliseconds=1.0, modules=modules)

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
