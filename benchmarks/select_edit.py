"""Select to edit: how many edits can be made without a model, and how long until one is on the screen.

    python -m benchmarks.select_edit [--edits 20] [--clicks 20]

First so many edits are made, by lot, of each of ten apps, recipes' and models' (tests/bundler/js/edit-apps.mjs): all
files are laid out before, and the formatter is to leave an edited one as it is; types are checked before and after.
Then a product of its own is started, and an element of a recipe's app is changed by clicks: until the change is shown
(before the code has it), and until the preview drew the changed code. Each click waits until the machine is quiet, 2 s
at most.
"""

import argparse
import asyncio
import re
import tempfile
from collections import Counter
from pathlib import Path

from playwright.async_api import Frame, Page, async_playwright

from benchmarks.journey import PROMPT, quiet, summarize
from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.setup import Installation, installation, prepare
from tests.browser.editor import Editor, describe
from tests.browser.visitor import PASSWORD, launch, open_visitor
from tests.bundler.editing import edit, ten_apps
from tests.support_bundler import SHARED_HOME
from tests.support_product import running_product

WATCH_PAGE = """() => {
  const now = () => performance.timeOrigin + performance.now();
  window.watched = {};
  for (const name of ["click", "keydown"])
    addEventListener(name, () => (window.watched = { at: now() }), { capture: true });
  addEventListener("message", ({ data }) => {
    if (data?.type === "rendered") window.watched.code ??= now();
  });
}"""
WATCH_FRAME = """() => {
  const now = () => performance.timeOrigin + performance.now();
  window.changes = [];
  const seen = () => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.changes.push(now());
    channel.port2.postMessage(0);
  });
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(seen).observe(document.getElementById("root"), all);
}"""


def edits(count: int, installed: Installation, folder: Path) -> None:
    inspect = SandboxedInspection(installed, folder / "run")
    apps = ten_apps()
    print(f"{'app':66} tried applied refused problems types")
    reasons: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    layouts: Counter[tuple[str, str]] = Counter()
    for done in edit(apps, count, installed, folder, is_laid_out=True):
        layouts.update((each["kind"], each["layout"]) for each in done["edits"] if "layout" in each)
        tried = done["edits"]
        refused = [each["refused"] for each in tried if "refused" in each]
        problems = [problem for each in tried for problem in each.get("problems", ())]
        broken = type_errors(inspect, done["files"]) - type_errors(inspect, apps[done["name"]])
        reasons.update(general(each) for each in refused)
        row = {
            "tried": len(tried),
            "applied": len(tried) - len(refused),
            "refused": len(refused),
            "problems": len(problems),
            "types": len(broken),
        }
        totals.update(row)
        print(f"{done['name'][:66]:66} " + " ".join(f"{row[name]:{len(name)}}" for name in row))
        for line in (*problems, *sorted(broken)):
            print(f"    {line}")
    print(f"{'all':66} " + " ".join(f"{totals[name]:{len(name)}}" for name in totals))
    print_layouts(layouts)
    print("\nRefused because")
    for reason, times in reasons.most_common():
        print(f"{times:5}  {reason}")


def print_layouts(layouts: Counter[tuple[str, str]]) -> None:
    """Of the edits of files that were laid out before: after how many they still are."""
    print("\nStill laid out")
    kinds = list(dict.fromkeys(kind for kind, _ in layouts))
    for kind in kinds:
        kept, lost = layouts[kind, "kept"], layouts[kind, "lost"]
        print(f"{kind:10} {kept:4} of {kept + lost:4}")
    kept, lost = (sum(layouts[kind, layout] for kind in kinds) for layout in ("kept", "lost"))
    print(f"{'all':10} {kept:4} of {kept + lost:4}")


def type_errors(inspect: SandboxedInspection, files: dict[str, str]) -> set[str]:
    return {f"{each.file}: {each.message}" for each in inspect(files) if each.severity == "error"}


def general(reason: str) -> str:
    """Without the names in it."""
    words = re.sub(r"`[^`]*`", "`…`", reason)
    return re.sub(
        r"\b(?:[A-Z]\w*\.?)+(?= (?:decides|has no|needs|is used|instead|can hold|holds|is one))|(?<=of )[A-Z]\w+",
        "…",
        words,
    )


async def clicks(count: int) -> None:
    with running_product() as product:
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            visitor = await open_visitor(product, browser, "benchmark")
            await visitor.sign_up("benchmark@example.com", PASSWORD)
            editor = await describe(visitor, PROMPT)
            await editor.reaches(1)
            for name, times in (await measure(editor, count)).items():
                told = summarize(times)
                print(f"{name:34} n={told['runs']:3}  p50 {told['p50_ms']:5} ms  p95 {told['p95_ms']:5} ms")
            await browser.close()


async def measure(editor: Editor, count: int) -> dict[str, list[float]]:
    page = editor.page
    await page.get_by_role("button", name="Select", exact=True).click()
    await editor.preview.get_by_role("heading", level=1).first.click()
    await page.get_by_text("h1, wherever").click()
    larger, smaller = page.get_by_label("Size: more"), page.get_by_label("Size: less")
    await larger.wait_for()
    await page.evaluate(WATCH_PAGE)
    frame = await editor.frame()
    await frame.evaluate(WATCH_FRAME)
    times: dict[str, list[float]] = {}
    for run in range(count):
        quiet()
        await frame.evaluate("window.changes.length = 0")
        await (larger, smaller)[run % 2].click()
        await note("class", times, page, frame)
    await page.get_by_text("PageHeader, only here").click()
    title = page.get_by_label("Title", exact=True)
    await title.wait_for()
    for run in range(count):
        quiet()
        await title.fill(f"Today {run}")
        await frame.evaluate("window.changes.length = 0")
        await title.press("Enter")
        await note("text", times, page, frame)
    return times


async def note(kind: str, times: dict[str, list[float]], page: Page, frame: Frame) -> None:
    await page.wait_for_function("window.watched.code > 0")
    watched = await page.evaluate("window.watched")
    changes = await frame.evaluate("window.changes")
    times.setdefault(f"{kind}: click → shown", []).append(min([*changes, watched["code"]]) - watched["at"])
    times.setdefault(f"{kind}: click → code on the screen", []).append(watched["code"] - watched["at"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--clicks", type=int, default=20)
    chosen = parser.parse_args()
    prepare(SHARED_HOME, print)
    with tempfile.TemporaryDirectory() as folder:
        edits(chosen.edits, installation(SHARED_HOME), Path(folder))
    if chosen.clicks:
        asyncio.run(clicks(chosen.clicks))


if __name__ == "__main__":
    main()
