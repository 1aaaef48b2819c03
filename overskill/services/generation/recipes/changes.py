"""From the files an app has to those it should have: what is written, edited, deleted, or left alone."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from overskill.services.generation.recipes.spec import checksum

_EDITED_LINES = 24  # more than that, and the whole file is easier to read than its edits
_EDITS = 4


@dataclass(frozen=True, slots=True)
class Edit:
    search: str
    replace: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one file: edits, or a whole text; neither means that it goes."""

    path: str
    edits: tuple[Edit, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    changes: tuple[Change, ...]
    conflicts: tuple[str, ...]  # files that someone else changed where the recipes would


def plan_changes(
    current: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str], written: Mapping[str, str]
) -> Plan:
    """`before` and `after` are what the recipes make of the spec as it was and as it is to be."""
    changes: list[Change] = []
    conflicts: list[str] = []
    for path, text in after.items():
        has = current.get(path)
        if has == text or (has is not None and before.get(path) == text):
            continue  # it is so already, or only someone else's changes are in it
        if has is None or _is_ours(path, has, before, written):
            changes.append(_rewritten(path, has, text))
            continue
        edits = _merged(before.get(path), text, has)
        if edits is None:
            conflicts.append(path)
        else:
            changes.append(Change(path, edits=edits))
    for path in before:
        if path in after or path not in current:
            continue
        if _is_ours(path, current[path], before, written):
            changes.append(Change(path))
        else:
            conflicts.append(path)
    return Plan(tuple(changes), tuple(conflicts))


def _is_ours(path: str, text: str, before: Mapping[str, str], written: Mapping[str, str]) -> bool:
    return text == before.get(path) or checksum(text) == written.get(path)


def _rewritten(path: str, has: str | None, text: str) -> Change:
    edits = find_edits(has, text, has) if has is not None else None
    small = edits is not None and len(edits) <= _EDITS and _lines(edits) <= min(_EDITED_LINES, text.count("\n") // 2)
    return Change(path, edits=edits) if edits and small else Change(path, text=text)


def _merged(before: str | None, after: str, current: str) -> tuple[Edit, ...] | None:
    return find_edits(before, after, current) if before is not None else None


def _lines(edits: tuple[Edit, ...]) -> int:
    return sum(max(edit.search.count("\n"), edit.replace.count("\n")) for edit in edits)


def find_edits(before: str, after: str, current: str) -> tuple[Edit, ...] | None:
    """Edits that turn `before` into `after`, each unique in `current` when its turn comes; None if there are none.

    Made from the end to the beginning, so that an edit never moves the lines of those after it.
    """
    old, fresh = before.splitlines(keepends=True), after.splitlines(keepends=True)
    blocks = [
        block
        for block in difflib.SequenceMatcher(None, old, fresh, autojunk=False).get_opcodes()
        if block[0] != "equal"
    ]
    edits: list[Edit] = []
    for _, start, end, fresh_start, fresh_end in reversed(blocks):
        edit = _unique_edit(old, start, end, "".join(fresh[fresh_start:fresh_end]), current)
        if edit is None:
            return None
        current = current.replace(edit.search, edit.replace, 1)
        edits.append(edit)
        old = [*old[:start], *fresh[fresh_start:fresh_end], *old[end:]]
    return tuple(edits)


def _occurs_once(search: str, text: str) -> bool:
    first = text.find(search)
    return first >= 0 and text.find(search, first + 1) < 0  # occurrences may overlap


def _unique_edit(old: list[str], start: int, end: int, replacement: str, current: str) -> Edit | None:
    for context in range(1 if start == end else 0, 8):
        first, last = max(0, start - context), min(len(old), end + context)
        head, tail = "".join(old[first:start]), "".join(old[end:last])
        search = head + "".join(old[start:end]) + tail
        if search.strip() and _occurs_once(search, current):
            return Edit(search, head + replacement + tail)
    return None
