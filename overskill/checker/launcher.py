"""The Checker of this machine: each check in a child process of its own, locked in, limited, one per core at a time."""

import base64
import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from overskill.checker.chromium import find_chromium
from overskill.checker.gathering import Gathering
from overskill.clients.bundler import Bundle
from overskill.clients.checker import AcceptanceCheck, BrowserReport, Checker
from overskill.config import Settings
from overskill.embedded import node
from overskill.embedded.isolation import can_isolate, isolation, limited, place
from overskill.embedded.watched import Bounds, End, WatchedChild
from overskill.errors import Unavailable

SOURCES = Path(__file__).resolve().parent
_EDGE_SOURCES = SOURCES.parent / "edge"  # the headers that published apps are served with
_SECONDS = 20.0
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


def local_checker(settings: Settings) -> Checker:
    """It looks for the browser at each check, so that one that is installed later is found."""
    home = settings.home.expanduser().resolve()
    return LocalChecker(lambda: find_chromium(settings), home / "run", must_lock_in=settings.is_production)


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
    ) -> None:
        self._find_browser = find_browser
        self._run_folder = run  # holds the places' locks
        self._must_lock_in = must_lock_in
        self._bounds = Bounds(seconds + _GRACE_SECONDS, megabytes)
        self._seconds = seconds
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
        program = self._find_browser()
        is_locked_in = self._is_locked_in()
        request = {
            "assets": _encoded(bundle),
            "maps": {},
            "checks": [check.to_json() for check in checks],
            "routes": list(routes),
            "program": str(program),
            "mayLackSandbox": is_locked_in or _is_root(),
            "seconds": self._seconds,
        }
        refusal = "Too many apps are being tried in browsers. Send the message again in a minute."
        with place(self._run_folder, "check", at_once=self._at_once, patience=_QUEUE_SECONDS, refusal=refusal):
            started = time.monotonic()
            gathering = self._run(program, json.dumps(request).encode(), should_stop, is_locked_in=is_locked_in)
            return gathering.report((time.monotonic() - started) * 1000)

    def _is_locked_in(self) -> bool:
        if can_isolate():
            return True
        if _is_root() and self._must_lock_in:
            raise Unavailable(
                "Apps are not tried in a browser: as root, Chromium has no sandbox. "
                "Install bubblewrap, or run OverSkill as another user."
            )
        return False

    def _run(self, program: Path, request: bytes, should_stop: Callable[[], bool], *, is_locked_in: bool) -> Gathering:
        gathering = Gathering()
        with tempfile.TemporaryDirectory(prefix="overskill-check-", ignore_cleanup_errors=True) as folder:
            environment = {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder}
            child = WatchedChild(check_command(program, is_locked_in=is_locked_in), request, environment)
            end = child.run(self._bounds, lambda: gathering.is_too_much or should_stop(), gathering.take)
        self.peak_megabytes = child.peak_megabytes
        _conclude(gathering, end, child.said, self._bounds)
        return gathering


def check_command(program: Path, *, is_locked_in: bool) -> list[str]:
    command = [str(node.node()), f"--max-old-space-size={_HEAP_MEGABYTES}", str(SOURCES / "check.mjs")]
    if is_locked_in:
        readable = [node.node(), SOURCES, _EDGE_SOURCES, *_folders_of(program)]
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
            detail = next((line for line in said.splitlines() if "Error" in line), said.strip()[-200:])
            raise Unavailable(f"The app was not tried in a browser, which stopped unexpectedly ({detail[:200]}).")
        gathering.add("crash", "The browser ended while the app was tried.")


def _is_root() -> bool:
    return os.geteuid() == 0
