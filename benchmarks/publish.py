"""How long a warm publish takes: from the click to the first answer of the new version at the app's address.

    python -m benchmarks.publish [--runs 20] [--files 25] [--json]

Brings a product of its own up, has the recipes write an app, and drives it with headless Chromium. Before each click
one file of the app is saved with another text, so that the publish to production builds and uploads what nobody built
before; then the same version goes to staging, as one does that a turn has made: its build is kept from then. Also told:
what the rows of the publishes to production say of each step, and how busy the machine was.

With --files 25 the app is the one of that many files that benchmarks/production_build.py builds.
"""

import argparse
import asyncio
import json
import os
import re
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from playwright.async_api import Browser, Locator, async_playwright, expect
from sqlmodel import col, select

from benchmarks.journey import Figures, clock_difference, first_answer, quiet
from benchmarks.production_build import medium_app
from overskill.models import App, Deployment, DeploymentEnvironment
from tests.browser.editor import Editor, describe
from tests.browser.visitor import PASSWORD, launch, open_visitor
from tests.support_product import Product, running_product

PROMPT = "a habit tracker with streaks"
PUBLISH = re.compile(r"^Publish\b")
CHANGED = "src/App.tsx"
A_MOMENT = 2.0  # seconds that somebody looks for the button
REMEMBER_CLICKS = (
    "addEventListener('click', () => (window.clickedAt = performance.timeOrigin + performance.now()), true)"
)
STEPS = {  # the first word of a line of a publish's log: what it began
    "Begun": "claiming",
    "Checking": "checking for unsafe code",
    "Building": "building",
    "Built": "uploading",
    "Already": "uploading",
    "Uploaded.": "switching, looking at it",
    "Live": "",
}


@dataclass
class Publishing:
    """An app of some files in the editor, at its publish tab."""

    product: Product
    editor: Editor
    panel: Locator
    ahead: float  # milliseconds that the page's clock is ahead of ours
    clicks: dict[int, float] = field(default_factory=dict)  # version -> when it was sent to production

    async def publishes(self, place: str, version: int) -> float:
        """Milliseconds from the click to the first answer of this version."""
        host = self.editor.slug if place == "Production" else f"{place.lower()}--{self.editor.slug}"
        await self.panel.get_by_role("radio", name=place).first.click()
        button = self.panel.get_by_role("button", name=PUBLISH)
        await expect(button).to_be_enabled()
        with ThreadPoolExecutor(1) as pool:
            answered: Future[float] = pool.submit(first_answer, self.product, host, str(version))
            await button.click()
            clicked = float(await self.editor.page.evaluate("clickedAt")) - self.ahead
            took = await asyncio.wrap_future(answered) - clicked
        await expect(self.panel.get_by_text(f"Version {version} is live in {place.lower()}")).to_be_visible()
        if place == "Production":
            self.clicks[version] = clicked
        return took


async def measure(product: Product, browser: Browser, runs: int, files: int, figures: Figures) -> int:
    """How many files the app has."""
    visitor = await open_visitor(product, browser, "benchmark")
    await visitor.bring(await visitor.sign_up("benchmark@example.com", PASSWORD))
    await visitor.page.context.add_init_script(REMEMBER_CLICKS)
    editor = await describe(visitor, PROMPT)
    await editor.reaches(1)
    if files:
        await becomes(editor, medium_app())
    panel = await editor.tab("Publish")
    publishing = Publishing(product, editor, panel, await clock_difference(visitor.page))
    await publishing.publishes("Production", await saved(editor, "first"))
    publishing.clicks.clear()
    for run in range(runs):
        for words, moment in (("at once", 0.0), ("a moment later", A_MOMENT)):
            quiet()
            version = await saved(editor, f"{run} {words}")
            await asyncio.sleep(moment)
            took = await publishing.publishes("Production", version)
            figures.add(f"saved, published {words}: click → first 200", took)
            quiet()
            figures.add("built before: click → first 200", await publishing.publishes("Staging", version))
    rows_tell(publishing, figures)
    return len(await files_of(editor))


async def saved(editor: Editor, run: str) -> int:
    """The number of a version that differs in one file."""
    file = await (await editor.page.request.get(f"{address_of(editor)}/{CHANGED}")).json()
    text = f"{file['text'].split('// run')[0].rstrip()}\n// run\nexport const run = {run!r};\n"
    return await save(editor, [{"path": CHANGED, "text": text, "base": file["checksum"]}])


async def becomes(editor: Editor, files: Mapping[str, str]) -> None:
    """The app has exactly these files from now on."""
    before = {row["path"]: row["checksum"] for row in await files_of(editor)}
    await save(
        editor,
        [
            {"path": path, "text": files.get(path), "base": before.get(path)}
            for path in sorted(before.keys() | files.keys())
        ],
    )


async def files_of(editor: Editor) -> list[dict[str, Any]]:
    listed = await (await editor.page.request.get(address_of(editor))).json()
    found: list[dict[str, Any]] = listed["files"]
    return found


async def save(editor: Editor, changes: list[dict[str, Any]]) -> int:
    site = editor.page.url.partition("/studio/")[0]
    answer = await editor.page.request.post(
        address_of(editor), data={"changes": changes, "note": "Run"}, headers={"origin": site}
    )
    assert answer.ok, await answer.text()
    return int((await answer.json())["version"])


def address_of(editor: Editor) -> str:
    site, _, slug = editor.page.url.partition("/studio/")
    return f"{site}/api/studio/{slug.partition('?')[0]}/files"


def rows_tell(publishing: Publishing, figures: Figures) -> None:
    """Of the publishes to production that were built, where their time went."""
    with publishing.product.session() as session:
        rows = session.exec(
            select(Deployment)
            .join(App, col(App.id) == col(Deployment.app_id))
            .where(App.slug == publishing.editor.slug, Deployment.environment == DeploymentEnvironment.PRODUCTION)
        ).all()
        for row in rows:
            if row.version in publishing.clicks and row.build_started_at:
                asked = row.created_at.timestamp() * 1000
                figures.add("of it: click → asked", asked - publishing.clicks[row.version])
                figures.add("of it: asked → begun", row.build_started_at.timestamp() * 1000 - asked)
                for before, after in pairwise([{"text": "Begun", "at": 0.0}, *row.log]):
                    step = STEPS.get(before["text"].split()[0])
                    if step:
                        figures.add(f"of it: {step}", (float(after["at"]) - float(before["at"])) * 1000)


async def publishes(runs: int, files: int, figures: Figures) -> int:
    with running_product() as product:
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            found = await measure(product, browser, runs, files, figures)
            await browser.close()
            return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument(
        "--files", type=int, default=0, choices=(0, 25), help="of the app; else as the recipes write it"
    )
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures, before = Figures(), os.getloadavg()[0]
    files = asyncio.run(publishes(chosen.runs, chosen.files, figures))
    load = [round(before, 1), round(os.getloadavg()[0], 1)]
    if chosen.json:
        print(json.dumps({"files": files, "load": load, **figures.summary()}, ensure_ascii=False))
        return
    print(f"an app of {files} files; load {load[0]} before, {load[1]} after")
    for name, told in figures.summary().items():
        print(f"{name:54} n={told['runs']:3}  p50 {told['p50_ms']:6} ms  p95 {told['p95_ms']:6} ms")


if __name__ == "__main__":
    main()
