"""The bundler daemon's socket: one JSON line asks, one answers."""

import contextlib
import json
import queue
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from overskill.errors import InvalidInput, OverskillError, Unavailable

_CALL_SECONDS = 20.0
_PING_SECONDS = 2.0
_RESTART_SECONDS = 2.0  # a daemon that crashed is back well within this
_POLL_SECONDS = 0.05
_LARGEST_READ = 1 << 16


class UnknownApp(Unavailable):
    """The daemon does not hold this app (it was restarted): `open` it again."""


class Daemon:
    """Calls from any thread, each over a connection of a pool."""

    def __init__(self, socket_path: Path) -> None:
        self._address = str(socket_path)
        self._idle: queue.LifoQueue[socket.socket] = queue.LifoQueue()

    def ping(self) -> bool:
        try:
            with self._connection(patience=0.0) as connection:
                _ask(connection, "ping", {}, _PING_SECONDS)
        except (OSError, Unavailable):
            return False
        return True

    def disconnect(self) -> None:
        """Give up idle connections; calls after this make their own."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    def call(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Every method may be asked twice: what a broken connection left unknown is simply asked again."""
        try:
            try:
                return self._ask(method, params)
            except (ConnectionError, FileNotFoundError):
                self.disconnect()
                return self._ask(method, params, patience=_RESTART_SECONDS)
        except TimeoutError:
            raise Unavailable("The preview did not answer in time. Try again in a moment.") from None
        except OSError as error:
            raise Unavailable("The preview is not running. It is restarted by itself; try again.") from error

    def _ask(self, method: str, params: Mapping[str, Any], patience: float = 0.0) -> dict[str, Any]:
        with self._connection(patience) as connection:
            return _ask(connection, method, params, _CALL_SECONDS)

    @contextlib.contextmanager
    def _connection(self, patience: float = 0.0) -> Iterator[socket.socket]:
        """A connection of the pool; one on which anything went wrong is not used again."""
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._connect(patience)
        try:
            yield connection
        except BaseException as error:
            if isinstance(error, OverskillError):
                self._idle.put(connection)  # the daemon answered; the answer was no
            else:
                connection.close()
            raise
        self._idle.put(connection)

    def _connect(self, patience: float) -> socket.socket:
        deadline = time.monotonic() + patience
        while True:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.connect(self._address)
            except OSError:
                connection.close()
                if time.monotonic() >= deadline:
                    raise
                time.sleep(_POLL_SECONDS)
            else:
                return connection


def _ask(connection: socket.socket, method: str, params: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    connection.settimeout(seconds)
    connection.sendall(json.dumps({"id": 1, "method": method, "params": params}).encode() + b"\n")
    pieces: list[bytes] = []
    while not pieces or not pieces[-1].endswith(b"\n"):
        piece = connection.recv(_LARGEST_READ)
        if not piece:
            raise ConnectionResetError("The daemon went away.")
        pieces.append(piece)
    answer = json.loads(b"".join(pieces))
    if "error" in answer:
        raise _error(**answer["error"])
    result: dict[str, Any] = answer["result"]
    return result


def _error(kind: str, message: str) -> OverskillError:
    if kind == "unknown_app":
        return UnknownApp(message)
    if kind == "invalid_input":
        return InvalidInput(message)
    return Unavailable(f"The preview failed: {message}")
