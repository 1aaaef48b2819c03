"""How long an app of 400 files takes to open in the studio.

    .venv/bin/python -m benchmarks.open_studio [--files 400] [--runs 5]

Brings a product of its own up and drives it with headless Chromium. From the address to: the chat and its newest
message painted, the app running in the preview, and, after a click on Code, its files there. Each run is a browser that
was never here; "again" is the same browser once more, with the site's files kept.
"""

import argparse
import asyncio
import statistics
import time

from playwright.async_api import async_playwright
from sqlmodel import select

from overskill.models import User
from overskill.starter import starter_files
from tests.browser.editor import PREVIEW
from tests.browser.visitor import PASSWORD, Visitor, launch, open_visitor
from tests.studio_rows import long_app
from tests.support_product import running_product

EMAIL = "open@example.com"
TURNS = 3


async def open_once(visitor: Visitor, slug: str) -> dict[str, float]:
    """Seconds since the address was given."""
    page = visitor.page
    started = time.monotonic()
    marks: dict[str, float] = {}
    await page.goto(f"{visitor.product.url}/studio/{slug}")
    await page.locator("article").last.get_by_text(f"Message {TURNS - 1}").wait_for()
    marks["chat"] = time.monotonic() - started
    await page.frame_locator(PREVIEW).locator("#root > *").first.wait_for()
    marks["preview"] = time.monotonic() - started
    clicked = time.monotonic()
    await page.get_by_role("tab", name="Code").click()
    await page.locator("#panel-code").get_by_text("App.tsx").first.wait_for()
    marks["code, after a click"] = time.monotonic() - clicked
    await page.get_by_role("tab", name="Preview").click()  # a reload opens the tab that was open
    await page.locator(PREVIEW).wait_for()
    return marks


async def run(files: int, runs: int) -> None:
    with running_product() as product:
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            maker = await open_visitor(product, browser, "open-studio")
            account = await maker.sign_up(EMAIL, PASSWORD, name="Open")
            with product.session() as session:
                user = session.exec(select(User).where(User.email == EMAIL)).one()
                slug = long_app(session, user.id, files=files - len(starter_files()), turns=TURNS)
                session.commit()
            figures: dict[str, list[float]] = {}
            for _ in range(runs):
                visitor = await open_visitor(product, browser, "open-studio")
                await visitor.bring(account)
                for kind in ("first", "again"):
                    for name, seconds in (await open_once(visitor, slug)).items():
                        figures.setdefault(f"{kind}: {name}", []).append(seconds)
                await visitor.page.context.close()
            await browser.close()
    for name, seconds in sorted(figures.items(), reverse=True):
        print(f"{name:<28} p50 {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    asyncio.run(run(options.files, options.runs))


if __name__ == "__main__":
    main()
