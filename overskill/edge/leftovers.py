"""Processes of a launcher that was killed. Linux ends them with it; where it can't, the next launcher does."""

import os
import signal
from pathlib import Path

from overskill.embedded.process import ProcessIdentity, wait_until_gone

GONE_SECONDS = 5.0


def remember(run: Path, name: str, identity: ProcessIdentity | None) -> None:
    if identity is not None:
        (run / f"{name}.pid").write_text(f"{identity.pid} {identity.started}")


def end_leftovers(run: Path) -> None:
    for path in run.glob("*.pid"):
        pid, started = path.read_text().split()
        leftover = ProcessIdentity(int(pid), float(started))
        if leftover.is_alive():
            os.kill(leftover.pid, signal.SIGKILL)
            wait_until_gone(leftover, GONE_SECONDS)
        path.unlink()
