"""Names that look like those of well-known packages: often a slip, sometimes a trap."""

import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files as resource_files

from overskill.services.packages.named import vendor_packages

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_SHORTEST, _LONG = 5, 11  # letters: shorter names resemble each other by chance; longer ones have room for two slips


@cache
def known_packages() -> frozenset[str]:
    text = (resource_files(__package__) / "known.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name for line in lines for name in line.split()) | vendor_packages().keys()


def is_known(name: str) -> bool:
    return name in known_packages()


def same_letters(name: str) -> str:
    """The known package whose name is this one but for hyphens, dots, scopes and "js"; "" where there is none."""
    if is_known(name) or _has_known_scope(name):
        return ""
    letters = _letters(name)
    return next((known for known in sorted(known_packages()) if _letters(known) == letters), "")


def slip_of(name: str) -> str:
    """The known package whose name is a slip or two away; "" where there is none."""
    return "" if is_known(name) or _has_known_scope(name) else nearest(name, known_packages())


def nearest(name: str, names: Collection[str]) -> str:
    letters = _letters(name)
    most = 0 if len(letters) < _SHORTEST else 1 if len(letters) < _LONG else 2
    found = ((slips(letters, _letters(other), most), other) for other in sorted(names))
    return min(((count, other) for count, other in found if count <= most), default=(0, ""))[1]


def slips(one: str, other: str, most: int) -> int:
    """How many letters are missing, added, changed or swapped with their neighbour; more than `most` is any number."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            count = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                count = min(count, earlier[j - 2] + 1)
            row.append(count)
        if min(row) > most:
            return most + 1
    return row[-1]


@cache
def _letters(name: str) -> str:
    letters = _NOT_LETTERS.sub("", name.lower())
    return letters.removesuffix("js") if len(letters) > len("js") else letters


@cache
def _known_scopes() -> frozenset[str]:
    return frozenset(name.partition("/")[0] for name in known_packages() if name.startswith("@"))


def _has_known_scope(name: str) -> bool:
    """Nobody else can publish there."""
    return name.startswith("@") and name.partition("/")[0] in _known_scopes()
