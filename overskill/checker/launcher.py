"""The Checker of this machine: each check in a child process of its own, locked in, limited, one per core at a time."""

import base64
import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from overskill.checker.chromium import find_chromium
from overskill.checker.gathering import Gathering, Lines, Measuring
from overskill.clients.bundler import Bundle
from overskill.clients.checker import AcceptanceCheck, BrowserReport, Checker, Measured
from overskill.config import Settings
from overskill.embedded import node
from overskill.embedded.isolation import can_isolate, isolation, limited, place
from overskill.embedded.watched import Bounds, End, WatchedChild
from overskill.errors import Unavailable

SOURCES = Path(__file__).resolve().parent
_EDGE_SOURCES = SOURCES.parent / "edge"  # the headers that published apps are served with
_SECONDS = 20.0
_MEASURING_SECONDS = 45.0
_GRACE_SECONDS = 2.0  # for the child to end by itself
_MEGABYTES = 700
_QUEUE_SECONDS = 60.0
_HEAP_MEGABYTES = 192  # of Node, not of the app
# Seconds of processor time of each process, 512-byte blocks of each file, no core dumps.
_LIMITS = "ulimit -t 60; ulimit -f 131072; ulimit -c 0"
# Chromium's own sandbox wants an ordinary user; its fonts are not below /usr alone.
_MORE_ISOLATION = (
    *("--uid", "1000", "--gid", "1000", "--setenv", "HOME", "/tmp"),  # noqa: S108
    *("--ro-bind-try", "/etc/fonts", "/etc/fonts", "--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig"),
    *("--ro-bind-try", "/etc/chromium.d", "/etc/chromium.d"),
)


def local_checker(settings: Settings, tools: Path) -> Checker:
    """It looks for the browser at each check, so that one that is installed later is found. axe-core is in `tools`, the
    bundler's packages."""
    home = settings.home.expanduser().resolve()
    return LocalChecker(
        lambda: find_chromium(settings),
        home / "run",
        must_lock_in=settings.is_production,
        axe=axe_of(tools),
    )


def axe_of(tools: Path) -> Path:
    """The script of axe-core among the bundler's packages."""
    return tools / "node_modules" / "axe-core" / "axe.min.js"


class LocalChecker:
    """`must_lock_in`: rather no check than one in a browser without any sandbox, which root's would be."""

    def __init__(
        self,
        find_browser: Callable[[], Path],
        run: Path,
        *,
        must_lock_in: bool = True,
        seconds: float = _SECONDS,
        megabytes: int = _MEGABYTES,
        at_once: int | None = None,
        axe: Path | None = None,
    ) -> None:
        self._find_browser = find_browser
        self._run_folder = run  # holds the places' locks
        self._must_lock_in = must_lock_in
        self._bounds = Bounds(seconds + _GRACE_SECONDS, megabytes)
        self._seconds = seconds
        self._axe = axe  # without it, nothing is said of accessibility
        self._at_once = at_once or os.cpu_count() or 1
        self.peak_megabytes = 0.0  # of the last check

    def check(
        self,
        bundle: Bundle,
        checks: Sequence[AcceptanceCheck],
        *,
        routes: Sequence[str] = ("/",),
        should_stop: Callable[[], bool] = lambda: False,
    ) -> BrowserReport:
        request = {"maps": {}, "checks": [check.to_json() for check in checks], "routes": list(routes)}
        gathering = Gathering()
        started = time.monotonic()
        end, said = self._run("check.mjs", bundle, request, gathering, should_stop, self._seconds)
        _conclude(gathering, end, said, self._bounds)
        return gathering.report((time.monotonic() - started) * 1000)

    def measure(
        self,
        bundle: Bundle,
        *,
        routes: Sequence[str] = ("/",),
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Measured:
        has_axe = self._axe is not None and self._axe.is_file()
        measuring = Measuring()
        request = {"routes": list(routes), "axe": str(self._axe) if has_axe else ""}
        seconds = max(self._seconds, _MEASURING_SECONDS)
        _, said = self._run("measure.mjs", bundle, request, measuring, should_stop, seconds)
        if measuring.is_empty and not should_stop():
            raise Unavailable(f"The app was not measured: {_why(said) or 'the machine is too busy, or it hangs'}.")
        return measuring.measured()

    def _is_locked_in(self) -> bool:
        if can_isolate():
            return True
        if _is_root() and self._must_lock_in:
            raise Unavailable(
                "Apps are not tried in a browser: as root, Chromium has no sandbox. "
                "Install bubblewrap, or run OverSkill as another user."
            )
        return False

    def _run(
        self,
        script: str,
        bundle: Bundle,
        request: Mapping[str, object],
        lines: Lines,
        should_stop: Callable[[], bool],
        seconds: float,
    ) -> tuple[End, str]:
        """How the child ended, and what it complained of."""
        program = self._find_browser()
        is_locked_in = self._is_locked_in()
        whole = {
            **request,
            "assets": _encoded(bundle),
            "program": str(program),
            "mayLackSandbox": is_locked_in or _is_root(),
            "seconds": seconds,
        }
        command = check_command(program, script, is_locked_in=is_locked_in, axe=self._axe)
        refusal = "Too many apps are being tried in browsers. Send the message again in a minute."
        with (
            place(self._run_folder, "check", at_once=self._at_once, patience=_QUEUE_SECONDS, refusal=refusal),
            tempfile.TemporaryDirectory(prefix="overskill-check-", ignore_cleanup_errors=True) as folder,
        ):
            environment = {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder}
            child = WatchedChild(command, json.dumps(whole).encode(), environment)
            bounds = replace(self._bounds, seconds=seconds + _GRACE_SECONDS)
            end = child.run(bounds, lambda: lines.is_too_much or should_stop(), lines.take)
        self.peak_megabytes = child.peak_megabytes
        return end, child.said


def check_command(
    program: Path, script: str = "check.mjs", *, is_locked_in: bool, axe: Path | None = None
) -> list[str]:
    command = [str(node.node()), f"--max-old-space-size={_HEAP_MEGABYTES}", str(SOURCES / script)]
    if is_locked_in:
        more = [axe] if axe is not None and axe.is_file() else []
        readable = [node.node(), SOURCES, _EDGE_SOURCES, *_folders_of(program), *more]
        command = [*isolation(readable, None, *_MORE_ISOLATION), *command]
    return limited(command, _LIMITS)


def _folders_of(program: Path) -> list[Path]:
    """Where the program and what lies beside it are, if that is not part of the system anyway."""
    folders = {program.parent, program.resolve().parent}
    return [folder for folder in sorted(folders) if not folder.is_relative_to("/usr") and folder != Path("/bin")]


def _encoded(bundle: Bundle) -> Mapping[str, Mapping[str, str]]:
    return {
        path: {"content": base64.b64encode(asset.content).decode(), "type": asset.content_type}
        for path, asset in bundle.assets.items()
    }


def _conclude(gathering: Gathering, end: End, said: str, bounds: Bounds) -> None:
    """Too much memory is a problem of the app; too little time is not, and what was found by then counts."""
    if end == "too large":
        gathering.add("memory", f"The app uses more than {bounds.megabytes} MB of memory and was stopped.")
    elif end == "too slow" and gathering.is_empty:
        raise Unavailable("The app was not tried in a browser: the machine is too busy. Send the message again later.")
    elif end == "ended" and not gathering.is_done:
        if gathering.is_empty:
            raise Unavailable(f"The app was not tried in a browser, which stopped unexpectedly ({_why(said)}).")
        gathering.add("crash", "The browser ended while the app was tried.")


def _why(said: str) -> str:
    return next((line for line in said.splitlines() if "Error" in line), said.strip()[-200:])[:200]


def _is_root() -> bool:
    return os.geteuid() == 0
