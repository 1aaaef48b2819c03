"""Names that only this site itself may have: whoever has one is believed to be of its staff."""

import unicodedata

from overskill.errors import InvalidInput

_OURS = "overskill"
_STAFF = "admin administrator help helpdesk moderator official security staff support system team verified"
_CHECK_MARKS = frozenset("\u2611\u2705\u2713\u2714\U0001f5f8\U0001f5f9")  # as the mark of who is verified
# What is drawn as these letters in other scripts (Cyrillic, Greek, Armenian, small capitals), and stands for them.
_DRAWN = {
    "a": "@\u0430\u03b1\u1d00",
    "c": "\u0441\u03f2\u1d04",
    "d": "\u0501\u1d05",
    "e": "3\u0435\u03b5\u0454\u1d07",
    "f": "\ua730",
    "h": "\u04bb\u043d\u029c",
    "k": "\u043a\u03ba\u1d0b",
    "l": "1i|!\u0131\u0456\u03b9\u04cf\u01c0\u026a\u029f",
    "m": "\u043c\u1d0d",
    "n": "\u043f\u0578\u0274",
    "o": "0\u043e\u03bf\u0585\u1d0f",
    "p": "\u0440\u03c1\u1d18",
    "r": "\u0433\u1d26\u0280",
    "s": "5$\u0455\ua731",
    "t": "\u0442\u03c4\u1d1b",
    "u": "\u03c5\u057d\u1d1c",
    "v": "\u03bd\u0475\u1d20",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3\u028f",
}
_LETTER = str.maketrans({drawn: letter for letter, others in _DRAWN.items() for drawn in others})


def refuse_official(name: str, *, field: str) -> None:
    """Raises InvalidInput for what looks like this site's own name, its staff's, or the mark of who is verified."""
    if any(one in _CHECK_MARKS for one in name):
        raise InvalidInput("A name has no check mark in it. Leave it out.", field=field)
    words = [_letters(word) for word in name.split()]
    if _letters(_OURS) in "".join(words) or (words and all(word in _OFFICIAL for word in words)):
        raise InvalidInput("That name looks like OverSkill's own or its staff's. Choose another one.", field=field)


def _letters(text: str) -> str:
    """As somebody reads it who does not look closely."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTER)
    return "".join(one for one in plain if one.isalnum())


_OFFICIAL = frozenset(map(_letters, _STAFF.split()))
