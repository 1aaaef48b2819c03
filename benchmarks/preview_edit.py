"""How long from a changed file to the changed picture, and from all files to the first one.

    python -m benchmarks.preview_edit [samples]

Starts a daemon and headless Chromium of its own. Each sample waits until the machine is quiet (at most 2 s): the
figures are those of a quiet machine, without a network. "Painted" is the frame after the DOM shows the edit.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

from benchmarks.preview_sample import sample_files
from overskill.bundler.setup import installation, prepare
from tests.support_browser import find_browser
from tests.support_bundler import SHARED_HOME, RunningBundler, running_bundler

KEY = "bench-edit"
TITLE = "document.querySelector('[data-testid=title]')"
OBSERVE = """() => {
  const now = () => performance.timeOrigin + performance.now();
  const check = () => {
    const wanted = window.wanted;
    if (!wanted || wanted.seen) return;
    try { if (!(0, eval)(wanted.when)) return; } catch { return; }
    wanted.seen = now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { wanted.painted = now(); };
      channel.port2.postMessage(0);
    });
  };
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(check).observe(document, everything);
  setInterval(check, 4);
}"""


@dataclass
class Series:
    name: str
    file: str
    edit: Callable[[str, int], str]
    when: Callable[[int], str]
    milliseconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        ordered = sorted(self.milliseconds)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return f"{self.name:34} n={len(ordered):3}  p50 {statistics.median(ordered):6.1f} ms  p95 {p95:6.1f} ms"


CHART_PAGE = [
    Series(
        "text, page with charts",
        "src/pages/dashboard.tsx",
        lambda text, i: text.replace("Welcome back", f"Hello {i}!"),
        lambda i: f"{TITLE}.textContent === 'Hello {i}!'",
    ),
    Series(
        "first use of a class, with charts",
        "src/pages/dashboard.tsx",
        lambda text, i: text.replace("text-2xl", f"text-[{20 + i}.5px]"),
        lambda i: f"getComputedStyle({TITLE}).fontSize === '{20 + i}.5px'",
    ),
    Series(
        "component, ui/button.tsx",
        "src/components/ui/button.tsx",
        lambda text, i: f"const mark = {i};\n{text.replace('className={', 'data-mark={mark} className={')}",
        lambda i: f"document.querySelector('[data-testid=counter]').dataset.mark === '{i}'",
    ),
    Series(
        "plain module, lib/sales.ts",
        "src/lib/sales.ts",
        lambda text, i: text.replace(".format(value)", f'.format(value) + "~{i}"'),
        lambda i: f"document.body.textContent.includes('~{i}')",
    ),
    Series(
        "CSS variable",
        "src/index.css",
        lambda text, i: text.replace("--radius: 0.625rem", f"--radius: {i + 1}.25rem"),
        lambda i: f"getComputedStyle(document.documentElement).getPropertyValue('--radius').trim() === '{i + 1}.25rem'",
    ),
]
ORDINARY_PAGE = [
    Series(
        "text, ordinary page",
        "src/pages/tasks.tsx",
        lambda text, i: text.replace("tasks remaining", f"tasks left {i}~"),
        lambda i: f"document.querySelector('[data-testid=left]').textContent.includes('left {i}~')",
    ),
    Series(
        "first use of a class, ordinary page",
        "src/pages/tasks.tsx",
        lambda text, i: text.replace("max-w-2xl", f"max-w-[{500 + i}px]"),
        lambda i: f"getComputedStyle(document.querySelector('[data-testid=tasks]')).maxWidth === '{500 + i}px'",
    ),
]


def quiet(longest: float = 2.0) -> None:
    end = time.monotonic() + longest
    while time.monotonic() < end and psutil.cpu_percent(0.08) > 35:
        pass


def clock_offset(page: Page) -> float:
    """What to add to the browser's time to get ours, in ms; from the quickest of some round trips."""
    trips = []
    for _ in range(15):
        before = time.time()
        theirs = page.evaluate("performance.timeOrigin + performance.now()")
        after = time.time()
        trips.append((after - before, (before + after) / 2 * 1000 - theirs))
    return min(trips)[1]


def measure(bundler: RunningBundler, page: Page, series: Series, samples: int) -> None:
    original = sample_files()[series.file]
    offset = clock_offset(page)
    for index in range(samples):
        page.evaluate("when => { window.wanted = { when }; }", series.when(index))
        quiet()
        started = time.time() * 1000
        applied = bundler.client.update(KEY, {series.file: series.edit(original, index)})
        assert not applied.diagnostics, applied.diagnostics
        painted = page.wait_for_function("window.wanted.painted", timeout=8000).json_value()
        series.milliseconds.append(painted + offset - started)
        time.sleep(0.1)
    bundler.client.update(KEY, {series.file: original})
    time.sleep(0.4)


def measure_first_picture(bundler: RunningBundler, page: Page, samples: int) -> Series:
    """A shell is open in the browser, as while a model writes; then all files come at once."""
    series = Series("all files, into an open shell", "", lambda text, _: text, lambda _: "")
    for index in range(samples):
        key = f"bench-first-{index}"
        bundler.client.shell(key)
        page.goto(bundler.address(key))
        page.wait_for_selector("text=Writing your app…")
        time.sleep(0.3)
        page.evaluate(OBSERVE)
        offset = clock_offset(page)
        page.evaluate("() => { window.wanted = { when: \"document.querySelector('svg.recharts-surface path')\" }; }")
        quiet()
        started = time.time() * 1000
        bundler.client.open(key, sample_files())
        painted = page.wait_for_function("window.wanted.painted", timeout=8000).json_value()
        series.milliseconds.append(painted + offset - started)
        bundler.client.close(key)
    return series


@contextmanager
def browser_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=options)
        yield browser.new_page(viewport={"width": 1280, "height": 800})
        browser.close()


def main(samples: int) -> None:
    prepare(SHARED_HOME, print)
    with (
        tempfile.TemporaryDirectory() as home,
        running_bundler(Path(home), installation(SHARED_HOME)) as bundler,
        browser_page() as page,
    ):
        print(measure_first_picture(bundler, page, max(5, samples // 2)), flush=True)
        bundler.client.open(KEY, sample_files())
        page.goto(bundler.address(KEY))
        page.wait_for_selector("svg.recharts-surface")
        page.evaluate(OBSERVE)
        for _ in range(3):
            page.click("[data-testid=counter]")
        for series in CHART_PAGE:
            measure(bundler, page, series, samples)
            print(series, flush=True)
        assert page.inner_text("[data-testid=counter]") == "3", "the page lost its state"
        page.click("a[href='/tasks']")
        for series in ORDINARY_PAGE:
            measure(bundler, page, series, samples)
            print(series, flush=True)
        print("daemon:", {name: round(value) for name, value in bundler.client.stats().items()})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
