"""`overskill bundler`: starts the daemon; and the client that the other processes talk to it with."""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from overskill.bundler.builds import SandboxedBuilds
from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.kept_packages import KeptPackages
from overskill.bundler.packages.store import prepare_folder
from overskill.bundler.setup import Installation, installation, prepare
from overskill.clients.bundler import Build, LocalBundler
from overskill.config import Settings
from overskill.embedded.files import private_folder
from overskill.embedded.isolation import can_isolate, isolation, limited
from overskill.errors import Unavailable

_LONGEST_SOCKET_PATH = 100  # the system's limit is 104 to 108 bytes
_HEAP_MEGABYTES = 2048
_LANGUAGE_MEMORY = "768MiB"  # it collects garbage more eagerly as it comes near
# KB of writable memory, beyond which it ends and is started again; no files written, no core dumps.
_LANGUAGE_LIMITS = "ulimit -d 2097152 2>/dev/null; ulimit -f 0; ulimit -c 0"

log = logging.getLogger(__name__)


def run(settings: Settings) -> NoReturn:
    """Become the daemon: this process ends, Node goes on under its number."""
    home = settings.home.expanduser().resolve()
    prepare(home, log.info)
    installed = installation(home)
    prepare_folder(installed)
    program, *arguments = daemon_command(settings, installed)
    os.execve(program, [program, *arguments], os.environ | installed.environment)  # noqa: S606  # that is the point


def daemon_command(settings: Settings, installed: Installation) -> list[str]:
    home = settings.home.expanduser().resolve()
    node, *script = installed.command(
        "daemon.mjs",
        *("--socket", str(socket_path(settings))),
        *("--host", settings.host),
        *("--port", str(settings.preview_port)),
        *("--vendor", str(installed.vendor / "dist")),
        *("--journal", str(private_folder(home / "bundler" / "open"))),
        *("--packages", str(installed.vendor)),
        *("--added", str(installed.added)),
        *("--language", str(language_folder(home))),
        *("--confine", json.dumps(language_confinement(home, installed))),
        *("--origin", settings.preview_address("{key}")),
    )
    parents = [argument for origin in parent_origins(settings) for argument in ("--parent", origin)]
    return [node, f"--max-old-space-size={_HEAP_MEGABYTES}", *script, *parents]


def language_folder(home: Path) -> Path:
    """Where the language server finds the code of open apps; the daemon makes it anew at each start."""
    return private_folder(home / "bundler" / "language")


def language_confinement(home: Path, installed: Installation) -> list[str]:
    """What comes before the language server's command: it reads code that nobody has read."""
    environment = {"GOMEMLIMIT": _LANGUAGE_MEMORY, "GOMAXPROCS": "2"}
    if can_isolate():
        added = ("--ro-bind-try", str(installed.added), str(installed.added))
        confined = isolation([installed.vendor, language_folder(home)], environment, *added)
    else:
        confined = ["env", "-i", *(f"{name}={value}" for name, value in environment.items())]
    return limited(confined, _LANGUAGE_LIMITS)


def parent_origins(settings: Settings) -> list[str]:
    """The pages that may show a preview inside themselves and talk to it: the studio's own."""
    if settings.public_url:
        return [settings.site_url]
    return [settings.site_url, f"http://127.0.0.1:{settings.web_port}"]


def socket_path(settings: Settings) -> Path:
    """Where the daemon listens. A data folder with a long name has its socket in the system's temporary folder."""
    home = settings.home.expanduser().resolve()
    path = private_folder(home / "run") / "bundler.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
        return path
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    folder = private_folder(Path(tempfile.gettempdir()) / f"overskill-{os.getuid()}-{mark}")
    if folder.stat().st_uid != os.getuid():
        raise Unavailable(f"{folder} belongs to somebody else. Set OVERSKILL_HOME to a folder with a shorter path.")
    return folder / "bundler.sock"


def local_bundler(
    settings: Settings, around: Callable[[Build], Build] = lambda build: build, *, rehearsal: Path | None = None
) -> LocalBundler:
    """`around` may do more with each build than make it. `rehearsal`: the app that children which wait rehearse on."""
    home = settings.home.expanduser().resolve()
    installed, run_folder = installation(home), home / "run"
    inspect = SandboxedInspection(installed, run_folder)
    kept = KeptPackages(home / "bundler" / "packages-of-apps")
    builds = SandboxedBuilds(installed, run_folder, rehearsal=rehearsal, kept=kept)
    return LocalBundler(socket_path(settings), around(builds), inspect, builds.get_ready)
