import pytest
from hypothesis import given
from hypothesis import strategies as st

from overskill.services.apps.merging import merge

BASE = "one\ntwo\nthree\nfour\nfive\n"
texts = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


def test_changes_in_different_places_are_both_kept() -> None:
    ours, theirs = BASE.replace("one", "ONE"), BASE.replace("five", "FIVE")
    assert merge(BASE, ours, theirs) == "ONE\ntwo\nthree\nfour\nFIVE\n"


def test_different_changes_of_one_line_are_a_conflict() -> None:
    assert merge(BASE, BASE.replace("three", "3"), BASE.replace("three", "III")) is None


def test_the_same_change_on_both_sides_is_made_once() -> None:
    ours, theirs = BASE.replace("two\n", ""), BASE.replace("two\n", "").replace("five", "5")
    assert merge(BASE, ours, theirs) == "one\nthree\nfour\n5\n"


def test_a_line_that_one_side_removed_and_the_other_changed_is_a_conflict() -> None:
    assert merge(BASE, BASE.replace("two\n", ""), BASE.replace("two", "2")) is None


@pytest.mark.parametrize(
    ("ours", "theirs"), [("one\n", "two\n"), ("one", "one\ntwo")], ids=["two beginnings", "no line end"]
)
def test_two_texts_out_of_nothing_are_a_conflict(ours: str, theirs: str) -> None:
    assert merge("", ours, theirs) is None


@given(texts, texts)
def test_who_changed_nothing_gets_the_changes_of_the_other(base: str, changed: str) -> None:
    assert merge(base, base, changed) == changed
    assert merge(base, changed, base) == changed


@given(texts, texts, texts)
def test_it_does_not_matter_who_comes_first(base: str, ours: str, theirs: str) -> None:
    assert merge(base, ours, theirs) == merge(base, theirs, ours)


@given(texts, texts, texts)
def test_no_line_comes_from_nowhere(base: str, ours: str, theirs: str) -> None:
    merged = merge(base, ours, theirs)
    assert merged is None or set(merged.splitlines()) <= {*ours.splitlines(), *theirs.splitlines()}
