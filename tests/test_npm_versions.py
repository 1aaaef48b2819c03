"""Versions and ranges mean what npm says they mean."""

import pytest

from overskill.npm_versions import is_exact, newest, satisfies


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("1.2.3", "^1.2.0"),
        ("0.2.9", "^0.2.3"),
        ("0.0.3", "^0.0.3"),
        ("1.9.9", "1"),
        ("1.2.9", "1.2.x"),
        ("1.2.9", "~1.2.3"),
        ("3.0.0", ">=1.2.0 <4.0.0"),
        ("3.0.0", ">= 1.2.0"),
        ("2.3.9", "1.2.3 - 2.3"),
        ("18.2.0", "^16.8 || ^17 || ^18"),
        ("2.0.0", "*"),
        ("1.0.0-rc.2", "^1.0.0-rc.1"),
        ("2.1.0", ">2.0"),
        ("2.0.7", "<=2.0"),
    ],
)
def test_a_range_takes(version: str, wanted: str) -> None:
    assert satisfies(version, wanted)


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("2.0.0", "^1.2.0"),
        ("0.3.0", "^0.2.3"),
        ("0.0.4", "^0.0.3"),
        ("1.3.0", "~1.2.3"),
        ("4.0.0", ">=1.2.0 <4.0.0"),
        ("2.4.0", "1.2.3 - 2.3"),
        ("2.0.0-beta.1", "^1.0.0"),
        ("1.5.0-beta.1", "^1.0.0"),
        ("2.0.9", ">2.0"),
        ("2.1.0", "<=2.0"),
        ("1.0.0", "file:../elsewhere"),
        ("1.0", "*"),
    ],
)
def test_a_range_does_not_take(version: str, wanted: str) -> None:
    assert not satisfies(version, wanted)


def test_the_newest_is_a_release_where_there_is_one() -> None:
    assert newest(["1.9.0", "1.10.0", "2.0.0-rc.1", "nonsense"]) == "1.10.0"
    assert newest(["2.0.0-rc.2", "2.0.0-rc.10"]) == "2.0.0-rc.10"
    assert newest([]) == ""


def test_exact_is_only_a_whole_version() -> None:
    assert is_exact("1.2.3")
    assert is_exact("1.2.3-rc.1")
    assert not is_exact("^1.2.3")
    assert not is_exact("1.2")
    assert not is_exact("latest")
