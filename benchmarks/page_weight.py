"""How much JavaScript the page of the editor loads, gzipped: until it can be used, and once the code tab is opened.

    .venv/bin/python -m benchmarks.page_weight

Brings a product of its own up, and opens an app in headless Chromium with nothing cached. Each script that the browser
receives is gzipped here, so that it does not matter how it travelled.
"""

import argparse
import asyncio
import gzip
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Response, async_playwright, expect

from tests.browser.editor import Editor, describe
from tests.browser.visitor import PASSWORD, launch, open_visitor
from tests.support_product import Product, running_product

MOST_KB = 450  # before the code tab is opened


@dataclass
class Scripts:
    """The gzipped size of each script by its name, and which of them came lately."""

    sizes: dict[str, int] = field(default_factory=dict)
    waiting: list[asyncio.Task[None]] = field(default_factory=list)

    def hear(self, response: Response) -> None:
        if response.ok and urlsplit(response.url).path.endswith((".js", ".mjs")):
            self.waiting.append(asyncio.ensure_future(self._weigh(response)))

    async def _weigh(self, response: Response) -> None:
        self.sizes[urlsplit(response.url).path] = len(gzip.compress(await response.body(), 6))

    async def tell(self, moment: str) -> float:
        await asyncio.gather(*self.waiting)
        kilobytes = sum(self.sizes.values()) / 1_000
        largest = sorted(self.sizes.items(), key=lambda each: -each[1])[:4]
        names = ", ".join(f"{path.rpartition('/')[2]} {size / 1_000:.0f}" for path, size in largest)
        print(f"{moment:<26} {kilobytes:7.1f} KB in {len(self.sizes):3} scripts   (largest: {names})")
        return kilobytes


async def weigh(product: Product) -> bool:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        maker = await open_visitor(product, browser, "page-weight")
        account = await maker.sign_up("weight@example.com", PASSWORD, name="Ada Lovelace")
        made = await describe(maker, "a habit tracker with streaks")
        await made.reaches(1)

        visitor = await open_visitor(product, browser, "page-weight")
        await visitor.bring(account)
        scripts = Scripts()
        # Not those of the preview's frame: they are the app's.
        visitor.page.on("response", lambda each: scripts.hear(each) if each.frame == visitor.page.main_frame else None)
        editor = Editor(visitor, made.slug)
        await editor.open()
        await expect(editor.turns.first).to_be_visible()
        before = await scripts.tell("until it can be used")
        code = await editor.tab("Code")
        await expect(code.locator(".cm-content")).to_be_visible()
        await scripts.tell("with the code tab open")
        await browser.close()
    return before < MOST_KB


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with running_product() as product:
        is_light = asyncio.run(weigh(product))
    print("Good." if is_light else f"Too heavy: at most {MOST_KB} KB before the code tab is opened.")
    raise SystemExit(not is_light)


if __name__ == "__main__":
    main()
