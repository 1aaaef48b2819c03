"""One part of the product as a child process: started, logged, started again when it dies, stopped."""

import contextlib
import re
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from overskill.embedded.files import rotate
from overskill.embedded.places import PROJECT
from overskill.embedded.process import ProcessIdentity, die_with_parent, end_session

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_STEADY_SECONDS = 10.0  # alive for this long: the next death is a fresh one
_LINES_BETWEEN_ROTATIONS = 1_000
_ECHO_SECONDS = 30.0
_MOST_KINDS = 200
_NUMBERS = re.compile(r"\d+")
_ERROR = re.compile(r'\b(ERROR|CRITICAL|FATAL)\b|"level": ?"(error|critical)"|^(\w+\.)*\w+(Error|Exception)\b')


@dataclass(frozen=True, slots=True)
class Part:
    """What to run. Parts of a higher `stage` stop first: web before workers before what they use."""

    name: str
    command: Sequence[str]
    stage: int
    is_ready: Callable[[int], bool] = lambda _: True  # is given the process number


class Child:
    """Its process is started and watched by one thread, which must live as long as the process should."""

    def __init__(
        self, part: Part, *, log: Path, environment: Mapping[str, str], echo: Callable[[str], None] = lambda _: None
    ) -> None:
        self.part = part
        self.deaths = 0  # since it last ran steadily
        self._log = log
        self._environment = environment
        self._echo = echo
        self._process: subprocess.Popen[bytes] | None = None
        self._identity: ProcessIdentity | None = None
        self._started = 0.0
        self._start_again_at = 0.0
        self._pump: threading.Thread | None = None
        self._echoed: dict[str, float] = {}

    @property
    def identity(self) -> ProcessIdentity | None:
        return self._identity

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def is_ready(self) -> bool:
        return self._process is not None and self.is_running and self.part.is_ready(self._process.pid)

    def start(self) -> None:
        self._process = subprocess.Popen(
            self.part.command,
            cwd=PROJECT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that Ctrl-C reaches us alone, and we stop the parts in order
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - it makes two system calls and takes no lock
        )
        self._started = time.monotonic()
        self._identity = ProcessIdentity.of(self._process.pid)
        self._pump = threading.Thread(target=self._copy_output, args=[self._process.stdout], daemon=True)
        self._pump.start()

    def start_again_if_dead(self) -> bool:
        """Call it now and then. True when the process was started again."""
        now = time.monotonic()
        if self.is_running:
            if now - self._started > _STEADY_SECONDS:
                self.deaths = 0
            return False
        if not self._start_again_at:
            self._note_death(now)
        if now < self._start_again_at:
            return False
        self._start_again_at = 0.0
        self.start()
        return True

    def terminate(self) -> None:
        if self._process is not None and self.is_running:
            self._process.terminate()

    def finish(self, deadline: float) -> None:
        """Wait until then for it to end, and end whatever is left of it and of what it started."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, deadline - time.monotonic()))
        self.kill()
        if self._pump is not None:
            self._pump.join(1.0)

    def kill(self) -> None:
        """End it and all it started, at once."""
        if self._process is not None and self._identity is not None:
            end_session(self._identity, seconds=0.0)
            self._process.wait()

    def _note_death(self, now: float) -> None:
        pause = min(_FIRST_PAUSE * 2**self.deaths, _LONGEST_PAUSE)
        self.deaths += 1
        self._start_again_at = now + pause
        status = self._process.returncode if self._process else None
        self._echo(f"{self.part.name} stopped unexpectedly (status {status}); starting it again. See {self._log}")
        if self._identity is not None:
            end_session(self._identity, seconds=0.0)  # its own children would hold its ports

    def _copy_output(self, output: IO[bytes]) -> None:
        """Everything to the log, errors also to whoever watches.

        It reads on even when the disk is full: a child whose pipe nobody reads stands still.
        """
        with output:
            for number, line in enumerate(output):
                with contextlib.suppress(OSError):
                    if number % _LINES_BETWEEN_ROTATIONS == 0:
                        rotate(self._log)
                    with self._log.open("ab") as log:
                        log.write(line)
                self._echo_error(line)

    def _echo_error(self, line: bytes) -> None:
        """Once in a while for the same error: who wants to see each of them reads the log."""
        text = line.decode("utf-8", "replace").strip()
        if not _ERROR.search(text):
            return
        kind = _NUMBERS.sub("", text)
        now = time.monotonic()
        if now - self._echoed.get(kind, -_ECHO_SECONDS) >= _ECHO_SECONDS:
            if len(self._echoed) >= _MOST_KINDS:
                self._echoed.clear()
            self._echoed[kind] = now
            self._echo(f"{self.part.name}: {text[:300]}")
