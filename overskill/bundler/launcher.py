"""`overskill bundler`: starts the daemon; and the client that the other processes talk to it with."""

import hashlib
import logging
import os
import tempfile
from pathlib import Path
from typing import NoReturn

from overskill.bundler.builds import SandboxedBuilds
from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.setup import Installation, installation, prepare
from overskill.clients.bundler import LocalBundler
from overskill.config import Settings
from overskill.embedded.files import private_folder
from overskill.errors import Unavailable

_LONGEST_SOCKET_PATH = 100  # the system's limit is 104 to 108 bytes
_HEAP_MEGABYTES = 2048

log = logging.getLogger(__name__)


def run(settings: Settings) -> NoReturn:
    """Become the daemon: this process ends, Node goes on under its number."""
    home = settings.home.expanduser().resolve()
    prepare(home, log.info)
    installed = installation(home)
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
        *("--origin", settings.preview_address("{key}")),
    )
    parents = [argument for origin in parent_origins(settings) for argument in ("--parent", origin)]
    return [node, f"--max-old-space-size={_HEAP_MEGABYTES}", *script, *parents]


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


def local_bundler(settings: Settings) -> LocalBundler:
    home = settings.home.expanduser().resolve()
    installed, run_folder = installation(home), home / "run"
    inspect = SandboxedInspection(installed, run_folder)
    return LocalBundler(socket_path(settings), SandboxedBuilds(installed, run_folder), inspect)
