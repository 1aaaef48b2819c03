"""Ten apps on the canvas, edited at random: is what comes out right, and does it still compile?

    python -m benchmarks.canvas [--edits 20]

All files are laid out at first. Each edit is checked by itself (tests/bundler/js/canvas-edits.mjs): nothing but the
edited blocks changes, the page is read back as it was edited, the formatter takes the file and, it is hoped, leaves it
as it is. At the end each app is type-checked and built; what was wrong before does not count.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.select_edit import print_layouts
from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.setup import Installation, installation, prepare
from overskill.clients.bundler import BuildFailed
from tests.bundler.canvas_edits import edit_apps, streamed_apps
from tests.bundler.repairing import model_app, recipe_app
from tests.support_bundler import SHARED_HOME, builds

PROMPTS = (
    "a habit tracker",
    "a kanban board",
    "an invoice maker",
    "a landing page for a bakery",
    "an expense tracker",
    "a quiz about space",
    "a blog about hiking",
)
STREAMS = ("good-four-files", "good-routes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    prepare(SHARED_HOME, print)
    installed = installation(SHARED_HOME)
    streamed = dict(streamed_apps())
    apps = {prompt: recipe_app(prompt) for prompt in PROMPTS}
    apps |= {"a model's recipe book": model_app()} | {name: streamed[name] for name in STREAMS}
    print(f"{'app':28} {'pages':>5} {'edits':>5} {'refused':>7} {'ms an edit':>10} {'type errors':>11}  build")
    layouts: Counter[tuple[str, str]] = Counter()
    for name, files in apps.items():
        done = edit_apps(
            {name: files}, installed, edits=asked.edits, seed=asked.seed, is_written=True, is_laid_out=True
        )
        row = done["rows"][name]
        for kind, counts in done["layouts"].items():
            layouts.update({(kind, layout): times for layout, times in counts.items()})
        added = _type_errors(row["files"], installed) - _type_errors(files, installed)
        for diagnostic in added:
            print(f"  {diagnostic}")
        figures = f"{row['pages']:5} {row['edits']:5} {row['refused']:7} {row['milliseconds']:10.1f} {len(added):11}"
        print(f"{name:28} {figures}  {_build(row['files'], installed)}")
    print_layouts(layouts)


def _type_errors(files: Mapping[str, str], installed: Installation) -> set[str]:
    with tempfile.TemporaryDirectory() as run:
        found = SandboxedInspection(installed, Path(run))(files)
    return {f"{one.file}: {one.message}" for one in found if one.code == "type"}


def _build(files: Mapping[str, str], installed: Installation) -> str:
    with tempfile.TemporaryDirectory() as run:
        try:
            builds(installed, Path(run))(files)
        except BuildFailed as failure:
            return failure.message[:80]
    return "ok"


if __name__ == "__main__":
    main()
