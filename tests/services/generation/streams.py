"""Cutting a stream anywhere, and comparing what came of it."""

import random
from collections.abc import Iterable

from overskill.services.generation.events import Event, Kind
from overskill.services.generation.lookups import Item


def cut(text: str, seed: int, pieces: int) -> list[str]:
    """The text in up to `pieces` parts, cut at random places."""
    places = sorted(random.Random(seed).sample(range(1, len(text)), min(pieces, len(text) - 1)))  # noqa: S311
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


def joined(items: Iterable[Item]) -> list[Item]:
    """The items with neighbouring pieces of prose, and of one file, put together."""
    result: list[Item] = []
    for item in items:
        last = result[-1] if result else None
        if (
            isinstance(item, Event)
            and isinstance(last, Event)
            and item.kind in (Kind.PROSE, Kind.DELTA)
            and (last.kind, last.path) == (item.kind, item.path)
        ):
            result[-1] = Event(item.kind, item.path, last.text + item.text)
        else:
            result.append(item)
    return result
