"""An npm registry on this machine: packages are made in the test, and installed by the real tools.

def test_it_installs(npm):
    npm.publish("confetti-lite", {"index.js": "export const shoot = () => 1;"})
"""

import base64
import gzip
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

LONG_AGO = "2024-01-02T03:04:05.000Z"


@dataclass
class NpmServer:
    """`asked` is every path that was asked for. `advisories` None: it does not say what is unsafe."""

    port: int = 0
    packages: dict[str, dict[str, Any]] = field(default_factory=dict)
    tarballs: dict[str, bytes] = field(default_factory=dict)
    advisories: dict[str, list[dict[str, Any]]] | None = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def publish(
        self,
        name: str,
        files: Mapping[str, str],
        *,
        version: str = "1.0.0",
        published: str = LONG_AGO,
        licence: str = "MIT",
        **manifest: object,
    ) -> None:
        own = {"name": name, "version": version, "license": licence, "type": "module", "main": "index.js", **manifest}
        content = _tarball({"package.json": json.dumps(own), **files})
        path = f"{name}/-/{name.rpartition('/')[2]}-{version}.tgz"
        self.tarballs[path] = content
        integrity = base64.b64encode(hashlib.sha512(content).digest()).decode()
        dist = {"integrity": f"sha512-{integrity}", "tarball": self.address + path}
        listing = self.packages.setdefault(name, {"name": name, "versions": {}, "time": {"created": LONG_AGO}})
        listing["versions"][version] = {**own, "dist": dist}
        listing["time"][version] = published
        listing["dist-tags"] = {"latest": version}


def _tarball(files: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for path, text in files.items():
            content = text.encode()
            entry = tarfile.TarInfo(f"package/{path}")
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(buffer.getvalue(), mtime=0)


class _Handler(BaseHTTPRequestHandler):
    npm: NpmServer

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0])[1:]
        self.npm.asked.append(path)
        if path in self.npm.tarballs:
            self._send(200, self.npm.tarballs[path], "application/octet-stream")
        elif path in self.npm.packages:
            self._send(200, json.dumps(self.npm.packages[path]).encode(), "application/json")
        else:
            self._send(404, b'{"error":"Not found"}', "application/json")

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        known = self.npm.advisories
        if known is None or not self.path.endswith("/security/advisories/bulk"):
            self._send(405, b"", "text/plain")
            return
        self._send(200, json.dumps({name: known[name] for name in asked if name in known}).encode(), "application/json")

    def _send(self, status: int, content: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("content-type", media_type)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def npm_server() -> Iterator[NpmServer]:
    npm = NpmServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"npm": npm}))
    npm.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield npm
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
