"""Asking a published app which version it shows."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from overskill.clients.edge_health import HttpHealth

ADDRESS = "http://habits.localhost:8787"


@contextmanager
def answering(status: int, body: str) -> Iterator[tuple[str, list[str]]]:
    """Where something answers every request so, and whom it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['host']}{self.path}")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "shows"),
    [
        (200, '{"ok": true, "version": "2"}', True),
        (200, '{"ok": true, "version": "1"}', False),
        (500, "Internal error", False),
        (200, '{"ok": true}', None),  # no app answers here, but the edge itself
        (200, "<!doctype html>", None),
        (403, "This app is private.", None),
        (503, "Back at noon", None),
    ],
)
def test_an_app_shows_a_version_or_another_or_nobody_can_tell(status: int, body: str, shows: bool | None) -> None:
    with answering(status, body) as (listening, asked):
        assert HttpHealth(listening=listening, patience=0.05).shows(ADDRESS, "2") is shows
    assert set(asked) == {"habits.localhost:8787/__health"}


def test_an_edge_that_is_away_tells_nothing() -> None:
    with answering(200, "") as (listening, _):
        pass
    assert HttpHealth(listening=listening).shows(ADDRESS, "2") is None


def test_an_app_below_a_path_is_asked_there() -> None:
    with answering(200, '{"version": "2"}') as (listening, asked):
        assert HttpHealth(listening=listening).shows("https://example.com/app/habits", "2")
    assert asked == ["example.com/app/habits/__health"]
