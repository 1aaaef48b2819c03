"""How long things take and how often, as prompts say it: "25/5", "40 seconds on, 20 off", "8 rounds"."""

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["work", "rest", "long", "warn", ""]

_NUMBERS = {
    word: index
    for index, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60}
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = rf"\d+(?:[.,]\d+)?|{_WORDS}"
_UNIT = r"hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s"
_LENGTH = re.compile(
    rf"\b(?P<half>half an hour)\b|\ban? (?P<single>hour|minute)\b|"
    rf"\b(?P<number>{_NUMBER})(?P<and_half> and a half)?[\s-]*(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\b(?<!\d-)(\d{1,3})\s*(?:/|:|-|–|on|and|by|\+)\s*(\d{1,2})\b(?!\s*(?:am|pm|/|:|-\d))", re.IGNORECASE
)
_ROLES: tuple[tuple[Role, str], ...] = (
    ("warn", r"(?:before (?:the |its )?end|warnings?|heads-?up|notice|left|remaining)"),
    ("long", r"long(?:er)? (?:break|rest|pause)s?"),
    ("rest", r"(?:short )?(?:breaks?|rests?|resting|pauses?|off|recovery|recover|cool ?-?down|between)"),
    ("work", r"(?:work|working|focus|on|study|studying|exercises?|sprints?|sessions?|intervals?|each|per|effort)"),
)
_BEFORE = r"\b({})\b(?:\s+(?:of|for|is|time|lasts?|at|set to|length|interval))*\W*$"
_AFTER = r"^[\s-]*(?:of\s+|for\s+(?:the\s+)?|the\s+|a\s+)?({})\b"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in a text, and what it is for when that is said."""

    seconds: int
    start: int
    end: int
    role: Role = ""


def find_lengths(text: str) -> list[Length]:
    found: list[Length] = []
    for match in _LENGTH.finditer(text):
        seconds = _seconds(match)
        last = found[-1] if found else None
        if last and last.seconds % 60 == 0 and seconds < min(last.seconds, 3600):
            between = text[last.end : match.start()].strip()
            if between == "" or (between == "and" and last.seconds >= 3600):  # "1 hour and 20 minutes" is one length
                found[-1] = Length(last.seconds + seconds, last.start, match.end())
                continue
        found.append(Length(seconds, match.start(), match.end()))
    return [Length(one.seconds, one.start, one.end, _role(text, one, found)) for one in found if one.seconds > 0]


def find_pair(text: str) -> tuple[int, int] | None:
    """ "25/5" without units."""
    found = next((one for one in _PAIR.finditer(text) if not _LENGTH.match(text, one.start(2))), None)
    return (int(found[1]), int(found[2])) if found else None


def find_count(text: str, what: str) -> int | None:
    """How many of something: "8 rounds", "four players", "repeat three times"."""
    found = re.search(rf"\b(\d+|{_WORDS})[\s-]+(?:(?!min|sec|hour)[a-z]\w*[\s-]+)?(?:{what})\b", text, re.IGNORECASE)
    return number(found[1]) if found else None


def number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def find_minutes(text: str) -> list[int]:
    """Several at once: "5, 10 and 15 minutes"."""
    found = re.search(r"\b((?:\d{1,3}(?:\s*[,/]\s*|\s+(?:and|or)\s+|,\s*(?:and|or)\s+))+\d{1,3})[\s-]*min", text)
    return [int(one) for one in re.findall(r"\d+", found[1])] if found else []


def without_lengths(text: str) -> str:
    return re.sub(r"\s+", " ", _LENGTH.sub(" ", text)).strip(" -–:,()")


def spoken(seconds: int) -> str:
    """ "25 minutes", "40 seconds", "1 hour"."""
    for unit, size in (("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds % size == 0 and seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return ""


def _seconds(match: re.Match[str]) -> int:
    if match["half"]:
        return 1800
    if match["single"]:
        return 3600 if match["single"].lower() == "hour" else 60
    text = match["number"].lower()
    amount = float(_NUMBERS[text]) if text in _NUMBERS else float(text.replace(",", "."))
    amount += 0.5 if match["and_half"] else 0
    size = {"h": 3600, "m": 60, "s": 1}[match["unit"][0].lower()]
    return round(amount * size)


def _role(text: str, length: Length, lengths: list[Length]) -> Role:
    """The word right after it tells what it is for, else the one right before; no other length may stand between."""
    after_end = min([one.start for one in lengths if one.start > length.start], default=len(text))
    before_start = max([one.end for one in lengths if one.end <= length.start], default=0)
    after, before = text[length.end : after_end], text[before_start : length.start]
    for pattern, where in ((_AFTER, after), (_BEFORE, before)):
        for role, words in _ROLES:
            if re.search(pattern.format(words), where, re.IGNORECASE):
                return role
    return ""
