"""Installs workerd, Cloudflare's runtime, from npm: exactly what the lock file names, once for each lock file."""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from overskill.embedded.node import bun
from overskill.errors import OverskillError, Unavailable

HERE = Path(__file__).parent
LOCKED = ("package.json", "package-lock.json", ".npmrc")
INSTALL_SECONDS = 300


def prepare(home: Path, report: Callable[[str], None]) -> Path:
    """The workerd binary, installed first if it isn't there. May be interrupted, and called twice at a time."""
    binary = workerd_path(home)
    if binary.exists():
        return binary
    installs = _installs(home)
    installs.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (installs / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not binary.exists():
            report("Installing workerd, the edge's runtime")
            _install(home, binary)
    return binary


def workerd_path(home: Path) -> Path:
    """Where `prepare` puts the binary."""
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in LOCKED)).hexdigest()[:16]
    return _installs(home) / digest / "node_modules" / "@cloudflare" / _package() / "bin" / "workerd"


def _installs(home: Path) -> Path:
    return home.resolve() / "edge" / "workerd"


def _package() -> str:
    system = {"linux": "linux", "darwin": "darwin"}.get(sys.platform)
    machine = {"x86_64": "64", "amd64": "64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    if system is None or machine is None:
        raise OverskillError(f"The edge runs on Linux and macOS (x86-64 or ARM64), not on {platform.platform()}.")
    return f"workerd-{system}-{machine}"


def _install(home: Path, binary: Path) -> None:
    """Install aside, try it, then move it into place: what is in place works."""
    for abandoned in _installs(home).glob("installing-*"):
        shutil.rmtree(abandoned)
    target = binary.parents[4]
    staging = Path(tempfile.mkdtemp(dir=_installs(home), prefix="installing-"))
    for name in LOCKED:
        shutil.copy(HERE / name, staging / name)
    staged = staging / binary.relative_to(target)
    _fetch(staging, staged, cache=home.resolve() / "cache" / "bun")
    _try(staged)
    if target.exists():
        shutil.rmtree(target)
    staging.rename(target)


def _fetch(folder: Path, binary: Path, *, cache: Path) -> None:
    """bun checks each package against the lock's hash; it takes a quarter of npm's time for this one."""
    command = [str(bun()), "install", "--frozen-lockfile", "--ignore-scripts", "--no-progress"]
    environment = os.environ | {"BUN_INSTALL_CACHE_DIR": str(cache)}
    try:
        result = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unavailable("Installing workerd took over five minutes. Check the network and try again.") from None
    if result.returncode != 0 or not binary.exists():  # to bun, a package for one platform is one that may fail
        reason = (result.stderr or result.stdout).strip() or f"bun ended with {result.returncode}"
        raise Unavailable(f"workerd can't be installed. Check the network and try again. bun said:\n{reason}")


def _try(binary: Path) -> None:
    try:
        result = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except OSError as error:
        raise OverskillError(f"workerd is installed but does not start: {error}.") from error
    if result.returncode != 0:
        reason = result.stderr.strip()
        raise OverskillError(
            f"workerd does not run here. It needs glibc 2.35 or newer (Debian 12, Ubuntu 22.04). It said:\n{reason}"
        )
