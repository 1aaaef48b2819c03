"""A real edge for tests: workerd behind our own launcher, on a free port, with a data folder of its own."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from overskill.clients.bundler import Asset
from overskill.clients.edge import Upload
from overskill.clients.edge_embedded import EmbeddedEdge
from overskill.clients.edge_manifest import Binding, Manifest, app_manifest, namespace_of
from overskill.clients.edge_routes import AppRoute, EmbeddedRoutes
from overskill.config import Settings
from overskill.edge.setup import prepare, workerd_path
from overskill.embedded.ports import free_port
from tests.support_waiting import PATIENCE_SECONDS

ROOT = Path(__file__).parent.parent
SHARED_HOME = Path(tempfile.gettempdir()) / f"overskill-tests-{os.getuid()}"
SECRET_KEY = "s" * 32
LAUNCH = """
import json, logging, sys
from dataclasses import replace
import asyncio
from overskill.config import Settings
from overskill.edge.configuration import EdgeOptions
from overskill.edge.launcher import serve
given = json.load(sys.stdin)
logging.basicConfig(level=logging.INFO, format="%(message)s")
options = given["options"]
if "secrets_key" in options:
    options["secrets_key"] = bytes.fromhex(options["secrets_key"])
options = replace(EdgeOptions.from_settings(Settings(**given["settings"])), **options)
asyncio.run(serve(options))
"""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # lower-case names
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def settings_for(home: Path, port: int, **more: object) -> Settings:
    return Settings.model_validate({"OVERSKILL_HOME": home, "OVERSKILL_EDGE_PORT": port, **more})


def ask(
    port: int,
    path: str = "/",
    *,
    host: str = "localhost",
    method: str = "GET",
    body: bytes | None = None,
    **headers: str,
) -> Answer:
    """One request as it is written: nothing added, followed or decoded. `accept_encoding="br"` names a header."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", f"{host}:{port}")
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None and "content_length" not in headers and "transfer_encoding" not in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        pairs = [(name.lower(), value) for name, value in response.getheaders()]
        return Answer(response.status, dict(pairs), response.read())
    finally:
        connection.close()


@dataclass
class RunningEdge:
    home: Path
    port: int
    process: subprocess.Popen[str]
    client: EmbeddedEdge = field(init=False)

    def __post_init__(self) -> None:
        self.client = EmbeddedEdge(settings_for(self.home, self.port, OVERSKILL_SECRET_KEY=SECRET_KEY))

    def ask(
        self, app: str, path: str = "/", *, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """A request to `<app>.localhost`."""
        return ask(self.port, path, host=f"{app}.localhost", method=method, body=body, **headers)

    def publish(self, upload: Upload) -> str:
        version_id = self.client.upload(upload)
        self.client.activate(upload.environment, upload.script, version_id)
        return version_id

    def publish_code(
        self, script: str, code: str, *, egress: tuple[str, ...] = (), bindings: Sequence[Binding] = ()
    ) -> str:
        """An app that is nothing but a worker of its own: what visitors ask meets no other code."""
        namespace = namespace_of("local", "production")
        manifest: Manifest = app_manifest(namespace, script, app_id=script, label="1", assets={}, variables={})
        store = self.client.store
        with store.writing():
            manifest["modules"] = {"own.js": {"hash": store.put_blob(code.encode()), "type": "esm"}}
            manifest["main_module"] = "own.js"
            manifest["bindings"] += bindings
            version_id = store.put_version(manifest)
            store.point(namespace, script, version_id)
        if egress:
            self.allow(script, *egress)
        return version_id

    def allow(self, script: str, *hosts: str) -> None:
        """Let the code of an app call these hosts. Seen after `routes_ttl`."""
        routes = EmbeddedRoutes(settings_for(self.home, self.port))
        routes.put_app("production", script, AppRoute(app_id=script, egress=hosts))

    def workerd(self, pool: str) -> psutil.Process:
        """The process of "front" or "sandbox"."""
        for child in psutil.Process(self.process.pid).children():
            if any(argument.endswith(f"/{pool}.capnp") for argument in child.cmdline()):
                return child
        raise LookupError(f"no {pool} process runs")

    def log(self) -> str:
        return (self.home / "launcher.log").read_text()


def make_upload(script: str, label: str = "1", **more: object) -> Upload:
    """A small app whose every file names the version `label`."""
    page = f"<!doctype html><html><head><title>{script}</title></head><body>version {label}</body></html>"
    files = {
        "/index.html": Asset(page.encode(), "text/html"),
        f"/assets/app-{label}.js": Asset(f"/* version {label} */".encode() * 200, "text/javascript"),
    }
    facts: dict[str, object] = {"environment": "production", "app_id": f"id-{script}", "assets": files, **more}
    return Upload(script=script, version=label, **facts)  # type: ignore[arg-type]


def wait_until_it_listens(port: int, process: subprocess.Popen[Any], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            ask(port, "/__health")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"It did not start:\n{log.read_text()}")


@contextmanager
def running_edge(home: Path, **options: object) -> Iterator[RunningEdge]:
    """`options` are fields of EdgeOptions; `secrets_key` in hexadecimal digits."""
    home.mkdir(parents=True, exist_ok=True)
    use_shared_workerd(home)
    port = free_port()
    settings = {"OVERSKILL_HOME": str(home), "OVERSKILL_EDGE_PORT": port, "OVERSKILL_SECRET_KEY": SECRET_KEY}
    given = {"settings": settings, "options": options}
    log = home / "launcher.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH], cwd=ROOT, stdin=subprocess.PIPE, stdout=output, stderr=output, text=True
        )
    assert process.stdin is not None
    with process.stdin as stdin:
        json.dump(given, stdin)
    try:
        wait_until_it_listens(port, process, log)
        yield RunningEdge(home, port, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def unreachable_redis() -> Redis:
    """Says at once that nobody is there."""
    return Redis(port=1, retry=Retry(NoBackoff(), 0))


def shared_workerd() -> Path:
    """One installation for all test processes and runs: the first that asks installs it, in about a second."""
    prepare(SHARED_HOME, lambda _: None)
    return workerd_path(SHARED_HOME)


def use_shared_workerd(home: Path) -> None:
    install = home / "edge" / "workerd"
    if not install.exists():
        install.parent.mkdir(parents=True, exist_ok=True)
        install.symlink_to(shared_workerd().parents[5])


@pytest.fixture(scope="session")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEdge]:
    """One edge for each test process. Tests use app names of their own."""
    with running_edge(tmp_path_factory.mktemp("edge"), requests_per_second=0, routes_ttl=0) as running:
        yield running
