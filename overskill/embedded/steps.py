"""Progress of a start: a line for every step that takes over a second."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_QUIET_SECONDS = 1.0


class Steps:
    """Writes lines through one function, from any thread."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # the terminal may be gone; the work goes on
            self._write(line)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Say what is being done once it takes over a second, and how long it took at the end."""
        started = time.monotonic()
        timer = threading.Timer(_QUIET_SECONDS, self.say, [f"  {what} …"])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        seconds = time.monotonic() - started
        if seconds >= _QUIET_SECONDS:
            self.say(f"✓ {what} ({seconds:.1f} s)")
