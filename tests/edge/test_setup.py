"""Installing workerd."""

import subprocess
import threading
from pathlib import Path

import pytest

from overskill.edge.setup import prepare, workerd_path
from overskill.errors import Unavailable
from tests.support_edge import shared_workerd


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder whose package cache has what is needed: nothing is downloaded."""
    shared = shared_workerd().parents[7]
    (tmp_path / "cache").symlink_to(shared / "cache")
    return tmp_path


def test_what_is_installed_is_the_locked_version(home: Path) -> None:
    binary = prepare(home, lambda _: None)
    version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    assert version.strip() == "workerd 2026-11-17"


def test_a_second_call_installs_nothing(home: Path) -> None:
    reports: list[str] = []
    first = prepare(home, reports.append)
    assert prepare(home, reports.append) == first
    assert reports == ["Installing workerd, the edge's runtime"]


def test_two_calls_at_a_time_install_once(home: Path) -> None:
    reports: list[str] = []
    threads = [threading.Thread(target=prepare, args=[home, reports.append]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 1
    assert workerd_path(home).exists()


def test_an_install_that_was_interrupted_is_cleared_away(home: Path) -> None:
    abandoned = home / "edge" / "workerd" / "installing-before"
    abandoned.mkdir(parents=True)
    prepare(home, lambda _: None)
    assert not abandoned.exists()


def test_without_a_network_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:1")
    monkeypatch.setenv("BUN_CONFIG_HTTP_RETRY_COUNT", "0")
    with pytest.raises(Unavailable, match="Check the network and try again"):
        prepare(tmp_path, lambda _: None)
    assert not workerd_path(tmp_path).exists()
