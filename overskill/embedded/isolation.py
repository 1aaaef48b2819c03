"""Locking in what works on code that nobody has read: no network, nothing of the disk, a few at once."""

import contextlib
import fcntl
import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import which

from overskill.embedded import node
from overskill.embedded.files import private_folder
from overskill.errors import Unavailable

_POLL_SECONDS = 0.05
_TEMPORARY_BYTES = 128 * 1024 * 1024  # /tmp is memory


@cache
def can_isolate() -> bool:
    """Whether bubblewrap is there and may make namespaces (inside many containers it may not)."""
    if which("bwrap") is None:
        return False
    probe = [*isolation([node.node()]), str(node.node()), "--version"]
    return subprocess.run(probe, capture_output=True, check=False, timeout=10, stdin=subprocess.DEVNULL).returncode == 0


def isolation(readable: Iterable[Path], environment: Mapping[str, str] | None = None, *more: str) -> list[str]:
    """What to put before a command: no network, no other processes, and of the disk only the system and `readable`.

    `more` are further options of bubblewrap.
    """
    return [
        *(which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--clearenv", "--setenv", "PATH", os.defpath),
        *(word for name, value in (environment or {}).items() for word in ("--setenv", name, value)),
        *("--ro-bind", "/usr", "/usr", "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64"),
        *("--ro-bind-try", "/bin", "/bin", "--proc", "/proc", "--dev", "/dev"),
        *("--size", str(_TEMPORARY_BYTES), "--tmpfs", "/tmp"),  # noqa: S108
        *(word for path in readable for word in ("--ro-bind", str(path), str(path))),
        *("--chdir", "/"),
        *more,
    ]


def limited(command: Sequence[str], limits: str) -> list[str]:
    """The command under limits in the words of the shell's `ulimit`, which also exist where prlimit does not."""
    return ["/bin/sh", "-c", f'{limits}; exec "$@"', "limited", *command]


@contextlib.contextmanager
def place(folder: Path, kind: str, *, at_once: int, patience: float, refusal: str) -> Iterator[None]:
    """One of as many places as there are, shared by all processes of this machine. Raises Unavailable(refusal)."""
    private_folder(folder)
    deadline = time.monotonic() + patience
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context((folder / f"{kind}-{n}.lock").open("w")) for n in range(at_once)]
        while not any(_lock(file.fileno()) for file in files):
            if time.monotonic() > deadline:
                raise Unavailable(refusal)
            time.sleep(_POLL_SECONDS)
        yield


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
