"""JSON that two people changed."""

import json
from typing import Any

import pytest

from overskill.services.apps.merging_json import merge_json


def text(value: Any, indent: int | str = 2) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False) + "\n"


def merged(base: Any, ours: Any, theirs: Any) -> Any:
    found = merge_json(text(base), text(ours), text(theirs))
    return None if found is None else json.loads(found)


def test_values_on_neighbouring_lines_are_apart() -> None:
    assert merged({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 2}) == {"a": 2, "b": 2}


def test_what_they_added_stands_where_they_put_it() -> None:
    found = merged({"a": 1, "z": 1}, {"a": 2, "z": 1}, {"a": 1, "b": 1, "c": 1, "z": 1})
    assert list(found) == ["a", "b", "c", "z"]


def test_what_one_removed_is_gone_unless_the_other_changed_it() -> None:
    assert merged({"a": 1, "b": 1}, {"b": 1}, {"a": 1, "b": 2}) == {"b": 2}
    assert merged({"a": 1, "b": 1}, {"b": 1}, {"a": 2, "b": 2}) is None


def test_lists_of_things_with_ids_are_merged_thing_by_thing() -> None:
    base = [{"id": "x", "n": 1}, {"id": "y", "n": 1}]
    ours = [{"id": "x", "n": 2}, {"id": "y", "n": 1}]
    theirs = [{"id": "x", "n": 1}, {"id": "new", "n": 1}, {"id": "y", "n": 2}]
    assert merged(base, ours, theirs) == [{"id": "x", "n": 2}, {"id": "new", "n": 1}, {"id": "y", "n": 2}]


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ({"a": 1}, {"a": 2}, {"a": 3}),
        ([1], [1, 2], [1, 3]),
        ({"a": [1]}, {"a": {}}, {"a": 1}),
        ({}, {"a": 1}, {"a": 2}),
    ],
)
def test_what_both_changed_is_theirs_to_decide(base: Any, ours: Any, theirs: Any) -> None:
    assert merged(base, ours, theirs) is None


def test_it_is_written_as_ours_is() -> None:
    found = merge_json(text({"ä": 1, "b": 1}, "\t"), text({"ä": 2, "b": 1}, "\t").rstrip(), text({"ä": 1, "b": 2}, 4))
    assert found == text({"ä": 2, "b": 2}, "\t").rstrip()


@pytest.mark.parametrize("ours", ["{", '{"a":1,"b":2}', '{\n  "a": 1,\n  "a": 2\n}\n', "[" * 100_000])
def test_what_could_not_be_kept_as_it_is_written_is_left_alone(ours: str) -> None:
    assert merge_json(text({"a": 1}), ours, text({"a": 3})) is None
