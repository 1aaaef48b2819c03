"""What comes of prompts that name no recipe: each is written, published and opened; a table says how it went.

    python -m benchmarks.thirty_prompts [--prompts benchmarks/prompts.txt] [--out .artifacts/prompts]

Brings a product of its own up, without a model. Each app must build, have no type error and no error in the
browser's console; whether it shows what its prompt named is for eyes: contact-1.png … has all of them.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, async_playwright
from sqlmodel import col, select

from overskill.bundler.setup import installation
from overskill.models import App
from overskill.services.apps import read_files
from overskill.starter import starter_files
from tests.browser.visitor import launch, open_visitor
from tests.services.recipes.type_check import type_errors
from tests.support_edge import ask
from tests.support_product import Product, running_product

SETTLED_MILLISECONDS = 600
COLUMNS, ROWS, TILE = 3, 4, (640, 460)


@dataclass
class Outcome:
    prompt: str
    slug: str = ""
    name: str = ""
    heading: str = ""
    preview_url: str = ""
    picture: Path = Path()
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def make_app(product: Product, prompt: str) -> Outcome:
    began = time.monotonic()
    command = product.begin("new", prompt, "--publish", "--json")
    if command.wait() != 0:
        return Outcome(prompt, wrong=[command.progress.strip().splitlines()[-1]])
    made = command.finish()
    outcome = Outcome(prompt, made["slug"], made["name"], preview_url=made["preview_url"])
    outcome.seconds = time.monotonic() - began
    status = ask(product.ports.edge, host=f"{outcome.slug}.localhost").status
    if status != 200:
        outcome.wrong.append(f"published, but answers {status}")
    return outcome


async def look_at(product: Product, browser: Browser, outcome: Outcome, folder: Path) -> None:
    visitor = await open_visitor(product, browser, "prompts")
    page = visitor.page
    await page.goto(outcome.preview_url)
    await page.locator("main").first.wait_for()
    await page.wait_for_timeout(SETTLED_MILLISECONDS)
    headings = await page.locator("h1").all_inner_texts()
    outcome.heading = headings[0] if headings else ""
    outcome.picture = folder / f"{outcome.slug}.png"
    await page.screenshot(path=outcome.picture)
    outcome.wrong += visitor.complaints
    if not headings:
        outcome.wrong.append("there is no h1")
    await page.context.close()


def check_types(product: Product, outcomes: Sequence[Outcome]) -> None:
    """All at once: the compiler takes longer to start than for an app."""
    starter = starter_files()
    by_slug = {outcome.slug: outcome for outcome in outcomes if outcome.slug}
    with product.session() as session:
        rows = session.exec(select(App).where(col(App.slug).in_(by_slug))).all()
        files = {row.slug: read_files(session, row.id) for row in rows}
    own = {
        slug: {path: text for path, text in each.items() if starter.get(path) != text} for slug, each in files.items()
    }
    for error in type_errors(own, installation(product.home)):
        mentioned = [outcome for slug, outcome in by_slug.items() if f"{slug}/" in error] or outcomes
        mentioned[0].wrong.append(error)


def contact_sheets(outcomes: Sequence[Outcome], folder: Path) -> list[Path]:
    shown = [outcome for outcome in outcomes if outcome.picture.is_file()]
    per_sheet, (width, height) = COLUMNS * ROWS, TILE
    sheets = []
    for first in range(0, len(shown), per_sheet):
        here = shown[first : first + per_sheet]
        sheet = Image.new("RGB", (COLUMNS * width, -(-len(here) // COLUMNS) * height), "white")
        draw = ImageDraw.Draw(sheet)
        for place, outcome in enumerate(here):
            left, top = place % COLUMNS * width, place // COLUMNS * height
            draw.text((left + 6, top + 4), outcome.prompt, fill="black", font_size=16)
            picture = Image.open(outcome.picture)
            picture.thumbnail((width - 8, height - 30))
            sheet.paste(picture, (left + 4, top + 26))
        sheets.append(folder / f"contact-{len(sheets) + 1}.png")
        sheet.save(sheets[-1])
    return sheets


async def run(prompts: Sequence[str], folder: Path) -> list[Outcome]:
    with running_product() as product:
        outcomes = [make_app(product, prompt) for prompt in prompts]
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            for outcome in outcomes:
                if outcome.slug:
                    await look_at(product, browser, outcome, folder)
            await browser.close()
        check_types(product, outcomes)
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prompts", type=Path, default=Path(__file__).parent / "prompts.txt")
    parser.add_argument("--out", type=Path, default=Path(".artifacts/prompts"))
    chosen = parser.parse_args()
    prompts = [line for line in chosen.prompts.read_text().splitlines() if line.strip()]
    chosen.out.mkdir(parents=True, exist_ok=True)
    outcomes = asyncio.run(run(prompts, chosen.out))
    for outcome in outcomes:
        verdict = "ok" if not outcome.wrong else outcome.wrong[0]
        told = f"{outcome.prompt[:52]:52}  {outcome.name[:18]:18}  {outcome.heading[:18]:18}"
        print(f"{outcome.seconds:5.1f} s  {told}  {verdict}")
    print("Pictures:", *contact_sheets(outcomes, chosen.out))
    return sum(bool(outcome.wrong) for outcome in outcomes)


if __name__ == "__main__":
    raise SystemExit(main())
