"""How long a user waits: from a finished file to its picture, from a click on Publish to the new version on the air.

    python -m benchmarks.journey [--runs 10] [--start] [--json]

Brings a product of its own up (recipes write its apps) and drives it with headless Chromium. "Painted" is the frame
after the preview shows it. A file's end is taken from the turn's log; that of an edit may be written 40 ms late.
With --start it also measures `up`: on an empty data folder, and again on the same one.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.async_api import Browser, Page, async_playwright
from redis import Redis

from tests.browser.editor import Editor, describe
from tests.browser.visitor import PASSWORD, Account, launch, open_visitor
from tests.support_edge import ask
from tests.support_product import Product, running_product

PROMPT = "a habit tracker with streaks"
HEADING = "Today"  # of the app that the recipes make of it
COMPLETE = (
    f"document.querySelector('h1')?.textContent === '{HEADING}'"
    " && !document.querySelector('[aria-label=\"Being written\"]')"
)
COLOURS = ("make it blue", "make it green")
WATCH = (Path(__file__).parent / "journey_watch.js").read_text()
QUIET_PERCENT = 35.0
LONGEST_WAIT_FOR_QUIET = 2.0


@dataclass
class Figures:
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, value: float) -> None:
        self.milliseconds[name].append(value)

    def summary(self) -> dict[str, dict[str, float]]:
        return {name: summarize(values) for name, values in self.milliseconds.items()}


def summarize(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {"runs": len(ordered), "p50_ms": round(statistics.median(ordered)), "p95_ms": round(p95)}


@dataclass
class Watched:
    """An app open in the editor, its log, and the clock of its page."""

    editor: Editor
    redis: Redis
    ahead: float  # milliseconds that the page's clock is ahead of ours

    def log(self) -> list[tuple[float, dict[str, Any]]]:
        """The latest turn's entries, each with its time."""
        topics = list(self.redis.scan_iter("turn:*"))
        newest = max((self.redis.xrange(topic) for topic in topics), key=lambda entries: entries[0][0])
        return [(float(key.partition(b"-")[0]), json.loads(fields[b"e"])) for key, fields in newest]

    def finished(self, *paths: str) -> float:
        """When the last of these files was complete; without paths, the last of all."""
        return self._completed(*paths)[-1]

    def renderable(self) -> float:
        """When App.tsx was complete for the first time: the recipes write what it needs before it."""
        return self._completed("src/App.tsx")[0]

    def _completed(self, *paths: str) -> list[float]:
        return [at for at, entry in self.log() if entry["k"] in ("close", "edit") and wanted(entry["path"], paths)]

    async def painted(self) -> float:
        frame = await self.editor.frame()
        await frame.wait_for_function("journey.paintedAt > 0", timeout=60_000)
        return float(await frame.evaluate("journey.paintedAt")) - self.ahead

    async def watch_for(self, condition: str) -> None:
        frame = await self.editor.frame()
        await frame.evaluate(f"journey.watchFor(() => {condition})")


def wanted(path: str, paths: tuple[str, ...]) -> bool:
    return not paths or path in paths


async def measure(product: Product, browser: Browser, runs: int, figures: Figures) -> None:
    visitor = await open_visitor(product, browser, "benchmark")
    account = await visitor.sign_up("benchmark@example.com", PASSWORD)
    with Redis.from_url(product.instance["redis_url"]) as redis:
        for run in range(runs):
            watched = await first_preview(product, browser, account, redis, figures)
            await edits(watched, figures, run)
            await publishes(watched, product, figures)
            await cold_preview((await watched.editor.frame()).url, figures)
            await watched.editor.page.context.close()


async def first_preview(
    product: Product, browser: Browser, account: Account, redis: Redis, figures: Figures
) -> Watched:
    visitor = await open_visitor(product, browser, "benchmark")
    await visitor.bring(account)
    await visitor.page.context.add_init_script(WATCH.replace("HEADING", HEADING))
    quiet()
    watched = Watched(await describe(visitor, PROMPT), redis, await clock_difference(visitor.page))
    first = await watched.painted()
    await watched.watch_for(COMPLETE)
    whole = await watched.painted()
    await watched.editor.reaches(1)
    figures.add("first renderable state → first preview", first - watched.renderable())
    figures.add("last file complete → whole app painted", whole - watched.finished())
    return watched


async def cold_preview(address: str, figures: Figures) -> None:
    """In a browser that has just started, has nothing cached, and was told of no preview."""
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        page = await browser.new_page()
        await page.add_init_script(WATCH.replace("HEADING", HEADING))
        quiet()
        await page.goto(address)
        await page.wait_for_function("journey.paintedAt > 0", timeout=60_000)
        painted = await page.evaluate("journey.paintedAt - performance.timeOrigin")
        figures.add("cold browser: opened → preview painted", float(painted))
        await browser.close()


async def edits(watched: Watched, figures: Figures, run: int) -> None:
    editor = watched.editor
    name = f"Streaky {run + 1}"
    await watched.watch_for(f"document.body.innerText.includes({name!r})")
    quiet()
    await editor.says(f"rename it to {name}")
    painted = await watched.painted()
    await editor.reaches(2)
    figures.add("text edited → painted", painted - watched.finished("src/components/app-shell.tsx"))

    colour = "getComputedStyle(document.documentElement).getPropertyValue('--primary')"
    before = await (await editor.frame()).evaluate(colour)
    await watched.watch_for(f"{colour} !== {before!r}")
    quiet()
    await editor.says(COLOURS[run % 2])
    painted = await watched.painted()
    await editor.reaches(3)
    figures.add("styles written → painted", painted - watched.finished("src/index.css"))


async def publishes(watched: Watched, product: Product, figures: Figures) -> None:
    """The first one, and one that replaces it."""
    editor = watched.editor
    panel = await editor.tab("Publish")
    for name, version in (("first publish", 3), ("publish again", 4)):
        if version == 4:
            await editor.says("rename it to Ready")
            await editor.reaches(4)
        quiet()
        with ThreadPoolExecutor(1) as pool:
            answered: Future[float] = pool.submit(first_answer, product, editor.slug, str(version))
            await panel.get_by_role("button", name="Publish").click()
            clicked = float(await editor.page.evaluate("clickedAt")) - watched.ahead
            figures.add(f"{name}: click → first 200", await asyncio.wrap_future(answered) - clicked)
        await editor.is_live(version)


def first_answer(product: Product, slug: str, version: str) -> float:
    """When the edge answers with this version."""
    while True:
        answer = ask(product.ports.edge, host=f"{slug}.localhost")
        if answer.status == 200 and answer.headers.get("x-app-version") == version:
            return time.time() * 1000
        time.sleep(0.005)


async def clock_difference(page: Page) -> float:
    """By the shortest of some round trips."""
    best = (1e9, 0.0)
    for _ in range(15):
        before = time.time() * 1000
        there = await page.evaluate("performance.timeOrigin + performance.now()")
        after = time.time() * 1000
        best = min(best, (after - before, there - (before + after) / 2))
    return best[1]


def quiet() -> None:
    """Let what others do on this machine pass, for a moment."""
    until = time.monotonic() + LONGEST_WAIT_FOR_QUIET
    while time.monotonic() < until and psutil.cpu_percent(0.1) > QUIET_PERCENT:
        pass


def starts(figures: Figures, runs: int) -> None:
    """`up` on an empty data folder, then again and again on the same one. Packages and front end are installed."""
    with running_product() as product:
        figures.add("up, empty data folder", product.start_seconds * 1000)
        for _ in range(runs):
            figures.add("Ctrl-C until all has stopped", product.stop() * 1000)
            figures.add("up again", product.start() * 1000)


async def journeys(figures: Figures, runs: int) -> None:
    with running_product() as product:
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            await measure(product, browser, runs, figures)
            await browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--start", action="store_true", help="measure `up` too")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures = Figures()
    if chosen.start:
        starts(figures, min(chosen.runs, 5))
    asyncio.run(journeys(figures, chosen.runs))
    if chosen.json:
        print(json.dumps(figures.summary(), ensure_ascii=False))
        return
    for name, told in figures.summary().items():
        print(f"{name:42} n={told['runs']:3}  p50 {told['p50_ms']:6} ms  p95 {told['p95_ms']:6} ms")


if __name__ == "__main__":
    main()
