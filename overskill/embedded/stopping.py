"""Ctrl-C, SIGTERM, and a terminal that closes: the first asks to stop in order, the second ends everything at once."""

import contextlib
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import psutil

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(Exception):
    """Somebody asked to stop before we were done."""


class StopRequest:
    """A plain flag, to look at often: taking a lock inside a signal handler could wait for itself."""

    def __init__(self) -> None:
        self.is_made = False

    def check(self) -> None:
        if self.is_made:
            raise Interrupted


@contextmanager
def stop_signals() -> Iterator[StopRequest]:
    request = StopRequest()

    def on_signal(number: int, _: FrameType | None) -> None:
        if request.is_made:
            end_descendants(signal.SIGKILL)
            os._exit(128 + number)
        request.is_made = True

    wanted = [number for number in _STOP_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]  # as under nohup
    before = {number: signal.signal(number, on_signal) for number in wanted}
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_descendants(number: signal.Signals, *, same_session: bool = False) -> None:
    """Signal what we started. Servers and parts have sessions of their own; passing programs share ours."""
    session = os.getsid(0)
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            if not same_session or os.getsid(process.pid) == session:
                process.send_signal(number)
