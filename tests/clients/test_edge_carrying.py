"""Which files of versions before a version has beside its own."""

import pytest

from overskill.clients import edge_carrying
from overskill.clients.edge_carrying import CARRIED_SECONDS, carried_files
from overskill.clients.edge_manifest import AssetEntry, Manifest, app_manifest

NOW = 1_000_000.0


def version(number: int, before: dict[str, AssetEntry] | None = None) -> Manifest:
    own = {path: AssetEntry(hash=path, size=1, type="x") for path in (f"/assets/{number}.js", "/index.html")}
    return app_manifest("n", "s", app_id="", label=str(number), assets=(before or {}) | own, variables={})


def test_hashed_files_are_carried_since_they_were_replaced() -> None:
    assert carried_files([version(1)], NOW) == {
        "/assets/1.js": {**version(1)["assets"]["/assets/1.js"], "carried": NOW}
    }


def test_a_page_of_many_publishes_ago_finds_its_files_for_some_minutes() -> None:
    first = carried_files([version(1)], NOW)
    second = carried_files([version(2, first)], NOW + 5)
    assert carried_files([version(3, second)], NOW + 10).keys() == {"/assets/1.js", "/assets/2.js", "/assets/3.js"}
    late = carried_files([version(3, second)], NOW + CARRIED_SECONDS + 1)
    assert late.keys() == {"/assets/2.js", "/assets/3.js"}


def test_the_two_versions_before_are_carried_however_old_they_are() -> None:
    old = [version(1), version(2, carried_files([version(1)], NOW))]
    assert carried_files(old, NOW * 2).keys() == {"/assets/1.js", "/assets/2.js"}


def test_a_file_that_is_used_again_begins_anew() -> None:
    again = carried_files([version(2, carried_files([version(1)], NOW)), version(1)], NOW + 60)
    assert again["/assets/1.js"]["carried"] == NOW + 60


def test_there_is_a_most_that_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_carrying, "MOST_CARRIED", 1)
    first = carried_files([version(1)], NOW)
    second = carried_files([version(2, first)], NOW + 5)
    assert carried_files([version(3, second)], NOW + 10).keys() == {"/assets/2.js", "/assets/3.js"}
