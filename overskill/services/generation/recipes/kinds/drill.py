"""Arithmetic against the clock: times tables, plus and minus. `flashcards` chooses it."""

import re
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.named import find_audience, find_range
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.words import listing, sentence

PATTERN = (
    r"\b(times|multiplication) ?-?tables?\b|\btables? of (\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|"
    r"\bmental (math|maths|arithmetic)\b|\b(math|maths|arithmetic|addition|subtraction|multiplication|division) "
    r"(facts?|drills?|practi[cs]e|trainer|training|exercises?|flash ?-?cards?|game|problems|worksheets?)\b|"
    r"\bpracti[cs](e|ing) (\w+ ){0,2}(math|maths|arithmetic|addition|subtraction|multiplication|division|multiplying)\b"
    r"|"
    r"\b(learn|practi[cs]e)(ing)? (to |how to )?(add|subtract|multiply|divide|multiplying)\b|\b\d{1,2}x\d{1,2} table\b"
)
# How an operation is asked for, its sign, what it is called
_OPERATIONS = (
    (r"multipl|times|tables?\b", "×", "times tables"),
    (r"divi[ds]", "÷", "division"),
    (r"\badd|\bplus\b|\bsums?\b", "+", "addition"),
    (r"subtract|\bminus\b|take away", "−", "subtraction"),
)
_ROUND = 20
_WORDS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    found = [(sign, name) for pattern, sign, name in _OPERATIONS if re.search(pattern, text)]
    operations = found or [("+", "addition"), ("−", "subtraction"), ("×", "times tables")]
    what = listing([name for _, name in operations])
    audience = find_audience(brief.about)
    whose = f" for {audience}" if audience else ""
    content: dict[str, Any] = {
        "operations": [sign for sign, _ in operations],
        "tables": _tables(text),
        "highest": _highest(text),
        "round": _round(text),
    }
    names = [sentence(what)[:40] if len(operations) == 1 else "Mental arithmetic"]
    tables = ""
    if content["operations"] == ["×"] and len(content["tables"]) < 6:
        tables = f" of {listing([str(one) for one in content['tables']])}"
    if {"+", "−"} & set(content["operations"]):
        tables += f" up to {content['highest']}"
    tagline = f"{sentence(what)}{tables}{whose}: {content['round']} tasks a round, slips come back."
    look = {"names": names, "hue": "amber", "icon": "Calculator", "font": "rounded"}
    return make_app(brief, "flashcards", look, [page("drill", "Practice")], tagline=tagline, content=content)


def _tables(text: str) -> list[int]:
    """ "The 7 and 8 times tables", "tables from 2 to 12"; otherwise two to ten."""
    words = "|".join(_WORDS)
    numbers = rf"(?:\d{{1,2}}|{words})(?:(?:s|x)?(?:,| and|, and| or)? ?(?:\d{{1,2}}|{words}))*"
    named = re.search(rf"\b({numbers})(?:'?s|x)? times\b", text) or re.search(rf"\btables? of ({numbers})\b", text)
    if named and not re.search(r"\b\d+ (?:to|-) ?\d+", named[1]):
        found = [_WORDS.get(one) or int(one) for one in re.findall(rf"\d{{1,2}}|\b(?:{words})\b", named[1])]
        kept = sorted({one for one in found if 1 <= one <= 20})
        if kept:
            return kept
    limits = find_range(text)
    lowest, highest = limits if limits and limits[1] <= 20 else (2, 10)
    return list(range(max(1, lowest), highest + 1))


def _highest(text: str) -> int:
    """The largest number of a sum."""
    limits = find_range(text)
    if limits:
        return min(max(limits[1], 5), 1000)
    grade = re.search(r"\b(?:grade|year|class) (\d)|\b(\d)(?:st|nd|rd|th) grade", text)
    return {1: 20, 2: 100, 3: 100}.get(int(grade[1] or grade[2]), 100) if grade else 20


def _round(text: str) -> int:
    found = re.search(r"\b(\d{1,3}) (?:questions|tasks|problems|sums|exercises)\b", text)
    return min(max(int(found[1]), 3), 100) if found else _ROUND
