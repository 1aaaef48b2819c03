"""Processes we start: which one a number means, how they die with us, and how they are stopped."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

import psutil

_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 0.01
_KILL_SECONDS = 2.0
_CLOCK_SLACK_SECONDS = 2.0  # a start time is derived from the boot time, which shifts a little when the clock is set


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """A process number and when it began: numbers come back after a crash, start times do not."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """The process that has this number now, or None."""
        try:
            return cls(pid, psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return None

    def is_alive(self) -> bool:
        try:
            process = psutil.Process(self.pid)
        except psutil.NoSuchProcess:
            return False
        return abs(float(process.create_time()) - self.started) < _CLOCK_SLACK_SECONDS and _is_there(process)


def wait_until_gone(identity: ProcessIdentity, seconds: float) -> bool:
    """Wait for a process that need not be our child. False when it is still there after that time."""
    deadline = time.monotonic() + seconds
    while identity.is_alive():
        if time.monotonic() >= deadline:
            return False
        time.sleep(_POLL_SECONDS)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(identity.pid, os.WNOHANG)  # if it was ours, let the kernel forget it
    return True


def disown(child: subprocess.Popen[bytes]) -> None:
    """Say that this child outlives us on purpose, so that nobody warns about it."""
    child.returncode = 0


def end_session(leader: ProcessIdentity, seconds: float = 2.0) -> bool:
    """End a process started in a session of its own, and everything it started. True if anything was left to end.

    By session rather than by group, because RQ puts each job in a group of its own. A session outlives its leader,
    and its number is not given away while a member lives.
    """
    members = list(_session_members(leader))
    _signal_all(members, signal.SIGTERM)
    stubborn = _still_there(members, seconds)
    _signal_all(stubborn, signal.SIGKILL)
    _still_there(stubborn, _KILL_SECONDS)
    return bool(members)


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """What a child runs before its program, so that it is told to end even when we are killed with -9.

    Linux ties this to the *thread* that starts the child: start children from a thread that lives as long as they do.
    """
    if sys.platform != "linux":
        return lambda: None
    libc = ctypes.CDLL(None)  # loaded here: little is safe between fork and exec
    parent = os.getpid()

    def in_child() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return in_child


def _session_members(leader: ProcessIdentity) -> Iterator[psutil.Process]:
    current = ProcessIdentity.of(leader.pid)
    if current is not None and not _is_same(current, leader):
        return  # somebody else has the number by now, so our session is gone
    for process in psutil.process_iter():
        with contextlib.suppress(ProcessLookupError, PermissionError, psutil.Error):  # gone, or not ours
            if os.getsid(process.pid) == leader.pid and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def _is_same(one: ProcessIdentity, other: ProcessIdentity) -> bool:
    return one.pid == other.pid and abs(one.started - other.started) < _CLOCK_SLACK_SECONDS


def _still_there(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that are there after this time. A zombie is gone: whoever should collect it may never do so."""
    deadline = time.monotonic() + seconds
    while left := [process for process in processes if _is_there(process)]:
        if time.monotonic() >= deadline:
            break
        time.sleep(_POLL_SECONDS)
    return left


def _is_there(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _signal_all(processes: list[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)
