"""A bundler that brings along what an app's package.json names."""

import json
from collections.abc import Mapping

import pytest

from overskill.clients.bundler import FakeBundler
from overskill.services.packages import PackageRefused, WithPackages
from tests.services.packages.shelves import FakeShelf, release


def named(packages: Mapping[str, str]) -> dict[str, str]:
    return {"package.json": json.dumps({"dependencies": packages})}


@pytest.fixture
def shelf() -> FakeShelf:
    fake = FakeShelf()
    fake.registry.add(release("globe-gl", "2.1.0"))
    return fake


def test_what_an_app_names_is_there_when_it_is_opened(shelf: FakeShelf) -> None:
    applied = WithPackages(FakeBundler(), shelf.with_rules()).open(
        "key", named({"globe-gl": "2.1.0", "react": "^19.0.0"})
    )
    assert applied.diagnostics == ()
    assert [made.wanted for made in shelf.store.sets] == [{"globe-gl": "2.1.0"}]


def test_a_preview_is_shown_without_what_can_not_be_had_and_says_why(shelf: FakeShelf) -> None:
    bundler = FakeBundler()
    files = named({"three.js": "1.0.0"})
    (problem,) = WithPackages(bundler, shelf.with_rules()).open("key", files).diagnostics
    assert bundler.apps["key"] == files
    assert (problem.file, problem.code) == ("package.json", "package")
    assert "Did you mean three?" in problem.message


def test_a_build_without_what_can_not_be_had_fails_with_the_same_words(shelf: FakeShelf) -> None:
    with pytest.raises(PackageRefused, match="looks like three"):
        WithPackages(FakeBundler(), shelf.with_rules()).build(named({"three.js": "1.0.0"}))


def test_changes_that_leave_package_json_alone_ask_nobody(shelf: FakeShelf) -> None:
    bundler = FakeBundler()
    bundler.open("key", {})
    shelf.registry.is_down = True
    assert WithPackages(bundler, shelf.with_rules()).update("key", {"src/App.tsx": "changed"}).diagnostics == ()
