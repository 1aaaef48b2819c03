"""Several background processes from one start: what they share is imported once, then each is forked off.

A worker takes a second and a half to import and a few milliseconds to fork, so a crew starts sooner, takes less
memory, and replaces a killed member at once. It ends with its members; its members end with it.
"""

import contextlib
import gc
import importlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

from sqlalchemy.orm import configure_mappers

from overskill.embedded.process import die_with_parent

_PRELOADED = (
    "overskill.bundler.launcher",
    "overskill.jobs.deploy",
    "overskill.jobs.generate",
    "overskill.jobs.schedule",
    "overskill.services.generation.model_author",
    "overskill.services.generation.recipes",
    "overskill.worker",
)
_STEADY_SECONDS = 10.0
_FIRST_PAUSE = 0.1
_MOST_DEATHS = 5

_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

Member = Callable[[], None]
log = logging.getLogger(__name__)


def run(members: Sequence[Member]) -> None:
    """Run each in a process of its own, again when it dies, until SIGTERM or SIGINT."""
    for name in _PRELOADED:
        importlib.import_module(name)
    configure_mappers()  # else every job does
    gc.freeze()  # so that collecting does not copy what the members share
    Crew(members).run()


class Crew:
    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._running: dict[int, tuple[Member, float]] = {}  # process number: what it runs, since when
        self._deaths: dict[Member, int] = {}  # in a row, each soon after its start
        self._is_stopping = False
        self._has_given_up = False

    def run(self) -> None:
        for number in _STOP_SIGNALS:
            signal.signal(number, self._on_signal)
        for member in self._members:
            self._start(member)
        while self._running:
            pid, status = os.waitpid(-1, 0)
            if pid in self._running:
                member, since = self._running.pop(pid)
                self._replace(member, since, os.waitstatus_to_exitcode(status))
        if self._has_given_up:
            sys.exit(1)

    def _replace(self, member: Member, since: float, status: int) -> None:
        if self._is_stopping:
            return
        is_fresh = time.monotonic() - since > _STEADY_SECONDS
        self._deaths[member] = deaths = 1 if is_fresh else self._deaths.get(member, 0) + 1
        if deaths > _MOST_DEATHS:
            log.error("a member of the crew ends again and again; the whole crew ends")
            self._has_given_up = True
            self._stop()
            return
        log.warning("a member of the crew ended unexpectedly (status %s); starting it again", status)
        time.sleep(_FIRST_PAUSE * 2 ** (deaths - 1))
        self._start(member)

    def _start(self, member: Member) -> None:
        die_with_us = die_with_parent()
        sys.stdout.flush()
        sys.stderr.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)  # a request to stop must find the member written down
        if not self._is_stopping:
            pid = os.fork()
            if pid == 0:
                die_with_us()
                _run_and_exit(member)
            self._running[pid] = (member, time.monotonic())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP_SIGNALS)

    def _on_signal(self, _: int, __: FrameType | None) -> None:
        self._stop()

    def _stop(self) -> None:
        self._is_stopping = True
        for pid in self._running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)


def _run_and_exit(member: Member) -> NoReturn:
    """In the child: nothing of the parent's runs here, neither its `finally` nor its exit handlers."""
    status = 1
    try:
        for number in _STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP_SIGNALS)
        member()
        status = 0
    except BaseException:
        log.exception("a member of the crew failed")
    finally:
        logging.shutdown()
        os._exit(status)
