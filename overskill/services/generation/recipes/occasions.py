"""The one day a countdown runs to: what it is called, and when it is if the prompt or the calendar says so."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from overskill.services.generation.recipes.words import headline, plain, sentence

_EVENT = re.compile(
    r"\b(?:count(?:ing|s)?[ -]?down (?:timer |clock |page |app |the days )*(?:to|until|till|for)|"
    r"(?:days|sleeps|weeks|hours|time|long)(?: are| is)?(?: left| remaining| to go)? (?:until|till|before|to))\s+"
    r"(?P<event>[^.,;:!?\n]{2,60})",
    re.IGNORECASE,
)
_EVENT_BEFORE = re.compile(r"(?P<event>(?:[^\W\d_][\w'’]* ){1,3})count(?:ing)?[ -]?down\b", re.IGNORECASE)
_EVENT_END = re.compile(
    r"\s+(?:with|that|which|in big|showing|shows?|on|at|starts?|begins?|is|app|page|timer|clock|called|named|"
    r"so|where|and (?:show|let|a|the|it|with)|\d{4}|\(|in \d+|for (?:my|our) (?:website|phone))\b|"
    r"\s+\d{1,2}(?:st|nd|rd|th)?\b(?! birthday| anniversary)",
    re.IGNORECASE,
)
_NO_EVENT = frozenset(
    "a an the simple my our big animated cool live event days custom beautiful make build app of".split()
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year>\d{{4}}))?", re.IGNORECASE),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+{_MONTH}\b(?:,?\s+(?P<year>\d{{4}}))?", re.IGNORECASE
    ),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b"),
)
# Month and day of what comes every year.
_YEARLY: tuple[tuple[str, str], ...] = (
    (r"christmas eve", "12-24"),
    (r"christmas|xmas|santa", "12-25"),
    (r"new year'?s? eve|silvester|nye", "12-31"),
    (r"new year'?s?", "01-01"),
    (r"halloween", "10-31"),
    (r"valentine'?s?", "02-14"),
    (r"st\.? patrick'?s?", "03-17"),
    (r"independence day|fourth of july|4th of july", "07-04"),
    (r"winter|solstice", "12-21"),
    (r"spring", "03-20"),
    (r"summer", "06-21"),
    (r"autumn", "09-22"),
    (r"earth day", "04-22"),
    (r"april fool'?s?", "04-01"),
)
# "Summer vacation" is near a day of the calendar, not on it.
_ONLY_NEAR = re.compile(r"\b(trip|party|holidays?|vacation|break|wedding|concert|sale|camp|release|festival)\b")
_TIME = re.compile(
    r"\b(?P<hours>\d{1,2})(?::(?P<minutes>\d{2}))? ?(?P<half>[ap])\.?m\b|\bat (?P<clock>\d{1,2}):(?P<past>\d{2})\b",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 2025, 2040


@dataclass(frozen=True, slots=True)
class Occasion:
    title: str
    days: tuple[str, ...] = ()  # "2027-06-14": the first that is not over counts
    yearly: str = ""  # "12-25"
    time: str = ""  # "17:00"


def find_occasion(text: str) -> Occasion:
    title, time = _title(text), _time(text)
    named = next((found for pattern in _DATES if (found := pattern.search(text))), None)
    if named:
        return _on(title, named, time)
    lower = text.lower()
    moving = _moving_feast(lower)
    if moving:
        return Occasion(title, days=moving, time=time)
    yearly = next((day for pattern, day in _YEARLY if re.search(rf"\b(?:{pattern})\b", lower)), "")
    return Occasion(title, yearly="" if _ONLY_NEAR.search(lower) else yearly, time=time)


def _time(text: str) -> str:
    found = _TIME.search(text)
    if not found:
        return ""
    hours = int(found["hours"] or found["clock"])
    if found["half"]:
        hours = hours % 12 + (12 if found["half"].lower() == "p" else 0)
    return f"{hours:02d}:{found['minutes'] or found['past'] or '00'}" if hours < 24 else ""


def _title(text: str) -> str:
    found = _EVENT.search(text) or _EVENT_BEFORE.search(text)
    if not found:
        return ""
    phrase = plain(_EVENT_END.split(found["event"], maxsplit=1)[0])
    words = phrase.split()
    while words and words[0].lower() in _NO_EVENT - {"my", "our"}:
        words.pop(0)
    if not words or all(word.lower() in _NO_EVENT for word in words):
        return ""
    is_named = words[0].lower() not in {"my", "our"}
    return (headline(" ".join(words)) if is_named and len(words) <= 3 else sentence(" ".join(words)))[:48]


def _on(title: str, found: re.Match[str], time: str) -> Occasion:
    groups = found.groupdict()
    month = int(groups["number"]) if groups.get("number") else _MONTHS.index(groups["month"][:3].lower()) + 1
    try:
        day = date(int(groups["year"] or 2028), month, int(groups["day"]))
    except ValueError:
        return Occasion(title, time=time)
    if groups["year"]:
        return Occasion(title, days=(day.isoformat(),), time=time)
    return Occasion(title, yearly=day.isoformat()[5:], time=time)


def _moving_feast(text: str) -> tuple[str, ...]:
    years = range(_FIRST_YEAR, _LAST_YEAR + 1)
    if re.search(r"\beaster\b", text):
        return tuple(_easter(year).isoformat() for year in years)
    if re.search(r"\bthanksgiving\b", text):
        return tuple(_nth_weekday(year, 11, 3, 4).isoformat() for year in years)
    if re.search(r"\bblack friday\b", text):
        return tuple((_nth_weekday(year, 11, 3, 4) + timedelta(days=1)).isoformat() for year in years)
    if re.search(r"\bmother'?s'? day\b", text):
        return tuple(_nth_weekday(year, 5, 6, 2).isoformat() for year in years)
    if re.search(r"\bfather'?s'? day\b", text):
        return tuple(_nth_weekday(year, 6, 6, 3).isoformat() for year in years)
    return ()


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Sunday after the first full moon of spring, by Butcher's rule."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
