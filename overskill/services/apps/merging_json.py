"""Two people changed one JSON file: lines too near each other to be merged, and values that are still apart."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

_INDENTS = (2, 4, "\t")
_GONE = object()  # there is no such value


class _Both(Exception):
    """Both changed the same value."""


def merge_json(base: str, ours: str, theirs: str) -> str | None:
    """`base` with the changes of both, written as `ours` is. None where both changed the same value, where one of them
    is no JSON, or where `ours` is written in a way that would not be kept.

    Objects are merged by their keys, lists of objects by the `id` that each of them has; other lists are one value.
    """
    try:
        read = [json.loads(text) for text in (base, ours, theirs)]
        indent = next((indent for indent in _INDENTS if _written(read[1], indent, ours) == ours), None)
        return None if indent is None else _written(_merged(*read), indent, ours)
    except (ValueError, RecursionError, _Both):
        return None


def _written(value: object, indent: int | str, like: str) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False) + ("\n" if like.endswith("\n") else "")


def _merged(base: Any, ours: Any, theirs: Any) -> Any:  # noqa: ANN401  # any JSON
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    values = (base, ours, theirs)
    if all(isinstance(value, dict) for value in values):
        return _by_key(base, ours, theirs)
    if all(_has_ids(value) for value in values):
        return list(_by_key(*({item["id"]: item for item in value} for value in values)).values())
    raise _Both


def _by_key(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """In our order; what they added stands behind what it stands behind there."""
    merged = {}
    for key in _ordered(list(ours), list(theirs)):
        value = _merged(base.get(key, _GONE), ours.get(key, _GONE), theirs.get(key, _GONE))
        if value is not _GONE:
            merged[key] = value
    return merged


def _ordered(ours: list[str], theirs: Sequence[str]) -> list[str]:
    before = -1
    for key in theirs:
        if key in ours:
            before = ours.index(key)
        else:
            before += 1
            ours.insert(before, key)
    return ours


def _has_ids(value: object) -> bool:
    """Whether it is a list of objects that can be told apart."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return False
    ids = [item.get("id") for item in value]
    return all(isinstance(one, str) for one in ids) and len(set(ids)) == len(ids)
