"""One workerd process: started on sockets that belong to the launcher, watched, and ended."""

import asyncio
import contextlib
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from overskill.edge.journal import Journal
from overskill.embedded.process import ProcessIdentity, die_with_parent

PROBE_SECONDS = 0.25
STARTING_PROBE_SECONDS = 0.02
ANSWER_SECONDS = 10.0  # without an answer for this long it is hung, whatever it does
ANSWER_CPU_SECONDS = 0.45  # without an answer after this much work of its own, it is hung: nothing else takes so long
STOP_SECONDS = 0.5


@dataclass(slots=True)
class WorkerdProcess:
    """`name` is for people: "front-0", "sandbox"."""

    name: str
    binary: Path
    configuration: Path
    listening: socket.socket
    health: Path
    journal: Journal
    max_memory: int  # bytes
    _process: asyncio.subprocess.Process | None = field(default=None, init=False)
    _readers: list[asyncio.Task[None]] = field(default_factory=list, init=False)

    @property
    def identity(self) -> ProcessIdentity | None:
        return ProcessIdentity.of(self._running.pid)

    @property
    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started.")
        return self._process

    async def start(self) -> None:
        self.health.unlink(missing_ok=True)
        self.journal.clear()
        descriptor = self.listening.fileno()
        sockets = (f"--socket-fd=http={descriptor}", f"--socket-addr=health=unix:{self.health}")
        self._process = await asyncio.create_subprocess_exec(
            self.binary,
            "serve",
            "--experimental",  # the Worker Loader needs it
            self.configuration,
            *sockets,
            pass_fds=[descriptor],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            process_group=0,  # Ctrl-C is the launcher's to handle
            preexec_fn=die_with_parent(signal.SIGKILL),  # a hung one hears nothing else
        )
        streams = (self._process.stdout, self._process.stderr)
        self._readers = [asyncio.create_task(self._read(stream)) for stream in streams if stream is not None]

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await _line(stream):
            self.journal.write(line)

    async def until_unusable(self, ready: Callable[[], None]) -> str:
        """Waits until it ended, hangs or takes too much, and says which. Calls `ready` at its first answer."""
        is_ready = False
        answered, worked = time.monotonic(), self._cpu_seconds()
        while self._running.returncode is None:
            if self._memory() > self.max_memory:
                return f"took more than {self.max_memory // 1_000_000} MB"
            if await self._answers():
                answered, worked = time.monotonic(), self._cpu_seconds()
                if not is_ready:
                    is_ready = True
                    ready()
                await asyncio.sleep(PROBE_SECONDS)
            elif self._cpu_seconds() - worked > ANSWER_CPU_SECONDS or time.monotonic() - answered > ANSWER_SECONDS:
                return "hung"
            else:
                await asyncio.sleep(STARTING_PROBE_SECONDS)
        return f"ended with {self._running.returncode}"

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                reader, writer = await asyncio.open_unix_connection(self.health)
                with contextlib.closing(writer):
                    writer.write(b"GET /__health HTTP/1.1\r\nHost: health\r\nConnection: close\r\n\r\n")
                    return b" 200 " in await reader.readline()
        except (OSError, TimeoutError):
            return False

    def _cpu_seconds(self) -> float:
        try:
            times = psutil.Process(self._running.pid).cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        return float(times.user + times.system)

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._running.pid).memory_info().rss)
        except psutil.NoSuchProcess:
            return 0

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()

    async def end(self, *, patience: float = 0.0) -> None:
        """Gone when this returns. Without patience it is not asked first."""
        if self._process is None:
            return
        try:
            async with asyncio.timeout(patience):
                await self._process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        await asyncio.gather(*self._readers)
        self.health.unlink(missing_ok=True)


async def _line(stream: asyncio.StreamReader) -> str:
    """The next line, or "" at the end. An overlong one comes in pieces."""
    try:
        line = await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        line = error.partial
    except asyncio.LimitOverrunError as error:
        line = await stream.readexactly(error.consumed)
    return line.decode(errors="replace")
