"""Fetching packages: without running anything of theirs, and without more of this machine than a folder."""

import json
import os
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from overskill.bundler.packages.relay import INNER_PORT, Relay, relay_by_port, relay_by_socket
from overskill.bundler.setup import SOURCES
from overskill.clients.package_store import Caps
from overskill.clients.registry import NpmRegistry, Release
from overskill.embedded import node
from overskill.embedded.isolation import can_isolate, isolation, limited
from overskill.embedded.watched import Bounds, WatchedChild
from overskill.errors import LimitReached, Unavailable

_FETCH = SOURCES / "packages" / "fetch.mjs"
_MEGABYTES = 1_500  # of memory
_WEIGH_EVERY = 0.5  # seconds
_SECONDS_OF_A_DAY = 86_400
# Seconds of processor time, KB of writable memory, 512-byte blocks of each file (200 MB), no core dumps.
_LIMITS = "ulimit -t 120; ulimit -d 6291456 2>/dev/null; ulimit -f 409600; ulimit -c 0"
_NODE_HEAP = 256  # MB


def fetch_packages(
    releases: Collection[Release], folder: Path, *, downloads: Path, caps: Caps, registry: NpmRegistry
) -> None:
    """Into folder/node_modules, with bun.lock beside it. Raises LimitReached or Unavailable.

    What is downloaded stays in `downloads` for others.
    """
    (folder / "home").mkdir()
    (downloads / "unfinished").mkdir(parents=True, exist_ok=True)
    dependencies = {release.name: release.version for release in releases}
    (folder / "package.json").write_text(json.dumps({"name": "added", "private": True, "dependencies": dependencies}))
    most_bytes = caps.megabytes * 1024 * 1024
    heavy = _Scales(folder, most_bytes)
    with tempfile.TemporaryDirectory(prefix="overskill-packages-") as name:
        command = _install_command([release.name for release in releases], caps.days)
        if can_isolate():
            socket = Path(name) / "relay.sock"
            with relay_by_socket(registry, socket, most_bytes) as relay:
                locked_in = _isolated(command(relay), socket, folder, downloads)
                _run(locked_in, {"PATH": os.defpath}, relay, heavy, caps)
        else:  # bun runs nothing of what it fetches, and every way out that it is told of ends at the relay
            with relay_by_port(registry, most_bytes) as relay:
                environment = {"PATH": os.defpath, **_environment(folder, downloads), "NO_PROXY": "127.0.0.1"}
                environment |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), relay.base)
                _run([*command(relay), "--cwd", str(folder)], environment, relay, heavy, caps)


def _install_command(names: Collection[str], days: int) -> Callable[[Relay], list[str]]:
    options = ["--ignore-scripts", "--no-progress", "--no-summary", "--omit=dev", "--linker=hoisted", "--no-env-file"]
    if days:
        age = f"--minimum-release-age={days * _SECONDS_OF_A_DAY}"
        options += [age, *(f"--minimum-release-age-excludes={name}" for name in names)]  # these were judged already
    return lambda relay: [str(node.bun()), "install", *options, f"--registry={relay.base}"]


def _isolated(command: list[str], socket: Path, folder: Path, downloads: Path) -> list[str]:
    readable = [node.node(), node.bun(), _FETCH, socket.parent]
    writable = [word for path in (folder, downloads) for word in ("--bind", str(path), str(path))]
    inside = [str(node.node()), f"--max-old-space-size={_NODE_HEAP}", str(_FETCH), str(socket), str(INNER_PORT)]
    confined = isolation(readable, _environment(folder, downloads), *writable, "--chdir", str(folder))
    return [*confined, *inside, *command]


def _environment(folder: Path, downloads: Path) -> dict[str, str]:
    return {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "home"),
        "BUN_TMPDIR": str(downloads / "unfinished"),
        "BUN_INSTALL_CACHE_DIR": str(downloads),
        "DO_NOT_TRACK": "1",
    }


def _run(command: list[str], environment: Mapping[str, str], relay: Relay, heavy: "_Scales", caps: Caps) -> None:
    said = bytearray()
    child = WatchedChild(limited(command, _LIMITS), b"", environment)
    end = child.run(Bounds(caps.seconds, _MEGABYTES), lambda: relay.is_exhausted or heavy.is_too_heavy(), said.extend)
    if end == "stopped" or relay.is_exhausted:
        raise LimitReached(
            f"That brings along more than {caps.megabytes} MB. Use a smaller package, or write it yourself."
        )
    if end == "too slow":
        raise Unavailable(f"Installing took longer than {caps.seconds} s and was stopped. Try again in a minute.")
    if not (heavy.folder / "bun.lock").is_file():
        lines = [line.strip() for line in (child.said + said.decode("utf-8", "replace")).splitlines()]
        why = next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "it said nothing")
        raise Unavailable(f"The packages can't be installed: {why[:300]}")


class _Scales:
    """What lies in a folder, weighed now and then."""

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        self._most = most
        self._next = 0.0

    def is_too_heavy(self) -> bool:
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + _WEIGH_EVERY
        return weight(self.folder) > self._most


def weight(folder: Path) -> int:
    """Bytes of all files in it."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118  # a Path for each is too slow
            except FileNotFoundError:
                continue  # it was moved meanwhile
    return total
