"""A chat of 500 messages: how long it takes to open, what its state sends, and how evenly it scrolls.

    .venv/bin/python -m benchmarks.long_chat [--turns 250]

Brings a product of its own up and drives it with headless Chromium. Opening ends when the newest message is painted.
State is what the page's websocket receives. Scrolling is by wheel, from the end to the first message: all earlier ones
are read on the way, then all the way down again; a frame is late when it comes 16.7 ms or more after it was due.
"""

import argparse
import asyncio
import itertools
import time
from dataclasses import dataclass, field

from playwright.async_api import Page, WebSocket, async_playwright
from sqlmodel import select

from benchmarks.studio_rows import long_app
from overskill.models import User
from tests.browser.editor import Editor
from tests.browser.visitor import PASSWORD, Visitor, launch, open_visitor
from tests.support_product import Product, running_product

EMAIL = "scroll@example.com"
LOG = "[role=log]"
FRAME_MS = 1000 / 60
WATCH_FRAMES = """
() => {
  const times = (window.frameTimes = []);
  const tick = (at) => { times.push(at); window.frameWatch = requestAnimationFrame(tick); };
  window.frameWatch = requestAnimationFrame(tick);
}
"""
FRAMES = "() => { cancelAnimationFrame(window.frameWatch); return window.frameTimes; }"
AT_TOP = f"document.querySelector('{LOG}').scrollTop === 0 && !document.querySelector('{LOG} .animate-spin')"
AT_END = f"""
(() => {{
  const log = document.querySelector('{LOG}');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 2;
}})()
"""
SHIFTS = """
() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
  }).observe({ type: "layout-shift", buffered: true });
}
"""


@dataclass
class StateTraffic:
    """Bytes over the page's own websocket."""

    received: int = 0
    frames: list[int] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        def on_frame(payload: str | bytes) -> None:
            size = len(payload if isinstance(payload, bytes) else payload.encode())
            self.received += size
            self.frames.append(size)

        def on_socket(socket: WebSocket) -> None:
            if "/_event" in socket.url:
                socket.on("framereceived", on_frame)

        page.on("websocket", on_socket)

    def take(self) -> int:
        taken, self.received = self.received, 0
        return taken


def intervals(times: list[float]) -> list[float]:
    return [after - before for before, after in itertools.pairwise(times)]


async def scroll(page: Page, distance: int, *, until: str) -> list[float]:
    """Turn the wheel until the page says so; the time between frames in milliseconds."""
    await page.hover(LOG)
    await page.evaluate(WATCH_FRAMES)
    for _ in range(4_000):
        await page.mouse.wheel(0, distance)
        await page.wait_for_timeout(16)
        if await page.evaluate(until):
            break
    return intervals(await page.evaluate(FRAMES))


def late(times: list[float]) -> str:
    missed = sum(time > FRAME_MS * 1.5 for time in times)
    worst = max(times, default=0.0)
    return f"{len(times)} frames, {missed / max(1, len(times)):.1%} late, slowest {worst:.0f} ms"


async def measure(product: Product, visitor: Visitor, slug: str, turns: int) -> None:
    page, traffic = visitor.page, StateTraffic()
    traffic.listen(page)
    await page.add_init_script(f"({SHIFTS})()")
    newest = page.locator("article").last
    for run in ("first", "again"):
        traffic.take()
        started = time.monotonic()
        await page.goto(f"{product.url}/studio/{slug}")
        await newest.get_by_text(f"Message {turns - 1}").wait_for()
        seconds = time.monotonic() - started
        await visitor.settle()
        print(f"opened ({run})        {seconds:.2f} s, {traffic.take():,} bytes of state")

    up = await scroll(page, -600, until=AT_TOP)
    print(f"up, reading earlier   {late(up)}; {await page.locator('article').count()} turns there")
    down = await scroll(page, 600, until=AT_END)
    print(f"down, all of it there {late(down)}")
    print(f"moved by itself (CLS) {await page.evaluate('window.shifted'):.4f}")

    traffic.take()
    await Editor(visitor, slug).says("make it dark green")
    await newest.get_by_text(f"Version {turns + 1}").wait_for(timeout=120_000)
    await visitor.settle()
    print(f"one turn of recipes   {traffic.take():,} bytes of state, largest message {max(traffic.frames[-20:]):,}")


async def run(turns: int) -> None:
    with running_product() as product:
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            visitor = await open_visitor(product, browser, "long-chat")
            await visitor.sign_up(EMAIL, PASSWORD, name="Scroll")
            with product.session() as session:
                user = session.exec(select(User).where(User.email == EMAIL)).one()
                slug = long_app(session, user.id, files=20, turns=turns)
                session.commit()
            await measure(product, visitor, slug, turns)
            await browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=250)
    asyncio.run(run(parser.parse_args().turns))


if __name__ == "__main__":
    main()
