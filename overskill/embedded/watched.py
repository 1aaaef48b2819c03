"""A child with others below it, on a short lead: read, timed, weighed, and ended with all of its own."""

import contextlib
import os
import re
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import psutil

from overskill.embedded.process import die_with_parent

_TICK_SECONDS = 0.1
_WEIGHING_SECONDS = 0.25
_LARGEST_READ = 1 << 16
_MOST_SAID = 4_000
_SIZE = re.compile(rb"^(\w+): +(\d+) kB", re.MULTILINE)

End = Literal["ended", "too slow", "too large", "stopped"]


@dataclass(frozen=True, slots=True)
class Bounds:
    seconds: float
    megabytes: int  # of everything it started, together


class WatchedChild:
    """Use it as a context: nothing of it is left afterwards. Must be used in the thread that made it."""

    def __init__(self, command: Sequence[str], request: bytes, environment: Mapping[str, str]) -> None:
        self._command = command
        self._request = request
        self._environment = environment
        self.peak_megabytes = 0.0
        self.said = ""  # the end of what it said on stderr

    def run(self, bounds: Bounds, should_stop: Callable[[], bool], take: Callable[[bytes], None]) -> End:
        """Hand over what it prints until it ends, or has to be ended."""
        with tempfile.TemporaryFile() as request, tempfile.TemporaryFile() as errors:
            request.write(self._request)
            request.seek(0)
            with self._started(request, errors) as child:
                end = self._follow(child, bounds, should_stop, take)
            errors.seek(max(0, errors.tell() - _MOST_SAID))
            self.said = errors.read().decode("utf-8", "replace")
        return end

    @contextlib.contextmanager
    def _started(self, request: IO[bytes], errors: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
        child = subprocess.Popen(
            self._command,
            env=dict(self._environment),
            stdin=request,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509 - only system calls, no lock
        )
        with child:
            try:
                yield child
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)  # the child and whatever it started; it is not reaped yet

    def _follow(
        self,
        child: subprocess.Popen[bytes],
        bounds: Bounds,
        should_stop: Callable[[], bool],
        take: Callable[[bytes], None],
    ) -> End:
        assert child.stdout is not None  # noqa: S101  # it is a pipe
        deadline = time.monotonic() + bounds.seconds
        weighed = 0.0
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while time.monotonic() <= deadline:
                if selector.select(_TICK_SECONDS):
                    piece = os.read(child.stdout.fileno(), _LARGEST_READ)
                    if not piece:
                        return "ended"
                    take(piece)
                now = time.monotonic()
                if now - weighed > _WEIGHING_SECONDS:
                    weighed = now
                    self.peak_megabytes = max(self.peak_megabytes, megabytes_of(child.pid))
                    if self.peak_megabytes > bounds.megabytes:
                        return "too large"
                    if should_stop():
                        return "stopped"
        return "too slow"


def megabytes_of(pid: int) -> float:
    """What a process and all below it have written to memory; files they merely read don't count."""
    try:
        parent = psutil.Process(pid)
        family = [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    return sum(_bytes_of(process) for process in family) / (1024 * 1024)


def _bytes_of(process: psutil.Process) -> int:
    try:
        return _written_bytes(process.pid)
    except OSError:  # it ended; or it is sandboxed and lets nobody look closely; or this is no Linux
        pass
    try:
        rough = process.memory_info()
    except psutil.Error:
        return 0
    return int(rough.rss - getattr(rough, "shared", 0))


def _written_bytes(pid: int) -> int:
    """What several processes share is counted once."""
    sizes = dict(_SIZE.findall(Path(f"/proc/{pid}/smaps_rollup").read_bytes()))
    return 1024 * (int(sizes.get(b"Pss_Anon", 0)) + int(sizes.get(b"Pss_Shmem", 0)))
