"""Keeps the parts running: starts them, starts them again when they die, and stops them in order."""

import itertools
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from overskill.embedded.child import Child, Part
from overskill.embedded.files import last_lines, write_private
from overskill.embedded.places import Home
from overskill.embedded.process import ProcessIdentity, end_session
from overskill.errors import Unavailable

_TICK_SECONDS = 0.1
_STOP_SECONDS = 3.5
_DEATHS_BEFORE_GIVING_UP = 4  # while starting: something is wrong that another try won't mend


class Supervisor:
    """All children are started by one thread that lives until `stop`: on Linux a child dies with its thread."""

    def __init__(
        self, parts: Sequence[Part], *, home: Home, environment: Mapping[str, str], echo: Callable[[str], None]
    ) -> None:
        self._home = home
        self._children = [Child(part, log=home.log(part.name), environment=environment, echo=echo) for part in parts]
        self._stopping = threading.Event()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._work, name="supervisor", daemon=True)
        self._failure: BaseException | None = None

    def start(self) -> None:
        """Start every part; returns when all processes exist."""
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            raise self._failure

    def wait_until_ready(self, seconds: float, check: Callable[[], None] = lambda: None) -> None:
        """Return when every part has answered once. `check` may raise to give up waiting."""
        deadline = time.monotonic() + seconds
        waiting = list(self._children)
        while waiting:
            check()
            waiting = [child for child in waiting if not child.is_ready]
            for child in waiting:
                if child.deaths >= _DEATHS_BEFORE_GIVING_UP:
                    raise self._unready(child, "stops again and again")
                if time.monotonic() > deadline:
                    raise self._unready(child, f"did not answer within {seconds:.0f} seconds")
            time.sleep(_TICK_SECONDS / 2)

    def stop(self) -> None:
        """Stop the parts, those that use others first. Whatever does not listen is killed."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        try:
            for child in self._children:
                child.start()
            self._write_down()
            self._started.set()
            while not self._stopping.wait(_TICK_SECONDS):
                started_again = [child for child in self._children if child.start_again_if_dead()]
                if started_again:
                    self._write_down()
        except BaseException as error:  # noqa: BLE001 - reported by start(), in the thread that can show it
            self._failure = error
        finally:
            self._stop_children()
            self._started.set()

    def _stop_children(self) -> None:
        deadline = time.monotonic() + _STOP_SECONDS
        by_stage = sorted(self._children, key=lambda child: child.part.stage, reverse=True)
        for _, stage in itertools.groupby(by_stage, key=lambda child: child.part.stage):
            together = list(stage)
            for child in together:
                child.terminate()
            for child in together:
                child.finish(deadline)
        self._home.children.unlink(missing_ok=True)

    def _write_down(self) -> None:
        """For the next start, should we be killed and a child outlive us."""
        alive = {child.part.name: asdict(child.identity) for child in self._children if child.identity}
        write_private(self._home.children, json.dumps(alive))

    def _unready(self, child: Child, what: str) -> Unavailable:
        log = self._home.log(child.part.name)
        return Unavailable(f"{child.part.name} {what}.\n{last_lines(log)}\nIts log is {log}.")


def end_leftovers(home: Home) -> list[str]:
    """End the children that a killed supervisor left; their names. Call it only while holding the data folder."""
    try:
        written = json.loads(home.children.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    left = [name for name, identity in written.items() if end_session(ProcessIdentity(**identity))]
    home.children.unlink(missing_ok=True)
    return left
