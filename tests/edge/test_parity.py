"""Our static assets against workerd's own `assets` service, which is Cloudflare's: same files, same answers."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from overskill.clients.edge_manifest import AssetEntry, app_manifest, namespace_of, served_type
from overskill.embedded.ports import free_port
from tests.support_edge import Answer, RunningEdge, ask, shared_workerd, wait_until_it_listens

FILES = {
    "/index.html": ("text/html", b"<h1>i</h1>"),
    "/about.html": ("text/html", b"<h1>a</h1>"),
    "/docs/index.html": ("text/html", b"<h1>d</h1>"),
    "/assets/app-1.js": ("text/javascript", b"x=1"),
    "/assets/app-1.css": ("text/css", b"a{}"),
    "/404.html": ("text/html", b"<h1>404</h1>"),
    "/docs/404.html": ("text/html", b"<h1>d404</h1>"),
    "/a b.txt": ("text/plain", b"sp"),
    "/caf\u00e9.html": ("text/html", b"c"),
    "/100%.txt": ("text/plain", b"percent"),
    "/favicon.ico": ("image/vnd.microsoft.icon", b"\0" * 10),
    "/foo.html": ("text/html", b"f"),
    "/foo/index.html": ("text/html", b"fi"),
    "/img/l.svg": ("image/svg+xml", b"<svg/>"),
    "/data.json": ("application/json", b"{}"),
    "/m.wasm": ("application/wasm", b"\0asm"),
    "/manifest.webmanifest": ("application/manifest+json", b"{}"),
    "/x.woff2": ("font/woff2", b"w"),
}
PATHS = (
    *("/", "/index.html", "/index", "/about", "/about/", "/about.html", "/docs", "/docs/", "/docs/index.html"),
    *("/docs/index", "/assets/app-1.js", "/assets/app-1.css", "/assets/nope.js", "/deep/link", "/docs/nope", "/404"),
    *("/404.html", "/a%20b.txt", "/caf%C3%A9", "/caf%C3%A9.html", "/100%25.txt", "/favicon.ico", "/foo", "/foo/"),
    *("/foo.html", "/foo/index", "/img/l.svg", "/data.json", "/m.wasm", "/manifest.webmanifest", "/x.woff2", "//"),
    *("//about", "/docs//", "/%2e%2e/etc", "/?q=1", "/about?q=1", "/about.html?q=1", "/%61bout", "/docs%2Findex.html"),
)
MODES = ("single-page-application", "404-page", "none")
CONFIG = """using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "files", assets = (path = {path}, config = {config}, compatibilityDate = "2026-10-20"))],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "files")],
);
"""


@dataclass(frozen=True)
class Pair:
    oracle: int  # a port
    edge: RunningEdge
    app: str


@pytest.fixture(scope="module", params=MODES)
def pair(request: pytest.FixtureRequest, edge: RunningEdge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    mode = request.param
    folder = tmp_path_factory.mktemp("oracle")
    for path, (_, content) in FILES.items():
        file = folder / "site" / path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with oracle(folder, mode) as port:
        app = f"parity-{MODES.index(mode)}"
        publish_files(edge, app, mode)
        yield Pair(port, edge, app)


@contextmanager
def oracle(folder: Path, mode: str) -> Iterator[int]:
    port = free_port()
    config = json.dumps(json.dumps({"not_found_handling": mode}))
    path = json.dumps(str(folder / "site"))
    (folder / "oracle.capnp").write_text(CONFIG.format(path=path, config=config, port=port))
    log = folder / "oracle.log"
    command = [shared_workerd(), "serve", "--experimental", folder / "oracle.capnp"]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            wait_until_it_listens(port, process, log)
            yield port
        finally:
            process.kill()


def publish_files(edge: RunningEdge, app: str, mode: str) -> None:
    """An app of files alone, as Cloudflare's assets are without a worker."""
    namespace = namespace_of("local", "production")
    store = edge.client.store
    with store.writing():
        assets = {
            path: AssetEntry(hash=store.put_blob(content), size=len(content), type=served_type(content_type))
            for path, (content_type, content) in FILES.items()
        }
        manifest = app_manifest(namespace, app, app_id=app, label="1", assets=assets, variables={})
        manifest["assets_config"]["not_found_handling"] = mode
        manifest["main_module"] = None
        store.point(namespace, app, store.put_version(manifest))


def comparable(answer: Answer) -> tuple[int, str, str, bytes]:
    content_type = answer.headers.get("content-type", "").replace(" ", "").lower()
    return answer.status, answer.headers.get("location", ""), content_type, answer.body


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_files_are_answered_as_cloudflare_answers_them(pair: Pair, method: str) -> None:
    differences = {}
    for path in PATHS:
        expected = comparable(ask(pair.oracle, path, method=method))
        given = comparable(pair.edge.ask(pair.app, path, method=method))
        if given != expected:
            differences[path] = (given, expected)
    assert differences == {}
