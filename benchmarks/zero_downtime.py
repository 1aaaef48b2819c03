"""Whether anybody notices 100 publishes and rollbacks in a row. Run: python -m benchmarks.zero_downtime

Visitors load a page and then every file it names, again and again, and note what a person would see as broken: a failed
request, or a page and files of two versions. Where wrk is installed, it keeps the edge busy meanwhile.
"""

import asyncio
import re
import shutil
import signal
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from overskill.clients.bundler import Asset
from overskill.clients.edge import Upload
from tests.support_edge import RunningEdge, running_edge

SWITCHES = 100
ROLLBACK_EVERY = 4
VISITORS = 4
WRK_CONNECTIONS = 8
APP = "changing"
FILES_OF_A_PAGE = 3
NAMED = re.compile(rb'"(/assets/[^"]+)"')


def make_app(version: int) -> Upload:
    names = [f"/assets/part-{number}-v{version}.js" for number in range(FILES_OF_A_PAGE)]
    tags = "".join(f'<script src="{name}"></script>' for name in names)
    page = f"<!doctype html><title>version {version}</title>{tags}"
    files = {"/index.html": Asset(page.encode(), "text/html")}
    files |= {name: Asset(f"/* version {version} */".encode() * 400, "text/javascript") for name in names}
    return Upload("production", APP, APP, str(version), files)


@dataclass
class Seen:
    requests: int = 0
    pages: int = 0
    problems: Counter[str] = field(default_factory=Counter)


@dataclass
class Visitor:
    edge: RunningEdge
    seen: Seen

    async def stay(self, until: asyncio.Event) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.edge.port)
        while not until.is_set():
            status, body = await self._get("/")
            self.seen.pages += 1
            if status != 200:
                self.seen.problems[f"failed: the page answered {status}"] += 1
                continue
            versions = set(re.findall(rb"version (\d+)", body))
            for name in NAMED.findall(body):
                status, content = await self._get(name.decode())
                if status != 200:
                    self.seen.problems[f"failed: a file of the page answered {status}"] += 1
                versions |= set(re.findall(rb"version (\d+)", content))
            if len(versions) != 1:
                self.seen.problems[f"mixed: {len(versions)} versions in one page"] += 1
        self._writer.close()

    async def _get(self, path: str) -> tuple[int, bytes]:
        self.seen.requests += 1
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: {APP}.localhost\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = re.search(r"content-length: (\d+)", head)
        return int(head[9:12]), await self._reader.readexactly(int(length[1]) if length else 0)


async def busy(edge: RunningEdge, until: asyncio.Event) -> str:
    """What wrk says, or that it isn't there."""
    if shutil.which("wrk") is None:
        return "wrk is not installed: only our own visitors"
    options = ["-t1", f"-c{WRK_CONNECTIONS}", "-d1h", "--latency", "-H", f"Host: {APP}.localhost"]
    wrk = await asyncio.create_subprocess_exec(
        "wrk", *options, f"http://127.0.0.1:{edge.port}/", stdout=asyncio.subprocess.PIPE
    )
    await until.wait()
    wrk.send_signal(signal.SIGINT)
    said, _ = await wrk.communicate()
    return said.decode()


async def switch(edge: RunningEdge, milliseconds: list[float]) -> None:
    """One after another, without a pause: publishes, and every fourth time a rollback to the version before."""
    client = edge.client
    live = client.live("production", APP) or ""
    kept = [live]
    for number in range(1, SWITCHES + 1):
        started = time.perf_counter()
        if number % ROLLBACK_EVERY == 0 and len(kept) > 1:
            live = kept[-2]
            await asyncio.to_thread(client.activate, "production", APP, live)
        else:
            carry = list(dict.fromkeys([*kept[-2:], live]))
            live = await asyncio.to_thread(client.upload, replace(make_app(number), carry=carry))
            await asyncio.to_thread(client.activate, "production", APP, live)
            await asyncio.to_thread(client.prune, "production", APP, [*carry, live])
            kept = [*kept, live][-3:]
        milliseconds.append((time.perf_counter() - started) * 1000)


async def measure(edge: RunningEdge) -> None:
    edge.publish(make_app(0))
    seen, milliseconds, done = Seen(), list[float](), asyncio.Event()
    load = asyncio.create_task(busy(edge, done))
    visitors = [asyncio.create_task(Visitor(edge, seen).stay(done)) for _ in range(VISITORS)]
    started = time.perf_counter()
    await switch(edge, milliseconds)
    seconds = time.perf_counter() - started
    done.set()
    await asyncio.gather(*visitors)
    said = await load
    print(f"{SWITCHES} publishes and rollbacks in {seconds:.1f} s, each p50 {statistics.median(milliseconds):.0f} ms")
    print(f"{VISITORS} visitors: {seen.pages} pages, {seen.requests} requests")
    print(f"failed or mixed: {seen.problems.total()}", *seen.problems.most_common(5))
    errors = re.findall(r"(?:Non-2xx|Socket errors).*", said)
    wrk_requests = re.search(r"(\d+) requests in", said)
    print(f"wrk: {wrk_requests[1]} requests, failed: {errors or 0}" if wrk_requests else said)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_edge(Path(folder), requests_per_second=0) as edge:
        asyncio.run(measure(edge))


if __name__ == "__main__":
    main()
