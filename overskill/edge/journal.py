"""What a workerd process prints: kept in a log of bounded size, without its noise; and the apps it is running."""

import collections
import re
import time
from pathlib import Path

MAX_LOG_BYTES = 5 * 1024 * 1024

# What workerd prints although nothing is wrong.
NOISE = re.compile(
    r"warning: NOSENTRY|"  # about its own start
    r"abortIsolate|evicted|"  # an idle isolate was ended
    r"disconnected: |Broken pipe|Connection reset by peer|"  # a visitor went away
    r"^stack: |^\s+at "
)
LAST_LINES = 20


class Journal:
    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._entry = re.compile(rf"^@{re.escape(key)} ([<>]) (\S+) ?(\S*)\s*$")
        self._running: dict[str, str] = {}  # request -> namespace/script
        self._last: collections.deque[str] = collections.deque(maxlen=LAST_LINES)

    def write(self, line: str) -> None:
        if entry := self._entry.match(line):
            kind, request, app = entry.groups()
            if kind == ">":
                self._running[request] = app
            else:
                self._running.pop(request, None)
        elif not NOISE.search(line):
            self._last.append(line)
            self._append(line)

    def _append(self, line: str) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size > MAX_LOG_BYTES:
            self._path.replace(self._path.with_suffix(".log.1"))
        with self._path.open("a") as log:
            log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {line.rstrip()}\n")

    @property
    def running(self) -> list[str]:
        """Apps whose own code has a request open, the busiest first."""
        return [app for app, _ in collections.Counter(self._running.values()).most_common()]

    @property
    def last_lines(self) -> str:
        return "".join(self._last).strip()

    def clear(self) -> None:
        self._running.clear()
        self._last.clear()
