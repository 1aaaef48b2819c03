"""Our static assets against workerd's own `assets` service, which is Cloudflare's: same files, same answers.

Every known difference is in DIFFERENCES, with its reason; overskill/edge/README.md repeats none of them.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from overskill.clients.edge_manifest import AssetEntry, app_manifest, namespace_of, served_type
from overskill.clients.edge_rules import parse_headers, parse_redirects
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
    "/team/index.html": ("text/html", b"team"),
    "/both.html": ("text/html", b"page"),
    "/both/index.html": ("text/html", b"folder"),
    "/odd": ("text/plain", b"odd"),
    "/odd.html": ("text/html", b"odd page"),
    "/[slug].txt": ("text/plain", b"slug"),
    "/日本/index.html": ("text/html", "日".encode()),
    "/emoji-😀.txt": ("text/plain", b"emoji"),
}
REDIRECTS = """# comment
/old /about
/moved https://elsewhere.example/x#top 301
/search /about?q=1 303
/blog/:year/:slug /posts/:slug 308
/files/* /assets/:splat 307
/proxied /data.json 200
/gone-file /nothing-here 200
/bad /x 999
/one
/old /twice
/loop/* /index.html
"""
HEADERS = """/*
  X-Everywhere: yes
  X-Joined: a
/about
  X-Joined: b
  ! Content-Type
/assets/:name
  X-Name: :name
  Cache-Control: public, max-age=60
nonsense
/empty
"""
PATHS = (
    *("/", "/index.html", "/index", "/about", "/about/", "/about.html", "/docs", "/docs/", "/docs/index.html"),
    *("/docs/index", "/assets/app-1.js", "/assets/app-1.css", "/assets/nope.js", "/deep/link", "/docs/nope", "/404"),
    *("/404.html", "/a%20b.txt", "/caf%C3%A9", "/caf%C3%A9.html", "/100%25.txt", "/favicon.ico", "/foo", "/foo/"),
    *("/foo.html", "/foo/index", "/img/l.svg", "/data.json", "/m.wasm", "/manifest.webmanifest", "/x.woff2", "//"),
    *("//about", "/docs//", "/%2e%2e/etc", "/?q=1", "/about?q=1", "/about.html?q=1", "/%61bout", "/docs%2Findex.html"),
    *("/team", "/team/", "/team/index", "/team/index.html", "/team.html", "/both", "/both/", "/both.html"),
    *(
        "/both/index",
        "/both/index.html",
        "/odd",
        "/odd/",
        "/odd.html",
        "/odd/index",
        "/about/index",
        "/about/index.html",
    ),
    *(
        "/[slug].txt",
        "/%5Bslug%5D.txt",
        "/%E6%97%A5%E6%9C%AC",
        "/%E6%97%A5%E6%9C%AC/",
        "/%E6%97%A5%E6%9C%AC/index.html",
    ),
    *("/emoji-%F0%9F%98%80.txt", "/u/@ann", "/deep/%41bc", "/a+b", "/.html", "/index/", "/index/index.html"),
)
# html_handling, not_found_handling
MODES = (
    ("auto-trailing-slash", "single-page-application"),
    ("auto-trailing-slash", "404-page"),
    ("auto-trailing-slash", "none"),
    ("force-trailing-slash", "single-page-application"),
    ("drop-trailing-slash", "404-page"),
    ("none", "single-page-application"),
)
# path: why we differ
DIFFERENCES = {"/odd": "a file whose name has no ending has the type that it was published with"}
RULED = (
    *(
        "/old",
        "/old?x=1",
        "/moved",
        "/moved?x=1",
        "/search",
        "/search?x=1",
        "/blog/2026/hello",
        "/blog/2026",
        "/files/app-1.js",
    ),
    *(
        "/files/",
        "/proxied",
        "/gone-file",
        "/bad",
        "/one",
        "/loop/x",
        "/about",
        "/assets/app-1.js",
        "/about.html",
        "/nope",
    ),
    *("/_headers", "/_redirects"),
)
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


@pytest.fixture(scope="module", params=MODES, ids="+".join)
def pair(request: pytest.FixtureRequest, edge: RunningEdge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    html, not_found = request.param
    config: dict[str, object] = {"html_handling": html, "not_found_handling": not_found}
    with oracle(tmp_path_factory.mktemp("oracle"), config) as port:
        app = f"parity-{MODES.index(request.param)}"
        publish_files(edge, app, config)
        yield Pair(port, edge, app)


@pytest.fixture
def ruled(edge: RunningEdge, tmp_path: Path) -> Iterator[Pair]:
    """Both with `_headers` and `_redirects`."""
    config: dict[str, object] = {"html_handling": "auto-trailing-slash", "not_found_handling": "404-page"}
    with oracle(tmp_path, config | {"headers": HEADERS, "redirects": REDIRECTS}) as port:
        publish_files(
            edge,
            "parity-ruled",
            config | {"headers": parse_headers(HEADERS), "redirects": parse_redirects(REDIRECTS)},
        )
        yield Pair(port, edge, "parity-ruled")


@contextmanager
def oracle(folder: Path, config_of_assets: dict[str, object]) -> Iterator[int]:
    port = free_port()
    for path, (_, content) in FILES.items():
        file = folder / "site" / path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    config = json.dumps(json.dumps(config_of_assets))
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


def publish_files(edge: RunningEdge, app: str, config: dict[str, object]) -> None:
    """An app of files alone, as Cloudflare's assets are without a worker."""
    namespace = namespace_of("local", "production")
    store = edge.client.store
    with store.writing():
        assets = {
            path: AssetEntry(hash=store.put_blob(content), size=len(content), type=served_type(content_type))
            for path, (content_type, content) in FILES.items()
        }
        manifest = app_manifest(namespace, app, app_id=app, label="1", assets=assets, variables={})
        manifest["assets_config"] = config
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
        if given != expected and path not in DIFFERENCES:
            differences[path] = {"ours": given, "Cloudflare's": expected}
    assert differences == {}


def test_an_apps_own_rules_are_followed_as_cloudflare_follows_them(ruled: Pair) -> None:
    names = ("x-everywhere", "x-joined", "x-name", "cache-control")
    differences = {}
    for path in RULED:
        expected, given = ask(ruled.oracle, path), ruled.edge.ask(ruled.app, path)
        pairs = [(*comparable(answer), *(answer.headers.get(name) for name in names)) for answer in (given, expected)]
        if pairs[0] != pairs[1]:
            differences[path] = {"ours": pairs[0], "Cloudflare's": pairs[1]}
    assert differences == {}
