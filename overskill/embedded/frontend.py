"""The built front end: made by `reflex export` when a source of it changed."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from overskill.embedded import node
from overskill.embedded.places import PROJECT, Home
from overskill.errors import Unavailable

_BUILT = PROJECT / ".web"
_STAMP = _BUILT / "overskill-sources"
_SOURCE_FOLDERS = ("overskill/pages", "overskill/components", "overskill/state", "assets")
_SOURCE_FILES = ("overskill/overskill.py", "rxconfig.py")
_MADE_BY_BUILDS = frozenset({"__pycache__", "external"})  # Reflex links our JSX into assets/external


def build_if_changed(home: Home) -> None:
    """Build the front end unless what is there was made from these very sources."""
    _BUILT.mkdir(exist_ok=True)
    with (_BUILT / "overskill-lock").open("a") as lock:  # two data folders share one checkout
        fcntl.flock(lock, fcntl.LOCK_EX)
        sources = _digest(_sources())
        if is_built() and _STAMP.read_text(encoding="utf-8") == f"{sources} {_digest(_lock())}":
            return
        _STAMP.unlink(missing_ok=True)
        with _lock_as_it_was_written():
            _export(home.log("frontend"))
        # Sources as they were before the build; the lock as the build left it, since Reflex may write it anew.
        _STAMP.write_text(f"{sources} {_digest(_lock())}", encoding="utf-8")


def is_built() -> bool:
    return _STAMP.exists() and (_BUILT / "build" / "client").is_dir()


@contextmanager
def _lock_as_it_was_written() -> Iterator[None]:
    """Reflex writes package.json anew at each build, with other white space: the checkout must stay clean."""
    manifest = PROJECT / "reflex.lock" / "package.json"
    before = manifest.read_bytes()
    yield
    if json.loads(manifest.read_bytes()) == json.loads(before):
        manifest.write_bytes(before)


def _export(log: Path) -> None:
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--loglevel", "info"]
    with log.open("wb") as output:
        made = subprocess.run(
            command,
            cwd=PROJECT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if made.returncode != 0:
        text = log.read_text(encoding="utf-8", errors="replace")
        raise Unavailable(f"The front end could not be built:\n{text.strip()[-2_000:]}\nThe whole log is {log}.")


def _environment() -> dict[str, str]:
    environment = node.environment() | {"REFLEX_CHECK_LATEST_VERSION": "false", "CI": "1"}
    if "NPM_CONFIG_REGISTRY" not in os.environ:  # what npm would use here; bun is told through the environment only
        asked = subprocess.run([*node.npm(), "config", "get", "registry"], capture_output=True, text=True, check=False)
        if asked.stdout.startswith("http"):
            environment["NPM_CONFIG_REGISTRY"] = asked.stdout.strip()
    return environment


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"reflex {version('reflex')}".encode())
    for path in files:
        digest.update(f"\0{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for name in _SOURCE_FILES:
        yield PROJECT / name
    for folder in _SOURCE_FOLDERS:
        yield from _files_below(PROJECT / folder)


def _lock() -> Iterator[Path]:
    return _files_below(PROJECT / "reflex.lock")


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _MADE_BY_BUILDS.isdisjoint(path.parts):
            yield path
