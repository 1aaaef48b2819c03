"""The client of the bundler's daemon, against a scripted daemon."""

import contextlib
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from overskill.clients.bundler import Bundle, Diagnostic, FakeBundler, LocalBundler
from overskill.clients.daemon import UnknownApp
from overskill.errors import InvalidInput, Unavailable
from tests.support_waiting import PATIENCE_SECONDS

Answer = Callable[[dict[str, Any]], dict[str, Any] | None]  # None: close the connection without an answer
APPLIED = {"revision": 3, "diagnostics": [], "viewers": 2, "milliseconds": 1.5}


@contextmanager
def daemon(path: Path, answer: Answer) -> Iterator[list[str]]:
    """The methods it was asked for, as they come."""
    asked: list[str] = []
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    server.listen()
    accepted: list[socket.socket] = []

    def serve(connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            for line in lines:
                request = json.loads(line)
                asked.append(request["method"])
                reply = answer(request)
                if reply is None:
                    return
                connection.sendall(json.dumps({"id": request["id"], **reply}).encode() + b"\n")

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            accepted.append(connection)
            Thread(target=serve, args=(connection,), daemon=True).start()

    thread = Thread(target=accept, daemon=True)
    thread.start()
    yield asked
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    path.unlink()
    thread.join(1)
    for connection in accepted:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "b.sock"


@pytest.fixture
def client(path: Path) -> Iterator[LocalBundler]:
    client = LocalBundler(path, lambda _: Bundle({}, size=0, milliseconds=0))
    yield client
    client.disconnect()


def test_what_the_daemon_applied_comes_back_typed(path: Path, client: LocalBundler) -> None:
    found = {"file": "a.ts", "message": "No.", "line": 1, "column": 2, "code": "syntax", "severity": "error"}
    with daemon(path, lambda _: {"result": {**APPLIED, "diagnostics": [found]}}):
        applied = client.open("key", {"a.ts": ""})
    assert applied.diagnostics == (Diagnostic("a.ts", "No.", 1, 2, "syntax", "error"),)
    assert (applied.revision, applied.viewers) == (3, 2)


@pytest.mark.parametrize(
    ("kind", "error"), [("unknown_app", UnknownApp), ("invalid_input", InvalidInput), ("unavailable", Unavailable)]
)
def test_the_daemons_refusals_are_our_errors(
    path: Path, client: LocalBundler, kind: str, error: type[Exception]
) -> None:
    with (
        daemon(path, lambda _: {"error": {"kind": kind, "message": "Not this."}}),
        pytest.raises(error, match="Not this"),
    ):
        client.update("key", {})


def test_a_connection_that_broke_is_replaced_and_the_call_repeated(path: Path, client: LocalBundler) -> None:
    answers = iter([None, {"result": APPLIED}])
    with daemon(path, lambda _: next(answers)) as asked:
        assert client.update("key", {}).revision == 3
    assert asked == ["update", "update"]


def test_a_call_waits_for_a_daemon_that_restarts(path: Path, client: LocalBundler) -> None:
    with daemon(path, lambda _: {"result": APPLIED}):
        client.open("key", {})
    results: list[int] = []
    call = Thread(target=lambda: results.append(client.open("key", {}).revision))
    call.start()
    call.join(0.1)
    assert results == []
    with daemon(path, lambda _: {"result": APPLIED}):
        call.join(PATIENCE_SECONDS)
    assert results == [3]


def test_without_a_daemon_a_call_says_so(client: LocalBundler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overskill.clients.daemon._RESTART_SECONDS", 0.05)
    with pytest.raises(Unavailable, match="not running"):
        client.open("key", {})


def test_a_daemon_that_hangs_is_given_up(path: Path, client: LocalBundler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overskill.clients.daemon._CALL_SECONDS", 0.05)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()
        with pytest.raises(Unavailable, match="did not answer in time"):
            client.open("key", {})


def test_ping_is_false_without_a_daemon_and_true_with_one(path: Path, client: LocalBundler) -> None:
    assert client.ping() is False
    with daemon(path, lambda _: {"result": {}}):
        assert client.ping() is True


def test_the_fake_forgets_apps_when_it_restarts() -> None:
    fake = FakeBundler()
    fake.open("key", {"a": "1"})
    fake.update("key", {"a": None, "b": "2"})
    assert fake.apps["key"] == {"b": "2"}
    fake.restart()
    with pytest.raises(UnknownApp):
        fake.update("key", {})
