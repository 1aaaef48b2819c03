"""Production builds, run for real in their sandbox."""

import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from overskill.bundler.builds import SandboxedBuilds, build_isolation
from overskill.bundler.setup import Installation
from overskill.bundler.waiting import kill
from overskill.clients.bundler import BuildFailed, Bundle
from overskill.embedded import node
from overskill.embedded.isolation import can_isolate
from overskill.errors import InvalidInput, Unavailable
from overskill.starter import STARTER_FOLDER, starter_files
from tests.support_bundler import SMALL_APP, builds
from tests.support_waiting import PATIENCE_SECONDS

Build = Callable[[Mapping[str, str]], Bundle]


@pytest.fixture
def build(bundler_installation: Installation, tmp_path: Path) -> Build:
    return builds(bundler_installation, tmp_path)


def scripts(bundle: Bundle) -> str:
    return "\n".join(asset.content.decode() for path, asset in bundle.assets.items() if path.endswith(".js"))


def stylesheet(bundle: Bundle) -> str:
    return next(asset.content.decode() for path, asset in bundle.assets.items() if path.endswith(".css"))


def test_the_starter_builds_into_hashed_files_and_a_page(build: Build) -> None:
    bundle = build(starter_files())
    others = [path for path in bundle.assets if path != "/index.html"]
    assert all(re.fullmatch(r"/assets/[\w.-]+-[\w-]{8}\.(js|css)", path) for path in others)
    assert bundle.assets["/index.html"].content_type == "text/html; charset=utf-8"
    assert bundle.size == sum(len(asset.content) for asset in bundle.assets.values())


def test_the_same_files_build_to_the_same_bytes(build: Build) -> None:
    assert build(SMALL_APP).assets == build(SMALL_APP).assets


def test_the_page_refers_to_its_files_by_relative_addresses(build: Build) -> None:
    html = build(SMALL_APP).assets["/index.html"].content.decode()
    assert "<title>Small</title>" in html
    assert re.search(r'<script type="module" crossorigin src="\./assets/index-[\w-]+\.js">', html)
    assert not re.search(r'(src|href)="/[^"]', html)


def test_imports_mean_the_same_as_in_the_preview(build: Build) -> None:
    app = """import logo from "@/logo.svg"; import raw from "./note.txt?raw"; import data, { name } from "./data.json";
const { MODE, DEV } = import.meta.env;
export default () => <p title={import.meta.env.MODE}><img src={logo} />{raw} {name} {data.name} {MODE} {DEV}</p>;"""
    files = {"src/logo.svg": "<svg/>", "src/note.txt": "plain text", "src/data.json": '{"name": "Ada"}'}
    bundle = build({**SMALL_APP, **files, "src/App.tsx": app})
    logo = next(path for path in bundle.assets if path.endswith(".svg"))
    assert f"./{Path(logo).name}" in scripts(bundle)
    assert {"plain text", "Ada", "production"} <= set(
        re.findall(r"[`\"'](plain text|Ada|production)[`\"']", scripts(bundle))
    )


def test_files_that_stylesheets_refer_to_are_published(build: Build) -> None:
    css = '@import "tailwindcss";\n.a { background: url("./bg.svg") }\n.b { background: url(/pattern.svg) }'
    bundle = build({**SMALL_APP, "src/index.css": css, "src/bg.svg": "<svg/>", "public/pattern.svg": "<svg></svg>"})
    assert re.search(r"url\(\"?\./bg-[0-9a-f]{8}\.svg\"?\)", stylesheet(bundle))
    assert "url(../pattern.svg)" in stylesheet(bundle).replace('"', "")
    assert bundle.assets["/pattern.svg"].content == b"<svg></svg>"


def test_lazy_pages_are_files_of_their_own(build: Build) -> None:
    app = 'import { lazy } from "react";\nconst Far = lazy(() => import("./Far"));\nexport default () => <Far />;\n'
    bundle = build({**SMALL_APP, "src/App.tsx": app, "src/Far.tsx": "export default () => <h1>Far</h1>;\n"})
    assert any(path.startswith("/assets/Far-") for path in bundle.assets)


def test_only_the_icons_that_are_used_are_published(build: Build) -> None:
    app = 'import { Rocket as R, type LucideIcon } from "lucide-react";\nexport default () => <R />;\n'
    assert len(scripts(build({**SMALL_APP, "src/App.tsx": app}))) < 250_000


def test_errors_are_named_with_their_place(build: Build) -> None:
    with pytest.raises(BuildFailed, match=r'src/App\.tsx:1: Package "left-pad" is not available') as failed:
        build({**SMALL_APP, "src/App.tsx": 'import pad from "left-pad";\nexport default () => pad;\n'})
    assert failed.value.diagnostics[0].code == "package"


def test_the_apps_own_configuration_is_not_read(build: Build) -> None:
    hostile = "throw new Error('ran')"
    bundle = build(
        {**SMALL_APP, "vite.config.ts": hostile, "postcss.config.js": hostile, "tailwind.config.js": hostile}
    )
    assert "/index.html" in bundle.assets


def test_bad_paths_are_refused(build: Build) -> None:
    with pytest.raises(InvalidInput, match="not a path"):
        build({"../x": ""})


def test_a_build_that_takes_too_long_is_stopped(bundler_installation: Installation, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="took longer than 0 s"):
        SandboxedBuilds(bundler_installation, tmp_path, seconds=0)(SMALL_APP)


def test_a_child_that_waited_builds_the_same_bytes_and_only_once(
    bundler_installation: Installation, tmp_path: Path
) -> None:
    build = SandboxedBuilds(bundler_installation, tmp_path, rehearsal=STARTER_FOLDER)
    build.get_ready()
    waiting = build._waiting
    assert waiting is not None
    first, second = build(SMALL_APP), build(SMALL_APP)  # the second is built by a child of its own
    assert (dict(first.assets), waiting.waits) == (dict(second.assets), False)
    build.get_ready()
    assert build._waiting is not waiting
    assert build._waiting is not None
    build._waiting.end()


def test_a_child_that_is_gone_before_it_is_asked_is_not_missed(
    bundler_installation: Installation, tmp_path: Path
) -> None:
    build = SandboxedBuilds(bundler_installation, tmp_path, rehearsal=STARTER_FOLDER)
    build.get_ready()
    assert build._waiting is not None
    kill(build._waiting._child)
    assert "/index.html" in build(SMALL_APP).assets
    build._waiting.end()


def test_a_fork_uses_what_waits_and_its_parent_sees_that(bundler_installation: Installation, tmp_path: Path) -> None:
    build = SandboxedBuilds(bundler_installation, tmp_path, rehearsal=STARTER_FOLDER)
    build.get_ready()
    assert build._waiting is not None
    pid = os.fork()
    if pid == 0:
        is_built = False
        try:
            is_built = "/index.html" in build(SMALL_APP).assets
        finally:
            os._exit(0 if is_built else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert not build._waiting.waits
    build._waiting.end()


def test_builds_wait_for_a_free_place(bundler_installation: Installation, tmp_path: Path) -> None:
    one_at_once = SandboxedBuilds(bundler_installation, tmp_path, at_once=1)
    done: list[str] = []
    with one_at_once._slot():
        waiting = threading.Thread(
            target=lambda: done.append(one_at_once(SMALL_APP).assets["/index.html"].content_type)
        )
        waiting.start()
        waiting.join(0.1)
        assert done == []
    waiting.join(PATIENCE_SECONDS)
    assert done == ["text/html; charset=utf-8"]


@pytest.mark.skipif(not can_isolate(), reason="bubblewrap is not there, or may not make namespaces")
def test_the_sandbox_has_no_network_and_no_foreign_files(bundler_installation: Installation) -> None:
    look = """const fs = require("fs"), net = require("net");
const seen = ["/etc/passwd", "/root", "/home", process.argv[1]].filter((path) => fs.existsSync(path));
net.connect(1, "10.0.0.1").on("error", (error) => console.log(JSON.stringify([seen, error.code])));"""
    command = [*build_isolation(bundler_installation), str(node.node()), "-e", look, __file__]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout
    assert said.strip() == '[[],"ENETUNREACH"]'


@contextmanager
def served(bundle: Bundle, prefix: str = "") -> Iterator[str]:
    """As the edge serves it: the page for every address without a file, a `<base>` of its own below a path."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix(prefix)
            asset = bundle.assets.get(path, bundle.assets["/index.html"])
            content = (
                asset.content.replace(b"<head>", f'<head><base href="{prefix}/">'.encode()) if prefix else asset.content
            )
            self.send_response(200)
            self.send_header("Content-Type", asset.content_type)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}{prefix}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/app/small"])
def test_a_published_app_runs_at_deep_addresses(build: Build, page: Any, prefix: str) -> None:
    app = """import logo from "./logo.svg";
export default () => <h1 className="text-[33px]"><img src={logo} />Published</h1>;"""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>'
    with served(build({**SMALL_APP, "src/App.tsx": app, "src/logo.svg": svg}), prefix) as address:
        page.goto(f"{address}/some/page")
        page.wait_for_function("document.querySelector('img')?.naturalWidth === 7")
        page.wait_for_function("getComputedStyle(document.querySelector('h1')).fontSize === '33px'")
