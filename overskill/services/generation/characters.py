"""Characters that a model can send and no database can hold."""

import re

_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def storable(text: str) -> str:
    """Without null characters and halves of characters: of words, names and paths."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def encodable(text: str) -> str:
    """Of a file's content. A null character stays: a file that holds one is refused, not bent."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
