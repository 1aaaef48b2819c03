"""What a workerd process prints: kept in a log of bounded size, without its noise; the apps it is running; visits."""

import collections
import contextlib
import json
import re
import time
from pathlib import Path

from overskill.edge.usage import Tally, totals_of
from overskill.embedded.files import rotate

# What workerd prints although nothing is wrong.
NOISE = re.compile(
    r"warning: NOSENTRY|"  # about its own start
    r"abortIsolate|evicted|script terminated for unknown reasons|"  # an idle isolate was ended
    r"disconnected: |Broken pipe|Connection reset by peer|"  # a visitor went away
    r"^stack: "
)
LAST_LINES = 20


class Journal:
    """Entries are lines that begin with the key.

    `> request namespace/script` and `< request`: an app's own code begins and ends to answer (namespace/scripts.js).
    `! namespace/script` and JSON text: what an app's own code threw.
    `+ environment/script` and eight numbers: visits (namespace/usage.js).
    """

    def __init__(self, path: Path, key: str, tally: Tally) -> None:
        self._path = path
        self._tally = tally
        self._entry = re.compile(rf"^@{re.escape(key)} ([<>]) (\S+) ?(\S*)\s*$")
        self._counts = re.compile(rf"^@{re.escape(key)} \+ ([a-z]+)/(\S+)((?: \d+){{8}})\s*$")
        self._failed = re.compile(rf'^@{re.escape(key)} ! (\S+) (".*")\s*$')
        self._running: dict[str, str] = {}  # request -> namespace/script
        self._latest = ""  # the app that began last
        self._last: collections.deque[str] = collections.deque(maxlen=LAST_LINES)

    def write(self, line: str) -> None:
        if entry := self._entry.match(line):
            kind, request, app = entry.groups()
            if kind == ">":
                self._running[request] = self._latest = app
            else:
                self._running.pop(request, None)
        elif counts := self._counts.match(line):
            environment, script, numbers = counts.groups()
            self._tally.add(environment, script, totals_of([int(number) for number in numbers.split()]))
        elif failed := self._failed.match(line):
            said = json.loads(failed[2]).encode(errors="replace").decode()  # half a surrogate pair can't be written
            self._tally.fail(failed[1], said)
        elif not NOISE.search(line):
            self._last.append(line)
            self._append(line)

    def _append(self, line: str) -> None:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        with contextlib.suppress(OSError):  # on a full disk, apps are served without a log
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            rotate(self._path)
            with self._path.open("a") as log:
                log.write(f"{now} {line.rstrip()}\n")

    @property
    def running(self) -> list[str]:
        """Apps whose own code has a request open, the busiest first."""
        return [app for app, _ in collections.Counter(self._running.values()).most_common()]

    @property
    def suspects(self) -> list[str]:
        """Who may have caused it when the process stopped to work: who was running, else who ran last."""
        return self.running or [self._latest][: bool(self._latest)]

    @property
    def last_lines(self) -> str:
        return "".join(self._last).strip()

    def clear(self) -> None:
        self._running.clear()
        self._latest = ""
        self._last.clear()
