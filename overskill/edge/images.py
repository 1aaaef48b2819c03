"""The service that makes pictures fit, beside the edge's launcher: `-m overskill.edge.images <socket> <folder>`.

The front processes send it a picture (workers/namespace/images.js) and get it back smaller. A stranger may have made
the picture to take over or exhaust whoever decodes it, so each is drawn in a process of its own, forked for it, that
has little memory and time and can open nothing. What was drawn is kept in a folder of bounded size, by its content.
"""

import contextlib
import hashlib
import io
import logging
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ForkingMixIn, UnixStreamServer
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from overskill.edge.resizing import WRITTEN, NotFittedError, fitted

AT_ONCE = 2  # more would take the machine from the apps
LARGEST = 10 * 1024 * 1024  # as in workers/dispatch/images.js
MOST_KEPT = 512 * 1024 * 1024
KEPT_AFTER_TIDYING = 0.8
TIDYING_SECONDS = 300.0
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 8
SECONDS = 15
REFUSAL_SECONDS = 3600.0  # until what could not be drawn is tried again
WIDEST = 4096

log = logging.getLogger(__name__)


class RefusedError(Exception):
    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


class Cache:
    """Files named by what is in the original and what was asked for. An empty one: it can't be done, or is just now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, content: bytes, width: int, content_type: str, quality: int) -> Path:
        name = hashlib.sha256(content).hexdigest()
        return self.folder / name[:2] / f"{name}-{width}-{quality}.{WRITTEN[content_type].lower()}"

    def known(self, path: Path) -> bytes | None:
        """b"" when it was tried in vain; None when it was not, or long ago."""
        try:
            made = path.read_bytes()
            if made:
                os.utime(path)  # the longest unused go first
            elif time.time() - path.stat().st_mtime > REFUSAL_SECONDS:
                path.unlink(missing_ok=True)
                return None
        except FileNotFoundError:
            return None
        return made

    def tidy(self, most: int = MOST_KEPT) -> None:
        found = sorted(self._measured())
        size = sum(size for _, size, _ in found)
        if size <= most:
            return
        for _, freed, path in found:
            path.unlink(missing_ok=True)
            size -= freed
            if size <= most * KEPT_AFTER_TIDYING:
                return

    def _measured(self) -> Iterator[tuple[float, int, Path]]:
        """When each was used last, and its size."""
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):  # whoever draws renames and deletes meanwhile
                facts = path.stat()
                yield facts.st_mtime, facts.st_size, path


class ImageServer(ForkingMixIn, UnixStreamServer):
    """Forks for each request, so nothing here may start a thread."""

    max_children = AT_ONCE  # others wait in the socket's queue
    block_on_close = False

    def __init__(self, listening: socket.socket, folder: Path) -> None:
        super().__init__(listening.getsockname(), Drawing, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.cache = Cache(folder)
        self._tidy_at = 0.0

    def service_actions(self) -> None:
        super().service_actions()
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + TIDYING_SECONDS
            self.cache.tidy()


class Drawing(BaseHTTPRequestHandler):
    """One picture, in a process of its own."""

    server: ImageServer

    def setup(self) -> None:
        self.client_address = ("front", 0)  # a unix socket's client has no name
        self.request.setblocking(True)  # a timeout needs poll(), which our limits forbid; the alarm ends what hangs
        _limit()
        super().setup()

    def do_POST(self) -> None:
        try:
            content_type, made = self._draw()
        except RefusedError as refusal:
            content_type, made, status = "text/plain; charset=utf-8", str(refusal).encode(), refusal.status
        else:
            status = HTTPStatus.OK
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(made)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(made)

    def _draw(self) -> tuple[str, bytes]:
        width, quality, content_type = self._wanted()
        content = self._body()
        path = self.server.cache.path(content, width, content_type, quality)
        made = self.server.cache.known(path)
        if made is None:
            made = _draw_into(path, content, width=width, content_type=content_type, quality=quality)
        if not made:
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "It can't be made smaller.")
        return content_type, made

    def _wanted(self) -> tuple[int, int, str]:
        asked = parse_qs(urlsplit(self.path).query)
        try:
            width, quality, content_type = int(asked["width"][0]), int(asked["quality"][0]), asked["format"][0]
        except (KeyError, ValueError):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "It needs a width, a quality and a format.") from None
        if not 1 <= width <= WIDEST or not 1 <= quality <= 100 or content_type not in WRITTEN:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "There is no such width, quality or format.")
        return width, quality, content_type

    def _body(self) -> bytes:
        """The front streams it, so its length may be told piece by piece."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self._read(int(self.headers.get("Content-Length", 0)), 0)
        content = bytearray()
        while size := int(self.rfile.readline(64).partition(b";")[0], 16):
            content += self._read(size, len(content))
            self.rfile.readline(64)
        return bytes(content)

    def _read(self, size: int, have: int) -> bytes:
        if size < 0 or have + size > LARGEST:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The picture is too large.")
        content = self.rfile.read(size)
        if len(content) < size:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "The picture did not arrive whole.")
        return content

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Visits are counted elsewhere."""


def _limit() -> None:
    """From here on this process has little memory and time. What breaks a limit ends it, and nobody else."""
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    with contextlib.suppress(ValueError, OSError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _draw_into(path: Path, content: bytes, *, width: int, content_type: str, quality: int) -> bytes:
    """Drawn and kept; b"" when it can't be drawn. Whoever dies of a picture leaves behind that it can't be."""
    os.nice(10)  # visitors of apps come first
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return b""  # somebody draws it already
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        try:
            _open_nothing_more()
            made = fitted(content, width=width, content_type=content_type, quality=quality)
            aside.write(made)
            aside.flush()
            Path(aside.name).replace(path)
        except (NotFittedError, MemoryError) as refusal:
            Path(aside.name).unlink()
            log.info("%s: %s", path.name, refusal)
            return b""
    return made


def _open_nothing_more() -> None:
    """A decoder that is taken over finds no file and no socket but those of this request."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def warm_up() -> None:
    """Loads every codec: who draws can open no file."""
    for content_type in WRITTEN:
        picture = io.BytesIO()
        Image.new("RGBA" if content_type == "image/png" else "RGB", (8, 8)).save(picture, WRITTEN[content_type])
        fitted(picture.getvalue(), width=4, content_type=content_type, quality=50)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    descriptor, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    warm_up()
    with socket.socket(fileno=descriptor) as listening, ImageServer(listening, folder) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
