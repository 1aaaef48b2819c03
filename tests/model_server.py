"""A scripted OpenAI-compatible model server, for tests and for journeys by hand.

    python -m tests.model_server --port 8099 --scenario app --tokens-per-second 80
    AI_BASE_URL=http://127.0.0.1:8099/v1 AI_MODEL=scripted ./run up

A script is a function from a request to the steps of its answer; tests/model_scenarios.py has the named ones.
"""

import argparse
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

CHARACTERS_A_TOKEN = 4
LONGEST_SILENCE = 30.0


@dataclass(frozen=True)
class Asked:
    number: int  # of this request, from 0
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def messages(self) -> list[Mapping[str, Any]]:
        return list(self.body["messages"])


@dataclass(frozen=True)
class Plain:
    """A whole response instead of a stream."""

    status: int
    body: Any = ""  # anything but a text is sent as JSON
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chunk:
    """One event of the stream."""

    data: Mapping[str, Any]


@dataclass(frozen=True)
class Raw:
    """Bytes of the stream as they are: comments, garbage."""

    text: str


@dataclass(frozen=True)
class Silence:
    """Nothing more, until the client leaves or the server is closed."""


@dataclass(frozen=True)
class Cut:
    """The connection drops here. Where it is not abrupt, the response just ends, without saying why."""

    abrupt: bool = False


Step = Plain | Chunk | Raw | Silence | Cut
Script = Callable[[Asked], Iterable[Step]]


def delta(content: Mapping[str, Any] | None = None, *, ending: str | None = None, **more: Any) -> Chunk:
    choice = {"index": 0, "delta": content or {}, "finish_reason": ending}
    return Chunk({"id": "gen-1", "model": "scripted", "choices": [choice], **more})


def text(words: str) -> Iterator[Step]:
    for start in range(0, len(words), CHARACTERS_A_TOKEN):
        yield delta({"content": words[start : start + CHARACTERS_A_TOKEN]})


def call(index: int, name: str, call_id: str = "", /, **arguments: object) -> Iterator[Step]:
    head = {"name": name, "arguments": ""}
    yield delta(
        {"tool_calls": [{"index": index, "id": call_id or f"call_{index}", "type": "function", "function": head}]}
    )
    encoded = json.dumps(arguments, ensure_ascii=False)
    for start in range(0, len(encoded), CHARACTERS_A_TOKEN):
        piece = encoded[start : start + CHARACTERS_A_TOKEN]
        yield delta({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})


def end(ending: str = "stop", **usage: Any) -> Iterator[Step]:
    yield delta(ending=ending)
    counted = {"prompt_tokens": 9_000, "completion_tokens": 700, "cost": 0.0123, **usage}
    counted.setdefault("prompt_tokens_details", {"cached_tokens": 6_000})
    yield Chunk({"id": "gen-1", "model": "scripted", "choices": [], "usage": counted})
    yield Raw("data: [DONE]\n\n")


class ModelServer:
    """`with ModelServer(script) as server:` answers at `server.url` and keeps what it was asked."""

    def __init__(self, script: Script, *, port: int = 0, tokens_per_second: float = 0) -> None:
        self.script = script
        self.tokens_per_second = tokens_per_second
        self.requests: list[Asked] = []
        self.listed: list[Mapping[str, Any]] = [{"id": "scripted", "object": "model"}]
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def ask(self, body: Mapping[str, Any], headers: Mapping[str, str]) -> Asked:
        with self._lock:
            asked = Asked(len(self.requests), body, headers)
            self.requests.append(asked)
        return asked


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], model: ModelServer) -> None:
        super().__init__(address, _Handler)
        self.model = model


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # quiet
        pass

    def do_GET(self) -> None:
        found = self.path == "/v1/models"
        self._plain(Plain(200, {"data": self.server.model.listed}) if found else Plain(404, {"error": "not found"}))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        asked = self.server.model.ask(body, {name.lower(): value for name, value in self.headers.items()})
        steps = iter(self.server.model.script(asked))
        first = next(steps)
        try:
            if isinstance(first, Plain):
                self._plain(first)
            else:
                self._stream(first, steps)
        except OSError:
            self.close_connection = True  # the client left

    def _plain(self, answer: Plain) -> None:
        is_text = isinstance(answer.body, str)
        content = (answer.body if is_text else json.dumps(answer.body)).encode()
        self.send_response(answer.status)
        self.send_header("content-type", "text/html" if is_text else "application/json")
        self.send_header("content-length", str(len(content)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, first: Step, rest: Iterator[Step]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.send_header("x-generation-id", "gen-1")
        self.end_headers()
        self._send(": OPENROUTER PROCESSING\n\n")
        for step in itertools.chain([first], rest):
            match step:
                case Chunk(data):
                    self._send(f"data: {json.dumps(data, ensure_ascii=False)}\n\n")
                    self._pace()
                case Raw(raw):
                    self._send(raw)
                case Silence():
                    self.server.model.closing.wait(LONGEST_SILENCE)
                    self.close_connection = True
                    return
                case Cut(abrupt):
                    self.close_connection = True
                    if not abrupt:
                        self.wfile.write(b"0\r\n\r\n")
                    return
                case _:
                    raise AssertionError("A plain answer can't follow the beginning of a stream.")
        self.wfile.write(b"0\r\n\r\n")

    def _send(self, piece: str) -> None:
        content = piece.encode()
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")

    def _pace(self) -> None:
        if self.server.model.tokens_per_second:
            time.sleep(1 / self.server.model.tokens_per_second)


def main() -> None:
    from tests.model_scenarios import SCENARIOS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="app")
    parser.add_argument("--tokens-per-second", type=float, default=80)
    chosen = parser.parse_args()
    script = SCENARIOS[chosen.scenario]()
    with ModelServer(script, port=chosen.port, tokens_per_second=chosen.tokens_per_second) as server:
        print(f"Scenario {chosen.scenario} at {server.url} (Ctrl-C ends it)", flush=True)  # noqa: T201
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    from tests import model_server  # noqa: PLW0406  # the module that the scenarios import, not a second one

    model_server.main()
