"""What people may write on their pages in the marketplace: cleaned, and within its limits."""

import unicodedata

from overskill.errors import InvalidInput

_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def line(text: str, name: str, *, most: int, field: str, least: int = 0) -> str:
    """One line of text. `name` begins the sentence that refuses it: "A title"."""
    return _within(" ".join(_shown(text).split()), name, most=most, field=field, least=least)


def paragraphs(text: str, name: str, *, most: int, field: str, least: int = 0) -> str:
    """Text with lines of its own, such as markdown."""
    lines = _shown(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return _within("\n".join(part.rstrip() for part in lines).strip("\n"), name, most=most, field=field, least=least)


def _shown(text: str) -> str:
    """Without what can't be seen, and what turns the direction of the rest around."""
    return "".join(
        one for one in text if one in "\n\t" or not (unicodedata.category(one) in _UNSEEN or one in _TURNING)
    )


def _within(text: str, name: str, *, most: int, field: str, least: int) -> str:
    if len(text) > most:
        raise InvalidInput(f"{name} has at most {most:,} characters; this has {len(text):,}.", field=field)
    if len(text) < least:
        words = f"{name} has at least {least} characters." if least > 1 else f"{name} is missing."
        raise InvalidInput(words, field=field)
    return text
