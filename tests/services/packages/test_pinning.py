"""Ranges that somebody wrote into package.json."""

from collections.abc import Callable

import pytest

from overskill.db import BeginAgain
from overskill.services.packages.pinning import Pinned, Pins
from tests.services.packages.shelves import FakeShelf, release

AS_TYPED = """{
	"name":"x", "scripts": {"dependencies": "^1.0.0"},
	"dependencies": { "react": "^19.0.0",
		"maps" : "%s",   "globe-gl": "2.0.0" },
	"devDependencies": {"maps": "^1.0.0"}, "nested": {"dependencies": {"maps": "^1.0.0"}}
}"""


@pytest.fixture
def shelf() -> FakeShelf:
    fake = FakeShelf()
    fake.registry.add(*(release("maps", version) for version in ("1.0.0", "1.4.2", "2.0.0", "2.1.0")))
    fake.registry.add(release("globe-gl", "2.1.0"))
    return fake


@pytest.fixture
def pin(shelf: FakeShelf) -> Callable[[str], Pinned]:
    pins = Pins(shelf.with_rules())

    def pinned(text: str) -> Pinned:
        try:
            return pins.pin(text)
        except BeginAgain as asked:
            asked.first()
        return pins.pin(text)

    return pinned


@pytest.mark.parametrize(
    ("wanted", "version"),
    [
        ("^1.0.0", "1.4.2"),
        ("~1.0.0", "1.0.0"),
        ("1", "1.4.2"),
        (">=1.0.0 <2", "1.4.2"),
        ("latest", "2.1.0"),
        ("*", "2.1.0"),
        ("", "2.1.0"),
    ],
)
def test_a_range_becomes_the_newest_it_takes_and_nothing_else_changes(
    pin: Callable[[str], Pinned], wanted: str, version: str
) -> None:
    pinned = pin(AS_TYPED % wanted)
    assert pinned.text == AS_TYPED % version
    assert pinned.said == (f"maps: “{wanted}” became {version}.",)


def test_what_names_versions_and_the_prebundled_set_alone_asks_nobody(shelf: FakeShelf) -> None:
    shelf.registry.is_down = True
    assert Pins(shelf.with_rules()).pin(AS_TYPED % "1.4.2") == Pinned(AS_TYPED % "1.4.2")


def test_a_range_that_takes_nothing_stays_and_its_line_says_why(pin: Callable[[str], Pinned]) -> None:
    pinned = pin(AS_TYPED % "^7.0.0")
    assert pinned.text == AS_TYPED % "^7.0.0"
    (problem,) = pinned.problems
    assert problem.message == "maps has no version ^7.0.0. The newest is 2.1.0."
    assert (problem.file, problem.line, problem.column) == ("package.json", 4, 12)


@pytest.mark.parametrize("wanted", ["file:../maps", "git+https://example.com/maps.git", "npm:other@1.0.0"])
def test_what_does_not_come_from_the_registry_stays(pin: Callable[[str], Pinned], wanted: str) -> None:
    assert pin(AS_TYPED % wanted).text == AS_TYPED % wanted
    assert len(pin(AS_TYPED % wanted).problems) == 1


def test_a_package_that_may_not_be_had_is_refused_by_its_name(pin: Callable[[str], Pinned]) -> None:
    (problem,) = pin('{"dependencies": {"three.js": "^1.0.0"}}').problems
    assert "Did you mean three?" in problem.message


@pytest.mark.parametrize("text", ["", "{", "[]", '{"dependencies": [":", "^1.0.0"]}', '{"dependencies": "^1.0.0"}'])
def test_what_is_no_manifest_stays_as_it_is(pin: Callable[[str], Pinned], text: str) -> None:
    assert pin(text) == Pinned(text)


def test_names_are_read_as_json_writes_them(pin: Callable[[str], Pinned]) -> None:
    assert pin('{"dependencies": {"m\\u0061ps": "\\u005e1.0.0"}}').text == '{"dependencies": {"m\\u0061ps": "1.4.2"}}'
