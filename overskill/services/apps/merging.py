"""Two people changed one text: both changes in one, or the finding that they are about the same lines.

The merge is the one of diff3, by lines (Khanna, Kunal and Pierce, “A Formal Investigation of Diff3”, 2007): what only
one side changed is taken from there, what both changed alike is taken once, and anything else is a conflict.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple


def merge_files(base: str | None, ours: str | None, theirs: str | None) -> tuple[str | None, bool]:
    """What a file becomes that two may have changed, and whether that is certain. None: there is no such file."""
    if theirs in (ours, base):
        return ours, True
    if ours == base:
        return theirs, True
    if base is None or ours is None or theirs is None:
        return None, False
    text = merge(base, ours, theirs)
    return text, text is not None


class _Same(NamedTuple):
    """A run of lines that all three texts have: where it begins in each, and how long it is."""

    base: int
    ours: int
    theirs: int
    length: int


def merge(base: str, ours: str, theirs: str) -> str | None:
    """`base` with the changes of both. None where they changed the same lines in different ways."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    texts = [text.splitlines(keepends=True) for text in (base, ours, theirs)]
    merged: list[str] = []
    runs = [_Same(0, 0, 0, 0), *_shared(*texts), _Same(len(texts[0]), len(texts[1]), len(texts[2]), 0)]
    for before, after in pairwise(runs):
        merged += texts[0][before.base : before.base + before.length]
        between = [
            text[start + before.length : end] for text, start, end in zip(texts, before[:3], after[:3], strict=True)
        ]
        chosen = _choose(*between)
        if chosen is None:
            return None
        merged += chosen
    return "".join(merged)


def _choose(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    if ours in (base, theirs):
        return theirs
    return ours if theirs == base else None


def _shared(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[_Same]:
    """The runs of lines that neither side touched, in order."""
    left, right = _matches(base, ours), _matches(base, theirs)
    at, other_at = 0, 0
    while at < len(left) and other_at < len(right):
        (start, ours_start, length), (other, theirs_start, other_length) = left[at], right[other_at]
        begin, end = max(start, other), min(start + length, other + other_length)
        if begin < end:
            yield _Same(begin, ours_start + begin - start, theirs_start + begin - other, end - begin)
        if start + length < other + other_length:
            at += 1
        else:
            other_at += 1


def _matches(base: list[str], text: list[str]) -> list[tuple[int, int, int]]:
    blocks = SequenceMatcher(None, base, text, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]
