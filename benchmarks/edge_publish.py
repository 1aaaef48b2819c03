"""How fast a publish is live, and how many requests the edge answers. Run: python -m benchmarks.edge_publish

Starts an edge of its own in a temporary folder. The visitors run on the same machine and take their share of it.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from overskill.clients.bundler import Asset
from overskill.clients.edge import Upload
from tests.support_edge import RunningEdge, running_edge

FILES = 25
FILE_BYTES = 24_000
PUBLISHES = 60
SECONDS = 3.0
APP = "bench"

T = TypeVar("T")


@dataclass
class Visitor:
    """One kept-alive connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def connect(cls, port: int) -> "Visitor":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def get(self, path: str, accept_encoding: str = "br") -> tuple[int, str, bytes]:
        """Status, version, body."""
        headers = f"Host: {APP}.localhost\r\nAccept-Encoding: {accept_encoding}\r\n"
        self.writer.write(f"GET {path} HTTP/1.1\r\n{headers}\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = await self.reader.readexactly(int(fields.get("content-length", 0)))
        return int(head[9:12]), fields.get("x-app-version", ""), body


def make_app(label: str) -> Upload:
    """Files as a bundler makes them: most are the same from one version to the next."""
    words = [f"word{number}" for number in range(2000)]
    files = {"/index.html": Asset(f"<!doctype html><title>{label}</title>".encode(), "text/html")}
    for number in range(FILES):
        changed = label if number < 5 else ""
        text = " ".join(random.Random(f"{number}{changed}").choices(words, k=FILE_BYTES // 8))  # noqa: S311
        files[f"/assets/chunk-{number}-{changed or 'same'}.js"] = Asset(text.encode(), "text/javascript")
    return Upload("production", APP, APP, label, files)


def summary(name: str, milliseconds: list[float]) -> None:
    p50 = statistics.median(milliseconds)
    p95 = sorted(milliseconds)[int(len(milliseconds) * 0.95)]
    print(f"{name:<58} p50 {p50:8.2f} ms   p95 {p95:8.2f} ms   n {len(milliseconds)}")


def timed(work: Callable[[], T], into: list[float]) -> T:
    started = time.perf_counter()
    result = work()
    into.append((time.perf_counter() - started) * 1000)
    return result


async def publishes(edge: RunningEdge, title: str) -> None:
    visitor = await Visitor.connect(edge.port)
    uploading: list[float] = []
    until_live: list[float] = []
    pruning: list[float] = []
    versions: list[str] = []
    for number in range(PUBLISHES):
        label = f"{title}-{number}"
        upload = make_app(label)
        version_id = await asyncio.to_thread(timed, lambda upload=upload: edge.client.upload(upload), uploading)
        versions.append(version_id)
        started = time.perf_counter()
        edge.client.activate("production", APP, version_id)
        while (await visitor.get("/"))[:2] != (200, label):
            pass
        until_live.append((time.perf_counter() - started) * 1000)
        await asyncio.to_thread(timed, lambda: edge.client.prune("production", APP, versions[-3:]), pruning)
    summary(f"{title}: upload, {FILES + 1} files, 6 of them changed", uploading)
    summary(f"{title}: switch until the first 200 of the new version", until_live)
    summary(f"{title}: prune", pruning)


async def visits(edge: RunningEdge, path: str, connections: int, *, brotli: bool = True) -> None:
    deadline = time.perf_counter() + SECONDS
    taken: list[float] = []
    failed = 0

    async def visit() -> None:
        nonlocal failed
        visitor = await Visitor.connect(edge.port)
        while time.perf_counter() < deadline:
            started = time.perf_counter()
            status, _, _ = await visitor.get(path, "br" if brotli else "identity")
            taken.append((time.perf_counter() - started) * 1000)
            failed += status != 200

    await asyncio.gather(*(visit() for _ in range(connections)))
    name = f"{path} {'br' if brotli else '  '} {connections:>2} connections"
    summary(f"{name:<40} {len(taken) / SECONDS:7.0f} req/s", taken)
    if failed:
        print(f"  {failed} failed")


async def measure(edge: RunningEdge) -> None:
    await publishes(edge, "quiet")
    await asyncio.gather(publishes(edge, "with 4 visitors"), visits(edge, "/", 4))
    for connections in (1, 32):
        await visits(edge, "/", connections)
        await visits(edge, "/assets/chunk-9-same.js", connections)
        await visits(edge, "/assets/chunk-9-same.js", connections, brotli=False)
        await visits(edge, "/deep/link", connections)
    memory = edge.workerd("front").memory_info().rss / 1_000_000
    print(f"front process: {memory:.0f} MB")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_edge(Path(folder), requests_per_second=0) as edge:
        asyncio.run(measure(edge))


if __name__ == "__main__":
    main()
