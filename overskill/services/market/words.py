"""What people may write on their pages in the marketplace: cleaned, and within its limits."""

import unicodedata

from overskill.errors import InvalidInput

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = frozenset("\u200c\u200d")  # families of emoji and Persian words are made with them
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks that show nothing
_MOST_MARKS = 4  # above or below a letter: more cover what stands in the lines around


def line(text: str, name: str, *, most: int, field: str, least: int = 0) -> str:
    """One line of text. `name` begins the sentence that refuses it: "A title"."""
    return _within(" ".join(_shown(text).split()).strip("\u200c\u200d "), name, most=most, field=field, least=least)


def paragraphs(text: str, name: str, *, most: int, field: str, least: int = 0) -> str:
    """Text with lines of its own, such as markdown."""
    lines = _shown(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return _within("\n".join(part.rstrip() for part in lines).strip("\n"), name, most=most, field=field, least=least)


def _shown(text: str) -> str:
    """Without what can't be seen, what turns the direction of the rest around, and marks on marks."""
    shown, marks = [], 0
    for one in text:
        kind = unicodedata.category(one)
        marks = marks + 1 if kind == "Mn" else 0
        if one in "\n\t" or one in _JOINERS or not (kind in _UNSEEN or one in _BLANK or marks > _MOST_MARKS):
            shown.append(one)
    return "".join(shown)


def _within(text: str, name: str, *, most: int, field: str, least: int) -> str:
    if len(text) > most:
        raise InvalidInput(f"{name} has at most {most:,} characters; this has {len(text):,}.", field=field)
    if len(text) < least:
        words = f"{name} has at least {least} characters." if least > 1 else f"{name} is missing."
        raise InvalidInput(words, field=field)
    return text
