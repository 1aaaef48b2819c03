"""A build's child that was started ahead: locked in, its code loaded and tried, it waits for the files of one app.

It is started before anybody knows which app that will be, takes one, and ends. Who starts it may be forked: in a fork
it can be used, but the process that started it sees to its end.
"""

import contextlib
import mmap
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence


class WaitingChild:
    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = list(command)
        self._taken = mmap.mmap(-1, 1)  # shared with forks
        self._child = start(command, environment)

    def take(self, command: Sequence[str]) -> subprocess.Popen[bytes] | None:
        """The child, once, if it is what this command would start and still waits."""
        if self._taken[0] or self._command != list(command):
            return None
        self._taken[0] = 1
        return self._child

    @property
    def waits(self) -> bool:
        return not self._taken[0] and self._child.poll() is None

    def end(self) -> None:
        """Whatever it does. Only for the process that started it."""
        kill(self._child)
        for pipe in (self._child.stdin, self._child.stdout, self._child.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._child.wait()
        self._taken.close()


def start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def kill(child: subprocess.Popen[bytes]) -> None:
    """The child and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
