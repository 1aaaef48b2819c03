"""The checks of the recipes, tried on what the recipes build: each passes, in a real browser."""

from pathlib import Path

import pytest

from overskill.bundler.setup import Installation
from overskill.checker.launcher import LocalChecker
from overskill.services.generation.recipes.acceptance import acceptance_checks
from overskill.services.generation.recipes.spec import SPEC_PATH, from_json
from tests.services.recipes.turns import started
from tests.support_browser import find_browser
from tests.support_bundler import builds

# One for each way in which a check is written.
TRIED = (
    "something to keep track of my plants",
    "page for my band",
    "I want to sell my handmade candles",
    "a meal planner for the week",
    "a form where parents sign up for the school trip",
    "pomodoro timer 25/5 with a task list",
    "trivia for a pub night about the seventies",
    "morse, binary and pig latin translator",
)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("prompt", TRIED)
def test_an_app_does_what_it_promises(prompt: str, bundler_installation: Installation, tmp_path: Path) -> None:
    files = started(prompt).files
    bundle = builds(bundler_installation, tmp_path)(files)
    checker = LocalChecker(lambda: find_browser() or Path(), tmp_path, must_lock_in=False, seconds=300)
    checks = acceptance_checks(from_json(files[SPEC_PATH]))
    report = checker.check(bundle, checks)
    assert report.problems == ()
    assert [(one.title, one.why) for one in report.results if not one.passed] == []
    assert [one.title for one in report.results] == [one.title for one in checks]
