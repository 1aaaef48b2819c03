"""Edits of the sample app, and how long each takes until its picture is on the screen.

A page watches itself for what an edit is to bring about; "painted" is the frame after that. The browser's clock is
aligned with ours. Each sample waits until the machine is quiet, at most 2 s: the figures are those of a quiet machine,
without a network.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support_browser import find_browser

PATIENCE_MILLISECONDS = 20_000
TITLE = "document.querySelector('[data-testid=title]')"
_ROOT_STYLE = "getComputedStyle(document.documentElement)"
_OBSERVE = """() => {
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


@dataclass(frozen=True)
class Edit:
    """One kind of edit: the n-th text of a file, and what is true of the page once it shows that."""

    name: str
    file: str
    text: Callable[[str, int], str]  # of the original text, and n
    when: Callable[[int], str]


CHART_PAGE = (
    Edit(
        "text, page with charts",
        "src/pages/dashboard.tsx",
        lambda text, n: text.replace("Welcome back", f"Hello {n}!"),
        lambda n: f"{TITLE}.textContent === 'Hello {n}!'",
    ),
    Edit(
        "first use of a class, with charts",
        "src/pages/dashboard.tsx",
        lambda text, n: text.replace("text-2xl", f"text-[{20 + n}.5px]"),
        lambda n: f"getComputedStyle({TITLE}).fontSize === '{20 + n}.5px'",
    ),
    Edit(
        "component, ui/button.tsx",
        "src/components/ui/button.tsx",
        lambda text, n: f"const mark = {n};\n{text.replace('className={', 'data-mark={mark} className={')}",
        lambda n: f"document.querySelector('[data-testid=counter]').dataset.mark === '{n}'",
    ),
    Edit(
        "plain module, lib/format.ts",
        "src/lib/format.ts",
        lambda text, n: text.replace("  }).format(value);", f'  }}).format(value) + "~{n}";'),
        lambda n: f"document.body.textContent.includes('~{n}')",
    ),
    Edit(
        "CSS variable",
        "src/index.css",
        lambda text, n: text.replace("--radius: 0.625rem", f"--radius: {n + 1}.25rem"),
        lambda n: f"{_ROOT_STYLE}.getPropertyValue('--radius').trim() === '{n + 1}.25rem'",
    ),
)
ORDINARY_PAGE = (
    Edit(
        "text, ordinary page",
        "src/pages/tasks.tsx",
        lambda text, n: text.replace("tasks remaining", f"tasks left {n}~"),
        lambda n: f"document.querySelector('[data-testid=left]').textContent.includes('left {n}~')",
    ),
    Edit(
        "first use of a class, ordinary page",
        "src/pages/tasks.tsx",
        lambda text, n: text.replace("max-w-2xl", f"max-w-[{500 + n}px]"),
        lambda n: f"getComputedStyle(document.querySelector('[data-testid=tasks]')).maxWidth === '{500 + n}px'",
    ),
)


def watch(page: Page) -> None:
    """From now on the page can be asked when it shows something; once for each loading of it."""
    page.evaluate(_OBSERVE)


def milliseconds_until(page: Page, when: str, do: Callable[[], object]) -> float:
    """From the start of `do` until the page has painted what makes `when` true."""
    offset = _clock_offset(page)
    page.evaluate("when => { window.wanted = { when }; }", when)
    _wait_for_quiet()
    started = time.time() * 1000
    do()
    painted = page.wait_for_function("window.wanted.painted", timeout=PATIENCE_MILLISECONDS).json_value()
    return float(painted + offset - started)


def _wait_for_quiet(longest: float = 2.0) -> None:
    end = time.monotonic() + longest
    while time.monotonic() < end and psutil.cpu_percent(0.08) > 35:
        pass


def _clock_offset(page: Page) -> float:
    """What to add to the browser's time to get ours, in ms; from the quickest of some round trips."""
    trips = []
    for _ in range(15):
        before = time.time()
        theirs = page.evaluate("performance.timeOrigin + performance.now()")
        after = time.time()
        trips.append((after - before, (before + after) / 2 * 1000 - theirs))
    return float(min(trips)[1])


def p95(samples: Sequence[float]) -> float:
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def summary(name: str, samples: Sequence[float]) -> str:
    middle = statistics.median(samples)
    return f"{name:36} n={len(samples):3}  p50 {middle:6.1f} ms  p95 {p95(samples):6.1f} ms"


@contextmanager
def headless_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=options)
        yield browser
        browser.close()


def new_page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1280, "height": 800})
