"""Phrases of a prompt that an app repeats: what the thing is called, what is listed, which days and names."""

import re
from collections.abc import Iterator, Sequence

from overskill.services.generation.recipes.words import headline, plain, sentence

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONGEST_TITLE = 64
_LONGEST_NAME = 40
_JOINTS = frozenset("for of about from to in on at by with and".split())
_HANGING = _JOINTS | {"a", "an", "the", "my", "our", "is"}
_LEAD_IN = re.compile(
    r"^\W*(?:(?:please|hi|hello|hey|i'd|i|we'd|we|want|wants|need|needs|would|like|love|to|can|could|you|make|build|create|"
    r"design|write|give|get|set|up|me|us|have|just|simple|small|little|nice|basic|an?|the|some)\b[ ]*)+"
    r"(?:(?:web ?)?(?:app|tool|page|site|website|way|place|something|thing|program)\b[ ]*"
    r"(?:(?:for|to|that|which|where)\b[ ]*)?"
    r"(?:(?:an?|the|i|we|can|lets|me|us|you)\b[ ]*)*)?",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"[,.;:!?\n(]|\s[-–—]\s|\b(?:with|where|that|which|so|called|named|showing|including|include|asking|who|"
    r"we can|i can|using|please|sorted|plus|goal|from monday|monday)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?P<label>[\w-]+)?\s*(?::|\(|\b(?:such as|like|namely|e\.g\.?|including)\b:?)\s*(?P<list>[^.;:()!?\n]{3,200})",
    re.IGNORECASE,
)
_LONG_LIST = re.compile(r"\b(?P<start>with|for|of)\s+(?P<list>[^.;:()!?\n]{3,200})", re.IGNORECASE)
_PARTS = re.compile(r",|;|&|\+|\band\b|\bor\b|\bthen\b|\bplus\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|my|our|some|each|every|also|both)\s+", re.IGNORECASE)


def title_of(text: str) -> str:
    """What the prompt calls the thing: "Rota for the food bank volunteers"; "" when it says too little or too much."""
    rest = text[_lead_in(text) :]
    phrase = plain(_TITLE_END.split(rest, maxsplit=1)[0])
    words = phrase.split()
    while words and words[-1].lower() in _HANGING:
        words.pop()
    phrase = " ".join(words)
    return sentence(phrase) if len(words) > 1 and len(phrase) <= _LONGEST_TITLE else ""


def _lead_in(text: str) -> int:
    found = _LEAD_IN.match(text)
    return found.end() if found else 0


def short_name(title: str) -> str:
    """A title as the name of an app: shortened before "for" or "of" where it is long."""
    words = headline(re.sub(r"^(?:my|our|the)\s+", "", title, flags=re.IGNORECASE)).split()
    while len(" ".join(words)) > _LONGEST_NAME:
        joints = [place for place, word in enumerate(words) if place > 1 and word.lower() in _JOINTS]
        words = words[: joints[-1]] if joints else words[:-1]
    while words and words[-1].lower() in _HANGING:
        words.pop()
    return " ".join(words)


def parts_of(listed: str, longest: int = 4) -> list[str]:
    """The parts of "a, b and c" that are short enough to be names of something."""
    parts = (_ARTICLE.sub("", part.strip()).strip(" .'\"") for part in _PARTS.split(listed))
    return [part for part in parts if part and len(part.split()) <= longest]


def lists_in(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each list of two and more that is plainly one, with the word before it: ("shifts", ["early", "late"])."""
    for found in _LIST.finditer(text):
        parts = parts_of(found["list"])
        if len(parts) > 1:
            yield (found["label"] or "").lower(), parts


def long_lists_in(text: str) -> Iterator[tuple[str, list[str]]]:
    """Lists after words that begin much else as well: only those of two commas, or of two short words after "with"."""
    for found in _LONG_LIST.finditer(text):
        parts = parts_of(found["list"])
        if len(parts) > (1 if found["start"].lower() == "with" else 2):
            yield "", parts


def weekdays_in(text: str) -> tuple[int, ...]:
    """The days of the week that are meant, Monday is 0; none when the prompt doesn't say."""
    lower = text.lower()
    day = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
    span = re.search(rf"\b{day}\s*(?:-|–|to|through|till|until)\s*{day}\b", lower)
    starts = [name[:3].lower() for name in WEEKDAYS]
    if span:
        first, last = starts.index(span[1]), starts.index(span[2])
        return tuple(range(first, last + 1)) if first < last else tuple(range(7))
    if re.search(
        r"\bweekdays\b|\bweek days\b|\b(school|work|working|business) (week|days)\b|\bfive days\b|\b5 days\b", lower
    ):
        return tuple(range(5))
    if re.search(r"\bweekends?\b", lower) and not re.search(
        r"\bweek\b|\bweekly\b|\b(and|incl\w*|even) (the )?weekends?\b", lower
    ):
        return (5, 6)
    counted = re.search(r"\b([2-6])[- ]days?\b(?! (?:ago|before|trip))", lower)
    if counted:
        return tuple(range(int(counted[1])))
    named = {starts.index(found[:3]) for found in _named_days(lower)}
    is_one = re.search(r"\b(?:every|each|on|for) \w+days?\b|\b\w+days\b", lower)
    return tuple(sorted(named)) if len(named) > 1 or is_one else ()


def _named_days(text: str) -> Sequence[str]:
    full = "|".join(name.lower() for name in WEEKDAYS)
    return [found[1] for found in re.finditer(rf"\b({full})s?\b|\b(?:tues|weds|thurs)\b", text) if found[1]]
