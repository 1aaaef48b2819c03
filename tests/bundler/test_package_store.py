"""The folder of added packages: what is looked for counts as used, and only what is not can be removed."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overskill.bundler.packages.store import SharedPackageStore, key_of, prepare_folder
from overskill.bundler.setup import Installation
from overskill.clients.registry import NpmRegistry

NOW = datetime.now(UTC)
MONTH_AGO = NOW - timedelta(days=30)
GLOBE = {"globe-gl": "2.1.0"}


@pytest.fixture
def installed(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "tools", tmp_path / "vendor", tmp_path / "added")


@pytest.fixture
def store(installed: Installation) -> SharedPackageStore:
    """With one set, which nobody used for longer than a month."""
    folder = prepare_folder(installed)
    made = folder / "sets" / "abc"
    (made / "node_modules" / "globe-gl").mkdir(parents=True)
    facts = {"wanted": GLOBE, "members": [], "added": MONTH_AGO.isoformat(), "weights": {}, "lock": {}}
    (made / "set.json").write_text(json.dumps(facts))
    (folder / "index" / key_of(GLOBE)).write_text("abc")
    before = (MONTH_AGO - timedelta(days=1)).timestamp()
    os.utime(made / "set.json", (before, before))
    return SharedPackageStore(installed, NpmRegistry(lambda: "http://localhost:1", ""))


def test_what_nobody_used_is_removed_whole(store: SharedPackageStore, installed: Installation) -> None:
    assert [one.wanted for one in store.unused(MONTH_AGO)] == [GLOBE]
    assert store.remove(GLOBE, unused_since=MONTH_AGO)
    assert store.find(GLOBE) is None
    assert [*(installed.added / "sets").iterdir(), *(installed.added / "index").iterdir()] == []
    assert list(installed.added.glob(".removed-*")) == []


def test_what_somebody_looked_for_meanwhile_stays(store: SharedPackageStore, installed: Installation) -> None:
    assert len(store.unused(MONTH_AGO)) == 1
    assert store.find(GLOBE) is not None
    assert not store.remove(GLOBE, unused_since=MONTH_AGO)
    assert (installed.added / "sets" / "abc" / "node_modules" / "globe-gl").is_dir()
    assert store.unused(MONTH_AGO) == []


def test_a_removal_that_was_interrupted_is_ended(store: SharedPackageStore, installed: Installation) -> None:
    (installed.added / ".removed-abc" / "node_modules").mkdir(parents=True)
    store.unused(MONTH_AGO)
    assert not (installed.added / ".removed-abc").exists()


def test_without_a_folder_nothing_is_there(installed: Installation) -> None:
    store = SharedPackageStore(installed, NpmRegistry(lambda: "http://localhost:1", ""))
    assert (store.find(GLOBE), store.unused(NOW)) == (None, [])
