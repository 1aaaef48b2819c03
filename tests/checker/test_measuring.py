"""How fast an app is there and whom it keeps out, measured in a real browser; and what is made of the child's lines."""

import json
from pathlib import Path

import pytest

from overskill.bundler.setup import Installation
from overskill.checker.gathering import Measuring
from overskill.checker.launcher import LocalChecker, axe_of
from tests.checker.conftest import app
from tests.support_bundler import bundler_installation

__all__ = ["bundler_installation"]

SLOW_AND_CLOSED = """
document.title = "Small";
const until = performance.now() + 400;
root.innerHTML = "<main><h1>Hello</h1><p>Some text that is painted first.</p><button></button></main>";
requestAnimationFrame(() => setTimeout(() => { while (performance.now() < until + 400); }, 100));
"""


def line(**said: object) -> bytes:
    return json.dumps(said).encode() + b"\n"


def test_a_rule_that_any_page_breaks_is_not_kept() -> None:
    measuring = Measuring()
    broken = [{"rule": "label", "impact": "critical", "help": "Fields have labels", "count": 2}]
    measuring.take(line(rules={"axe": "4.12.1", "route": "/", "broken": [], "kept": {"label": "critical"}}))
    measuring.take(line(rules={"axe": "4.12.1", "route": "/a", "broken": broken, "kept": {"list": "serious"}}))
    measured = measuring.measured()
    assert measured.kept == {"list": "serious"}
    assert [(rule.rule, rule.route) for rule in measured.broken] == [("label", "/a")]
    assert measured.timings is None


def test_of_two_loads_the_better_one_counts() -> None:
    measuring = Measuring()
    for largest in (2400, 1800, 3000):
        measuring.take(line(timings={"firstPaint": 900, "largestPaint": largest, "blocked": 0, "shift": 0}))
    assert measuring.timings is not None
    assert measuring.timings.largest_paint == 1800


@pytest.mark.browser
@pytest.mark.slow
def test_an_app_is_loaded_as_a_phone_would_and_looked_at_with_axe(
    chromium: Path, run_folder: Path, bundler_installation: Installation
) -> None:
    axe = axe_of(bundler_installation.tools)
    checker = LocalChecker(lambda: chromium, run_folder, must_lock_in=False, seconds=60, axe=axe)
    measured = checker.measure(app(SLOW_AND_CLOSED))
    assert measured.timings is not None
    assert measured.timings.first_paint > 2 * 562  # the page, then its script
    assert measured.timings.largest_paint >= measured.timings.first_paint
    assert measured.timings.blocked > 0
    assert ("button-name", "critical", 1) in [(rule.rule, rule.impact, rule.count) for rule in measured.broken]
    assert measured.kept["document-title"] == "serious"
    assert measured.routes == ("/",)
