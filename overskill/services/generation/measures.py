"""How large texts are for a model, and how they are cut: never silently."""

import json
from collections.abc import Sequence

from overskill.clients.models import Message

BYTES_A_TOKEN = 3.5  # of code; a little pessimistic. Bytes, because other scripts have fewer characters a token


def weight(text: str) -> int:
    """In bytes of UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def tokens(text: str) -> int:
    return int(weight(text) / BYTES_A_TOKEN) + 1


def size(messages: Sequence[Message]) -> int:
    """The messages' size in tokens, roughly."""
    return tokens(json.dumps(list(messages), ensure_ascii=False))


def cut(text: str, most: int, mark: str = "[cut here: {left} more characters]") -> str:
    """The text, or as much of its beginning as has room, mark included, in so many bytes. Nothing where none has."""
    if weight(text) <= most:
        return text
    room = most - len(mark) - 12  # digits, a line break
    kept = text.encode("utf-8", "replace")[: max(0, room)].decode("utf-8", "ignore")
    said = mark.format(left=f"{len(text) - len(kept):,}")
    if room >= 0:
        return f"{kept}\n{said}" if kept else said
    return said if len(said) <= most else ""
