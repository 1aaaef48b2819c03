"""A chat of 500 messages: how long it takes to open, what its state sends, and how evenly it scrolls.

    .venv/bin/python -m benchmarks.long_chat [--turns 250]

Brings a product of its own up and drives it with headless Chromium. Opening ends when the newest message is painted.
State is what the page's websocket receives. Scrolling is by wheel, from the end to the first message, where all earlier
ones are read on the way; then down and up again. A frame is late when it comes half a frame or more after it was due;
"standing still" says how many that are on this machine when nothing moves.
"""

import argparse
import asyncio
import itertools
import time
from dataclasses import dataclass

from playwright.async_api import CDPSession, Page, WebSocket, async_playwright, expect
from sqlmodel import select

from overskill.models import User
from tests.browser.editor import Editor
from tests.browser.visitor import PASSWORD, Visitor, launch, open_visitor
from tests.studio_rows import long_app
from tests.support_product import Product, running_product

EMAIL = "scroll@example.com"
LOG = "[role=log]"
FRAME_MS = 1000 / 60
STEP = 150  # pixels a frame: faster than anybody reads
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

    def listen(self, page: Page) -> None:
        def on_frame(payload: str | bytes) -> None:
            self.received += len(payload if isinstance(payload, bytes) else payload.encode())

        def on_socket(socket: WebSocket) -> None:
            if "/_event" in socket.url:
                socket.on("framereceived", on_frame)

        page.on("websocket", on_socket)

    def take(self) -> int:
        taken, self.received = self.received, 0
        return taken


@dataclass(frozen=True)
class Scrolled:
    """Milliseconds from frame to frame, and what the page's own thread worked in all of them."""

    frames: list[float]
    work: float

    def __str__(self) -> str:
        late = sum(time > FRAME_MS * 1.5 for time in self.frames) / max(1, len(self.frames))
        work = self.work / max(1, len(self.frames))
        slowest = max(self.frames, default=0.0)
        return f"{len(self.frames)} frames, {late:.1%} late, slowest {slowest:.0f} ms, {work:.1f} ms of work a frame"


async def scroll(page: Page, distance: int, *, until: str, most: int = 4_000) -> Scrolled:
    """Turn the wheel until the page says so."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    await page.hover(LOG)
    before = await _busy(devtools)
    await page.evaluate(WATCH_FRAMES)
    for _ in range(most):
        await page.mouse.wheel(0, distance)
        await page.wait_for_timeout(16)
        if await page.evaluate(until):
            break
    times = await page.evaluate(FRAMES)
    work = await _busy(devtools) - before
    await devtools.detach()
    return Scrolled([after - before for before, after in itertools.pairwise(times)], work)


async def _busy(devtools: CDPSession) -> float:
    """Milliseconds that the page's own thread has worked so far; not those in which others had the processor."""
    metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
    return next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration") * 1_000


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

    print(f"standing still        {await scroll(page, 0, until='false', most=120)}")
    print(f"up, reading earlier   {await scroll(page, -STEP, until=AT_TOP)}")
    print(f"turns there           {await page.locator('article').count()}")
    print(f"down                  {await scroll(page, STEP, until=AT_END)}")
    print(f"up                    {await scroll(page, -STEP, until=AT_TOP)}")
    print(f"moved by itself (CLS) {await page.evaluate('window.shifted'):.4f}")

    traffic.take()
    await Editor(visitor, slug).says("please fold my laundry")
    await expect(newest).to_have_attribute("data-status", "succeeded", timeout=120_000)
    await visitor.settle()
    print(f"one short turn        {traffic.take():,} bytes of state")


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
