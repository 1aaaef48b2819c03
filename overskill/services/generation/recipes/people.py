"""Who a prompt names: "for Anna, Ben and Mia"."""

import re
from functools import cache
from importlib.resources import files

_MOST = 10
_NAMES = re.compile(
    r"\b(?:for|between|among|by|with|us|family|members|roommates|flatmates|players|kids|children|friends|team|from)\b[:,]?\s*\(?"
    r"((?:[A-Z][a-zà-ÿ'-]+(?:,? and |,? & |, )?){2,10})"
)


def without_people(text: str, people: tuple[str, ...]) -> str:
    """`text` without the list of their names: they are no fields."""
    return re.sub(r"[:,]?\s*\(?\b" + r"(?:,? and |,? & |, )".join(map(re.escape, people)), "", text) if people else text


@cache
def _first_names() -> frozenset[str]:
    return frozenset((files(__package__) / "data" / "first_names.txt").read_text("utf-8").split())


def find_people(text: str) -> tuple[str, ...]:
    """The names in the first list of two or more that has a usual first name in it; places and languages are none."""
    for found in _NAMES.finditer(text):
        names = [one for one in re.split(r",? and |,? & |, ", found[1].strip(" ,")) if one]
        if len(names) >= 2 and sum(one.lower() in _first_names() for one in names) * 2 >= len(names):
            return tuple(names[:_MOST])
    return ()
