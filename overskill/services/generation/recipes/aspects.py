"""What is usually noted of a thing that no domain knows, by the sort of noun it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.words import singularize

_ANY = ("Name!", "Where", "Date: date", "Favourite: checkbox", "Notes: longtext")


@dataclass(frozen=True, slots=True)
class Aspects:
    fields: tuple[Field, ...]
    titles: Sequence[str] = ()


def aspects_of(noun: str) -> Aspects:
    """Fields and examples for "vet visits": those of visits; for what nobody knows those of nearly everything."""
    last = noun.rsplit(maxsplit=1)[-1].lower() if noun else ""
    entry = next((one for words, one in _by_words() if last in words or singularize(last) in words), None)
    notation = entry["fields"] if entry else _ANY
    return Aspects(
        tuple(field_from_notation(text) for text in notation), tuple(entry.get("titles", ())) if entry else ()
    )


@cache
def _by_words() -> list[tuple[frozenset[str], dict[str, list[str]]]]:
    return [(frozenset(str(entry["match"]).split()), dict(entry)) for entry in shelf("aspects").values()]
