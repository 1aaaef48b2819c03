"""A daemon for every module of tests: apps have keys of their own, so tests do not meet."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from overskill.bundler.setup import Installation
from tests.bundler.framing import Framed, studio
from tests.support_browser import find_browser
from tests.support_bundler import RunningBundler, bundler_installation, running_bundler
from tests.support_waiting import PATIENCE_SECONDS

__all__ = ["bundler_installation"]

_numbers = itertools.count(1)
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


@pytest.fixture(scope="module")
def bundler(bundler_installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBundler]:
    with running_bundler(tmp_path_factory.mktemp("home"), bundler_installation) as running:
        yield running


@pytest.fixture
def own_bundler(bundler_installation: Installation, tmp_path: Path) -> Iterator[RunningBundler]:
    """A daemon that the test may kill."""
    with running_bundler(tmp_path, bundler_installation) as running:
        yield running


@pytest.fixture
def key() -> str:
    return f"app-{next(_numbers)}-test"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = find_browser()
    if found is None:
        pytest.skip("No Chromium or Chrome was found.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(found), args=list(_QUIET))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page()
    opened.set_default_timeout(PATIENCE_SECONDS * 1_000)
    yield opened
    opened.close()


@pytest.fixture
def framed(bundler: RunningBundler, page: Any, key: str) -> Iterator[Framed]:
    """Opens the studio with the preview in it, and gives the preview's frame."""

    def visit() -> Any:
        page.goto(f"{bundler.settings.site_url}/studio")
        return page.query_selector("iframe").content_frame()

    with studio(bundler, key):
        yield visit
