"""How long an app of 400 files takes to open in the studio.

    .venv/bin/python -m benchmarks.open_studio [--files 400] [--runs 5] [--starts 1] [--fresh-browser]

Brings a product of its own up and drives it with headless Chromium. From the address to: the chat and its newest
message painted, the app running in the preview, and, after a click on Code, its files there. Each run is a browser that
was never here; "again" is the same browser once more, with the site's files kept.

"First after a start" is the opening before which nobody asked the product anything since it was started; `--starts`
starts it as often, and each time counts. The browser has been used, as a person's has been; with `--fresh-browser` it
was started just then, so that its own first page counts as well. Others on this machine make it slower: the load is
told with each.
"""

import argparse
import asyncio
import os
import statistics
import time
from pathlib import Path

from playwright.async_api import Browser, Playwright, async_playwright
from sqlmodel import select

from benchmarks.journey import quiet
from overskill.models import User
from overskill.starter import starter_files
from tests.browser.editor import PREVIEW
from tests.browser.visitor import PASSWORD, Account, Visitor, launch, open_visitor
from tests.studio_rows import long_app
from tests.support_product import Product, running_product

EMAIL = "open@example.com"
TURNS = 3
NEWEST = f"Message {TURNS - 1}"
WATCH = (Path(__file__).parent / "open_studio_watch.js").read_text().replace("NEWEST", NEWEST)
FIRST = "first after a start"

Figures = dict[str, list[float]]


async def open_once(visitor: Visitor, slug: str) -> dict[str, float]:
    """Seconds since the address was given."""
    page = visitor.page
    started = time.time()
    await page.goto(f"{visitor.product.url}/studio/{slug}")
    await page.locator("article").last.get_by_text(NEWEST).wait_for()
    await page.frame_locator(PREVIEW).locator("#root > *").first.wait_for()
    # As the page saw it: what waits for it from outside looks only twice a second.
    shown = {frame is page.main_frame: await frame.evaluate("shownAt / 1000") for frame in page.frames}
    marks = {"chat": shown[True] - started, "preview": shown[False] - started}
    clicked = time.monotonic()
    await page.get_by_role("tab", name="Code").click()
    await page.locator("#panel-code").get_by_text("App.tsx").first.wait_for()
    marks["code, after a click"] = time.monotonic() - clicked
    await page.get_by_role("tab", name="Preview").click()  # a reload opens the tab that was open
    await page.locator(PREVIEW).wait_for()
    return marks


async def newcomer(product: Product, browser: Browser, account: Account) -> Visitor:
    """A browser that was never here, with its window drawn."""
    visitor = await open_visitor(product, browser, "open-studio")
    await visitor.bring(account)
    await visitor.page.context.add_init_script(WATCH)
    quiet()
    return visitor


async def after_starts(
    product: Product, playwright: Playwright, used: Browser, account: Account, slug: str, starts: int, *, fresh: bool
) -> Figures:
    figures: Figures = {}
    for number in range(starts):
        product.stop()
        product.start()
        browser = await launch(playwright) if fresh else used
        visitor = await newcomer(product, browser, account)
        load = os.getloadavg()[0]
        marks = await open_once(visitor, slug)
        add(figures, FIRST, marks)
        print(f"{FIRST}, {number + 1}: {told(marks)} (up in {product.start_seconds:.1f} s; load {load:.1f})")
        await visitor.page.context.close()
        if fresh:
            await browser.close()
    return figures


async def run(files: int, runs: int, starts: int, *, fresh: bool) -> None:
    with running_product() as product:
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            maker = await open_visitor(product, browser, "open-studio")
            account = await maker.sign_up(EMAIL, PASSWORD, name="Open")
            await maker.page.context.close()
            with product.session() as session:
                user = session.exec(select(User).where(User.email == EMAIL)).one()
                slug = long_app(session, user.id, files=files - len(starter_files()), turns=TURNS)
                session.commit()
            figures = await after_starts(product, playwright, browser, account, slug, starts, fresh=fresh)
            for _ in range(runs):
                visitor = await newcomer(product, browser, account)
                for kind in ("first", "again"):
                    add(figures, kind, await open_once(visitor, slug))
                await visitor.page.context.close()
            await browser.close()
    for name, seconds in sorted(figures.items(), reverse=True):
        print(f"{name:<40} p50 {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s")


def add(figures: Figures, kind: str, marks: dict[str, float]) -> None:
    for name, seconds in marks.items():
        figures.setdefault(f"{kind}: {name}", []).append(seconds)


def told(marks: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in marks.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--starts", type=int, default=1, help="how often to start it and measure the first opening")
    parser.add_argument("--fresh-browser", action="store_true", help="start the browser anew for each of those")
    options = parser.parse_args()
    asyncio.run(run(options.files, options.runs, options.starts, fresh=options.fresh_browser))


if __name__ == "__main__":
    main()
