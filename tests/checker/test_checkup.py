"""What doctor says about the browser."""

from pathlib import Path

import pytest

from overskill.checker import checkup
from overskill.checker.checkup import look_for_browser
from overskill.config import Settings


@pytest.fixture
def browser(tmp_path: Path) -> str:
    path = tmp_path / "my-browser"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def settings(**values: str) -> Settings:
    return Settings.model_validate(values)


def test_a_browser_that_is_locked_in_is_named(browser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "can_isolate", lambda: True)
    found = look_for_browser(settings(OVERSKILL_CHROMIUM=browser))
    assert (found.state, found.detail) == ("configured", f"{browser}, inside bubblewrap")


def test_one_without_any_sandbox_is_told_of(browser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "can_isolate", lambda: False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert "without any sandbox" in look_for_browser(settings(OVERSKILL_CHROMIUM=browser)).detail


def test_one_that_is_named_and_not_there_is_bad() -> None:
    assert look_for_browser(settings(OVERSKILL_CHROMIUM="/nowhere/chromium")).is_bad


def test_checks_that_are_turned_off_are_no_fault() -> None:
    found = look_for_browser(settings(OVERSKILL_BROWSER_CHECKS="off"))
    assert (found.state, found.is_bad) == ("off", False)
