"""The only way to the network that an install has: what it asks here goes to the registry, if it may ask that."""

import contextlib
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import httpx

from overskill.clients.registry import NpmRegistry

INNER_PORT = 4873  # inside the sandbox, where nothing else listens
_PATH = re.compile(r"/(?:@[\w.~-]+(?:/|%2[fF]))?[\w.~-]+(?:/-/[\w@.~+%/-]+\.tgz)?")
_LARGEST_LISTING = 64 * 1024 * 1024
_PIECE = 1 << 16


class Relay:
    """One install's. `base` is its address as the install sees it."""

    def __init__(self, registry: NpmRegistry, client: httpx.Client, most_bytes: int) -> None:
        self.registry = registry
        self.client = client
        self.base = ""
        self._left = most_bytes
        self._lock = threading.Lock()

    @property
    def is_exhausted(self) -> bool:
        """More was asked for than an install may fetch."""
        return self._left < 0

    def take(self, count: int) -> bool:
        with self._lock:
            self._left -= count
            return self._left >= 0


@contextlib.contextmanager
def relay_by_socket(registry: NpmRegistry, path: Path, most_bytes: int) -> Iterator[Relay]:
    """For an install in a sandbox without network: `fetch.mjs` leads to the socket."""
    with registry.connected() as client:
        relay = Relay(registry, client, most_bytes)
        relay.base = f"http://127.0.0.1:{INNER_PORT}/"
        with _serving(_UnixServer(str(path), _handler(relay))):
            yield relay


@contextlib.contextmanager
def relay_by_port(registry: NpmRegistry, most_bytes: int) -> Iterator[Relay]:
    """Where there are no sandboxes."""
    with registry.connected() as client:
        relay = Relay(registry, client, most_bytes)
        server = _PortServer(("127.0.0.1", 0), _handler(relay))
        relay.base = f"http://127.0.0.1:{server.server_address[1]}/"
        with _serving(server):
            yield relay


@contextlib.contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _PortServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _UnixServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    address_family = socket.AF_UNIX
    daemon_threads = True

    def __init__(self, path: str, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(path, handler)  # type: ignore[arg-type]  # an address of a family that typeshed does not know

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, _ = super().get_request()
        return connection, ("install", 0)


def _handler(relay: Relay) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"relay": relay})


class _Handler(BaseHTTPRequestHandler):
    relay: ClassVar[Relay]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if not _PATH.fullmatch(path) or ".." in path:
            self.send_error(403, "Only packages can be asked for")
            return
        try:
            with self.relay.client.stream("GET", path[1:], headers=self._headers()) as answer:
                if path.endswith(".tgz"):
                    self._pass_on(answer)
                else:
                    self._tell(answer)
        except httpx.HTTPError:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.send_error(502, "The registry does not answer")
        except OSError:
            self.close_connection = True  # the install has ended

    def _headers(self) -> dict[str, str]:
        wanted = ("accept", "if-none-match", "if-modified-since")
        return {name: value for name in wanted if (value := self.headers.get(name))}

    def _tell(self, answer: httpx.Response) -> None:
        """A package's versions. Their addresses become the relay's own."""
        body = b"".join(answer.iter_bytes())
        if len(body) > _LARGEST_LISTING:
            self.send_error(413, "The package has too many versions")
            return
        body = body.replace(self.relay.registry.address.encode(), self.relay.base.encode())
        self._begin(answer, {"content-length": str(len(body))})
        self.wfile.write(body)

    def _pass_on(self, answer: httpx.Response) -> None:
        kept = {name: answer.headers[name] for name in ("content-length", "content-encoding") if name in answer.headers}
        self._begin(answer, kept)
        for piece in answer.iter_raw(_PIECE):
            if not self.relay.take(len(piece)):
                self.close_connection = True
                return
            self.wfile.write(piece)

    def _begin(self, answer: httpx.Response, headers: dict[str, str]) -> None:
        self.send_response(answer.status_code)
        told = {
            name: answer.headers[name] for name in ("content-type", "etag", "last-modified") if name in answer.headers
        }
        for name, value in {**told, **headers, "connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """The install says itself what it could not get."""
