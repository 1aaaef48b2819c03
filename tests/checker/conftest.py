"""A real browser, and small apps by hand to try in it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from overskill.checker.launcher import LocalChecker
from overskill.clients.bundler import Asset, Bundle
from overskill.clients.checker import AcceptanceCheck, BrowserReport
from tests.support_browser import find_browser

PAGE = """<!doctype html><html lang="en"><head><title>Small</title>
<script type="module" crossorigin src="/assets/app.js"></script></head><body><div id="root"></div></body></html>"""

Try = Callable[..., BrowserReport]


def app(script: str, **files: str) -> Bundle:
    """A bundle whose script finds `root`; `files` are more of it, by name."""
    code = f'const root = document.getElementById("root");\n{script}'
    assets = {
        "/index.html": Asset(PAGE.encode(), "text/html; charset=utf-8"),
        "/assets/app.js": Asset(code.encode(), "text/javascript; charset=utf-8"),
        **{f"/{name}": Asset(text.encode(), "text/plain") for name, text in files.items()},
    }
    return Bundle(assets, size=len(code), milliseconds=1.0)


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """Shared by all workers, so that no more browsers run at once than there are cores."""
    return Path("/tmp") / "overskill-tests-checks"  # noqa: S108


@pytest.fixture(scope="session")
def chromium() -> Path:
    found = find_browser()
    if found is None:
        pytest.skip("There is no Chromium on this machine.")
    return found


@pytest.fixture
def checker(chromium: Path, run_folder: Path) -> LocalChecker:
    return LocalChecker(lambda: chromium, run_folder, must_lock_in=False, seconds=60)


@pytest.fixture
def tried(checker: LocalChecker) -> Try:
    """Tries an app, given as its script."""

    def look(script: str, checks: Sequence[AcceptanceCheck] = (), routes: Sequence[str] = ("/",)) -> BrowserReport:
        return checker.check(app(script), checks, routes=routes)

    return look
