"""Which browser apps are tried in."""

from pathlib import Path

import pytest

from overskill.checker import chromium
from overskill.checker.chromium import find_chromium
from overskill.config import Settings
from overskill.errors import Unavailable


def settings(**values: str) -> Settings:
    return Settings.model_validate({"OVERSKILL_CHROMIUM": "", **values})


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_one_that_is_named_is_taken(tmp_path: Path) -> None:
    named = program(tmp_path, "my-browser")
    assert find_chromium(settings(OVERSKILL_CHROMIUM=str(named))) == named


def test_one_that_is_named_and_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="which is not a program"):
        find_chromium(settings(OVERSKILL_CHROMIUM=str(tmp_path / "gone")))


def test_the_one_in_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(tmp_path, "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium(settings()) == found


def test_without_one_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_PLACES", ())
    with pytest.raises(Unavailable, match="sudo apt install chromium"):
        find_chromium(settings())


def test_where_it_is_turned_off_none_is_looked_for() -> None:
    with pytest.raises(Unavailable, match="OVERSKILL_BROWSER_CHECKS is off"):
        find_chromium(settings(OVERSKILL_BROWSER_CHECKS="off"))
