"""A thousand apps on one edge, asked for at random, beside nginx with the same files.

Run: python -m benchmarks.thousand_apps. It needs wrk; without nginx only the edge is measured. All of it runs on one
machine and takes its share: read the ratios.
"""

import contextlib
import getpass
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from overskill.clients.bundler import Asset
from overskill.clients.edge import Upload
from overskill.embedded.ports import free_port
from tests.support_edge import RunningEdge, running_edge, wait_until_it_listens

APPS = 1000
SHARED_BYTES = 120_000  # what all apps have in common: React and the rest
OWN_BYTES = 15_000
SECONDS = 6
WARMING_SECONDS = 8
FIRST_WORDS = [f"word{number}" for number in range(2000)]
SHARED = "/assets/vendor-1a2b.js"

RANDOM_REQUESTS = """
local paths = {"/", "/", "%(shared)s", "/assets/app-", "/assets/style-"}
local number = 0
function init(args) math.randomseed(os.time()) end
function request()
  number = math.random(0, %(apps)d - 1)
  local path = paths[math.random(#paths)]
  if path == "/assets/app-" then path = path .. number .. ".js" end
  if path == "/assets/style-" then path = path .. number .. ".css" end
  return wrk.format("GET", path, {["Host"] = "app-" .. number .. ".localhost"})
end
"""
NGINX = """
daemon off; user {user}; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types; access_log off; sendfile on; open_file_cache max=10000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port}; server_name ~^(?<app>[a-z0-9-]+)\\.localhost$; root {folder}/site/$app;
    location / {{ try_files $uri $uri/index.html =404; }}
  }}
}}
"""


def words(seed: str, size: int) -> bytes:
    return " ".join(random.Random(seed).choices(FIRST_WORDS, k=size // 8)).encode()  # noqa: S311


def make_app(number: int, shared: bytes) -> Upload:
    name = f"app-{number}"
    files = {
        "/index.html": Asset(f"<!doctype html><title>{name}</title>".encode() * 5, "text/html"),
        SHARED: Asset(shared, "text/javascript"),
        f"/assets/{name}.js": Asset(words(name, OWN_BYTES), "text/javascript"),
        f"/assets/style-{number}.css": Asset(words(f"{name} style", OWN_BYTES // 3), "text/css"),
    }
    return Upload("production", name, name, "1", files)


@dataclass(frozen=True)
class Load:
    requests: float  # a second
    p50: str
    p99: str
    failed: int

    def __str__(self) -> str:
        return f"{self.requests:8.0f} req/s   p50 {self.p50:>8}   p99 {self.p99:>8}   failed {self.failed}"


def load(port: int, script: Path, connections: int, seconds: int = SECONDS) -> Load:
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--latency",
        "-s",
        script,
        f"http://127.0.0.1:{port}/",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # type: ignore[arg-type]
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    figure = {name: re.search(rf"{name}\s+([\d.]+\w*)", said) for name in ("50%", "99%", "Requests/sec:")}
    rate, p50, p99 = (found[1] if (found := figure[name]) else "?" for name in ("Requests/sec:", "50%", "99%"))
    return Load(float(rate), p50, p99, int(failed[1]) if failed else 0)


@contextlib.contextmanager
def nginx(folder: Path, apps: list[Upload]) -> Iterator[int]:
    for app in apps:
        for path, asset in app.assets.items():
            file = folder / "site" / app.script / path[1:]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(asset.content)
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=getpass.getuser()))
    command = [str(shutil.which("nginx")), "-c", str(folder / "nginx.conf")]
    with (folder / "out.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        wait_until_it_listens(port, process, folder / "out.log")
        yield port
    finally:
        process.terminate()
        process.wait()


def deploy(edge: RunningEdge, apps: list[Upload]) -> None:
    started = time.perf_counter()
    for app in apps:
        edge.publish(app)
    seconds = time.perf_counter() - started
    size = sum(file.stat().st_size for file in (edge.home / "edge" / "store").rglob("*") if file.is_file())
    print(
        f"{len(apps)} apps deployed in {seconds:.1f} s: {len(apps) / seconds:.0f} a second, {size / 1e6:.0f} MB on disk"
    )


def memory(edge: RunningEdge) -> str:
    return f"workerd: {edge.workerd('front').memory_info().rss / 1e6:.0f} MB"


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("This needs wrk (a package of that name on Debian and macOS).")
    shared = words("shared", SHARED_BYTES)
    apps = [make_app(number, shared) for number in range(APPS)]
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        script = folder / "random.lua"
        script.write_text(RANDOM_REQUESTS % {"shared": SHARED, "apps": APPS})
        edge = stack.enter_context(running_edge(folder / "edge", requests_per_second=0))
        deploy(edge, apps)
        print(f"{'first requests of all':<24} {load(edge.port, script, 8, WARMING_SECONDS)}   {memory(edge)}")
        places = {"edge": edge.port}
        if shutil.which("nginx"):
            (folder / "nginx").mkdir()
            places["nginx, 1 worker"] = stack.enter_context(nginx(folder / "nginx", apps))
        for connections in (1, 32):
            for place, port in places.items():
                print(f"{place:<15} {connections:>2} at once {load(port, script, connections)}")
        print(memory(edge))


if __name__ == "__main__":
    main()
