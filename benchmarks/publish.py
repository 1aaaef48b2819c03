"""How long a warm publish takes: from the click to the first answer of the new version at the app's address.

    python -m benchmarks.publish [--runs 20] [--json]

Brings a product of its own up, has the recipes write an app, and drives it with headless Chromium. Before each click
one file of the app is saved with another text, so that the publish to production builds and uploads what nobody built
before; then the same version goes to staging, as one does that a turn has made: its build is kept from then. Also told:
what the rows of the publishes to production say of each step.
"""

import argparse
import asyncio
import json
from concurrent.futures import Future, ThreadPoolExecutor

from playwright.async_api import Browser, async_playwright, expect
from sqlmodel import col, select

from benchmarks.journey import Figures, clock_difference, first_answer, quiet
from overskill.models import App, Deployment, DeploymentEnvironment
from tests.browser.editor import Editor, describe
from tests.browser.visitor import PASSWORD, launch, open_visitor
from tests.support_product import Product, running_product

PROMPT = "a habit tracker with streaks"
CHANGED = "src/App.tsx"
REMEMBER_CLICKS = (
    "addEventListener('click', () => (window.clickedAt = performance.timeOrigin + performance.now()), true)"
)


async def measure(product: Product, browser: Browser, runs: int, figures: Figures) -> int:
    """How many files the app has."""
    visitor = await open_visitor(product, browser, "benchmark")
    await visitor.bring(await visitor.sign_up("benchmark@example.com", PASSWORD))
    await visitor.page.context.add_init_script(REMEMBER_CLICKS)
    editor = await describe(visitor, PROMPT)
    await editor.reaches(1)
    panel = await editor.tab("Publish")
    ahead = await clock_difference(visitor.page)
    await panel.get_by_role("button", name="Publish").click()
    await editor.is_live(1)
    for run in range(runs):
        version = await saved(product, editor, run)
        for place, host, name in (
            ("Production", editor.slug, "click → first 200, built anew"),
            ("Staging", f"staging--{editor.slug}", "click → first 200, built before"),
        ):
            await panel.get_by_role("radio", name=place).first.click()
            button = panel.get_by_role("button", name="Publish")
            await expect(button).to_be_enabled()
            quiet()
            with ThreadPoolExecutor(1) as pool:
                answered: Future[float] = pool.submit(first_answer, product, host, str(version))
                await button.click()
                clicked = float(await visitor.page.evaluate("clickedAt")) - ahead
                figures.add(name, await asyncio.wrap_future(answered) - clicked)
            await expect(panel.get_by_text(f"Version {version} is live in {place.lower()}")).to_be_visible()
    return rows_tell(product, editor.slug, figures)


async def saved(product: Product, editor: Editor, run: int) -> int:
    """The number of a version that differs in one file."""
    page, address = editor.page, f"{product.url}/api/studio/{editor.slug}/files"
    file = await (await page.request.get(f"{address}/{CHANGED}")).json()
    text = f"{file['text'].split('// run')[0].rstrip()}\n// run\nexport const run = {run};\n"
    change = {"path": CHANGED, "text": text, "base": file["checksum"]}
    headers = {"origin": product.url}
    answer = await page.request.post(address, data={"changes": [change], "note": f"Run {run}"}, headers=headers)
    assert answer.ok, await answer.text()
    with product.session() as session:
        return session.exec(select(App.current_version).where(App.slug == editor.slug)).one()


def rows_tell(product: Product, slug: str, figures: Figures) -> int:
    with product.session() as session:
        rows = session.exec(
            select(Deployment)
            .join(App, col(App.id) == col(Deployment.app_id))
            .where(App.slug == slug, Deployment.environment == DeploymentEnvironment.PRODUCTION)
            .order_by(col(Deployment.created_at))
            .offset(1)
        ).all()
        for row in rows:
            if row.build_started_at and row.build_completed_at and row.deploy_started_at and row.deploy_completed_at:
                figures.add("of it checking for unsafe code", _checking_seconds(row) * 1000)
                figures.add(
                    "of it checking and building",
                    (row.build_completed_at - row.build_started_at).total_seconds() * 1000,
                )
                switched = row.deploy_completed_at - row.deploy_started_at
                figures.add("of it uploading and switching", switched.total_seconds() * 1000)
    return max(_files_in(row) for row in rows)


def _checking_seconds(row: Deployment) -> float:
    at = {line["text"].split()[0]: float(line["at"]) for line in row.log}
    return at["Building"] - at.get("Checking", at["Building"])


def _files_in(row: Deployment) -> int:
    """ "Building version 3: 51 files"."""
    told = next((line["text"] for line in row.log if line["text"].startswith("Building version")), "0 files")
    return int(told.split()[-2])


async def publishes(runs: int, figures: Figures) -> int:
    with running_product() as product:
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            files = await measure(product, browser, runs, figures)
            await browser.close()
            return files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures = Figures()
    files = asyncio.run(publishes(chosen.runs, figures))
    if chosen.json:
        print(json.dumps({"files": files, **figures.summary()}, ensure_ascii=False))
        return
    print(f"an app of {files} files")
    for name, told in figures.summary().items():
        print(f"{name:42} n={told['runs']:3}  p50 {told['p50_ms']:6} ms  p95 {told['p95_ms']:6} ms")


if __name__ == "__main__":
    main()
