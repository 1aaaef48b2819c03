"""How long from a changed file to the changed picture, and from all files to the first one.

    python -m benchmarks.preview_edit [samples]

Starts a daemon and headless Chromium of its own; painted_edits.py says how it is measured. Beside Vite's own server:
preview_vs_vite.py.
"""

import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.painted_edits import (
    CHART_PAGE,
    ORDINARY_PAGE,
    Edit,
    headless_browser,
    milliseconds_until,
    new_page,
    summary,
    watch,
)
from benchmarks.preview_sample import sample_files
from overskill.bundler.setup import installation, prepare
from tests.support_bundler import SHARED_HOME, RunningBundler, running_bundler

KEY = "bench-edit"


def measure(bundler: RunningBundler, page: Page, edit: Edit, samples: int) -> list[float]:
    original = sample_files()[edit.file]
    found = []
    for n in range(samples):
        changes = {edit.file: edit.text(original, n)}
        found.append(milliseconds_until(page, edit.when(n), partial(_update, bundler, changes)))
        time.sleep(0.1)
    bundler.client.update(KEY, {edit.file: original})
    time.sleep(0.4)
    return found


def _update(bundler: RunningBundler, changes: Mapping[str, str]) -> None:
    applied = bundler.client.update(KEY, changes)
    assert not applied.diagnostics, applied.diagnostics


def measure_first_picture(bundler: RunningBundler, page: Page, samples: int) -> list[float]:
    """A shell is open in the browser, as while a model writes; then all files come at once."""
    found = []
    for index in range(samples):
        key = f"bench-first-{index}"
        bundler.client.shell(key)
        page.goto(bundler.address(key))
        page.wait_for_selector("text=Writing your app…")
        time.sleep(0.3)
        watch(page)
        charts = "document.querySelector('svg.recharts-surface path')"
        found.append(milliseconds_until(page, charts, partial(bundler.client.open, key, sample_files())))
        bundler.client.close(key)
    return found


def main(samples: int) -> None:
    prepare(SHARED_HOME, print)
    with (
        tempfile.TemporaryDirectory() as home,
        running_bundler(Path(home), installation(SHARED_HOME)) as bundler,
        headless_browser() as browser,
    ):
        page = new_page(browser)
        print(
            summary("all files, into an open shell", measure_first_picture(bundler, page, max(5, samples // 2))),
            flush=True,
        )
        bundler.client.open(KEY, sample_files())
        page.goto(bundler.address(KEY))
        page.wait_for_selector("svg.recharts-surface")
        watch(page)
        for _ in range(3):
            page.click("[data-testid=counter]")
        for edit in CHART_PAGE:
            print(summary(edit.name, measure(bundler, page, edit, samples)), flush=True)
        assert page.inner_text("[data-testid=counter]") == "3", "the page lost its state"
        page.click("a[href='/tasks']")
        for edit in ORDINARY_PAGE:
            print(summary(edit.name, measure(bundler, page, edit, samples)), flush=True)
        print("daemon:", {name: round(value) for name, value in bundler.client.stats().items()})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
