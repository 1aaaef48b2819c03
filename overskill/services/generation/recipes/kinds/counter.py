"""An amount a day toward a goal, or tallies that are counted one tap at a time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.phrases import lists_in, parts_of, short_name, title_of
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page, SampleValue
from overskill.services.generation.recipes.words import (
    headline,
    is_plural,
    kebab,
    listing,
    low,
    pluralize,
    sentence,
    singularize,
)

_DAILY = (
    r"(?:cigarettes?|steps|glasses|cups|coffees?|teas|beers|drinks|pages|words|minutes|push[- ]?ups|pull[- ]?ups|"
    r"sit[- ]?ups|press[- ]?ups|"
    r"squats|calories|kcal|portions|lit(?:er|re)s|water|protein|sugar|carbs|caffeine|alcohol)"
)
_INTAKE = (
    r"(?:water|hydration|fluid|coffee|caffeine|calorie|kcal|protein|sugar|salt|alcohol|carbs?|steps?|cigarettes?|"
    r"smoking)"
)
_NOT_COUNTED = (
    r"(?!(?:down|on|as|words|characters|letters|lines|stock|inventory|votes|money|cash|points|scores?|days|me|hours|"
    r"towards?)\b)"
)
_VERBS = (
    r"(?:drinks?|drank|smokes?|smoked|eats?|ate|walks?|walked|reads?|writes?|do|did|take|took|have|had|say|said|see|"
    r"saw)"
)
PATTERN = (
    r"(?<!word )(?<!character )(?<!letter )(?<!life )(?<!score )(?<!kitchen )(?<!line )(?<!the )\bcounters?\b"
    r"(?! ?top)|"
    r"\btall(?:y|ies)\b|\bpedometer\b|\bscreen[- ]?time\b|"
    r"\bintake\b(?! (?:form|questionnaire|sheet|survey))|"
    rf"\b{_INTAKE}s? (?:tracker|tracking|consumption|log|goal|count)\b|"
    r"\bhow (?:much|many) (?!(?:money|time|sleep|hours|i|it)\b)(?:[\w-]+ ){1,4}?(?:i|we|he|she|they|my \w+) "
    rf"{_VERBS}\b|"
    r"\b(?:count|counting|keep(?:ing)? count of|clicker for|tally) "
    r"(?:(?:my|the|our|how many|every|each|all|up|daily) )*"
    rf"{_NOT_COUNTED}[a-z-]{{3,}}|"
    rf"\b{_DAILY} (?:\w+ ){{0,3}}?(?:per|a|each|every|in a|for the|of the) day\b|"
    rf"\bdaily {_DAILY}\b|\b(?:my|daily) steps\b|\btrack (?:my )?(?:daily )?{_DAILY}\b|\bfewer {_DAILY}\b|"
    r"\bcut(?:ting)? (?:down|back) on\b|\bdrink(?:ing)? (?:more|less|enough)\b|\bsmok(?:e|ing) less\b"
)
WEIGHT = 3.2
_LESS = re.compile(
    r"\b(less|fewer|reduce|reducing|cut(ting)? (down|back)|limit|no more than|at most|maximum|max|under)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(more|enough|at least|minimum|reach)\b", re.IGNORECASE)
_GOAL = re.compile(
    r"\b(?:goal|target|limit|max(?:imum)?|at most|no more than|under|up to|less than|fewer than|reach(?:ing)?|"
    r"aim(?:ing)? for|capacity|at least|budget)\b(?:,? (?:of|is|at|to))?:?,? *(?:about |only )?"
    r"(?P<number>\d[\d.,]*) ?(?P<k>k\b)? ?(?P<unit>[a-z-]+)?",
    re.IGNORECASE,
)
_PER_DAY = re.compile(
    r"\b(?P<number>\d[\d.,]*) ?(?P<k>k\b)? ?(?P<unit>(?!a\b|per\b|each\b|every\b)[a-z-]+)? (?:a|per|each|every) day\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\b(?P<number>\d[\d.,]*) ?(?P<k>k\b)? ?(?P<unit>[a-z-]+)\b", re.IGNORECASE)
_FACTORS = {
    ("l", "ml"): 1000, ("litre", "ml"): 1000, ("liter", "ml"): 1000,
    ("hour", "minutes"): 60, ("h", "minutes"): 60, ("hr", "minutes"): 60, ("min", "minutes"): 1,
    ("calorie", "kcal"): 1, ("gram", "g"): 1, ("drink", "cups"): 1, ("cup", "cups"): 1,
}  # fmt: skip
_SYMBOLS = frozenset("ml g kcal oz km mg l min".split())
# What one of the counted is worth, with how much that usually is.
_WORTH = {
    "length": (25, "m"), "distance": (400, "m"), "price": (5, ""), "cost": (5, ""), "value": (1, ""),
    "weight": (1, "kg"), "size": (1, ""), "points": (1, "points"),
}  # fmt: skip
_EACH = re.compile(rf"\b(?P<each>(?!total\b)[a-z]+ (?P<kind>{'|'.join(_WORTH)}))\b", re.IGNORECASE)
_TOTAL = re.compile(r"\btotal (?:distance|length|price|cost|value|weight|points|amount|money)\b", re.IGNORECASE)
_TIMES = ("07:40", "09:15", "11:00", "13:30", "16:05", "18:20", "20:10", "21:30")
# Two weeks in hundredths of the goal, today first.
_TOWARD = (62, 104, 100, 100, 112, 75, 101, 108, 100, 92, 105, 64, 100, 110)
_UNDER = (50, 88, 100, 75, 126, 100, 63, 90, 112, 100, 138, 100, 125, 112)
_MOST = 3  # counters in one app
_FOOD_DAYS = 5  # with several entries each
_MOST_TALLIES = 9  # a key each
_TOOLS = frozenset("a an the counter counters tally tallies click clicker app simple up things my i".split())


@dataclass(frozen=True, slots=True)
class _Counter:
    """What is counted, in which unit, toward what."""

    title: str
    unit: str  # in the plural
    goal: float  # 0 is none
    steps: Sequence[float]
    is_less: bool
    what: str
    items: Sequence[tuple[str, float]]
    entry: Mapping[str, Any]


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    hits = [hit for hit in search("counters", text) if not hit.entry.get("generic")]
    if _is_tally(text, [hit.entry for hit in hits]):
        return _tallies(brief, hits[0].entry if hits and "tallies" in hits[0].entry else None)
    daily = [hit for hit in hits if "tallies" not in hit.entry]
    if len(daily) > 1 and _are_listed(text, [hit.word for hit in daily]):
        daily = sorted(daily[:_MOST], key=lambda hit: text.lower().find(hit.word))
    else:
        daily = daily[:1]
    counters = [_known(hit.entry, text) for hit in daily] or [_unknown(brief)]
    entities = tuple(_entity(one) for one in counters)
    pages: list[Page] = []
    facts: dict[str, Any] = {}
    for counter, entity in zip(counters, entities, strict=True):
        is_only = len(counters) == 1
        title = "Today" if is_only else counter.title
        pages.append(page("counter", title, entity, id="today" if is_only else kebab(counter.title)))
        facts[pages[-1].id] = _facts(counter)
    if len(counters) == 1:
        pages.append(page("history", "History", entities[0]))
    content = {"counters": facts}
    look, tagline = counters[0].entry, ""
    if len(counters) > 1:
        together = sentence(listing([low(one.title) for one in counters]))
        look, tagline = {**look, "names": [headline(together)]}, f"{together}, day by day."
    return make_app(brief, "counter", look, pages, entities=entities, tagline=tagline, content=content)


def _is_tally(text: str, entries: Sequence[Mapping[str, Any]]) -> bool:
    if re.search(r"\b(per|a|each|every) day\b|\bdaily\b|\bintake\b|\bgoal\b", text, re.IGNORECASE):
        return bool(entries) and "tallies" in entries[0] and not re.search(r"\bgoal\b", text, re.IGNORECASE)
    if entries:
        return "tallies" in entries[0]
    return bool(
        re.search(
            r"\btall(y|ies)\b|\bcounters\b|\bclick(er)?\b|\bcounter app\b|\bcounter$|\bseen\b|\bsee\b",
            text,
            re.IGNORECASE,
        )
    )


def _are_listed(text: str, words: Sequence[str]) -> bool:
    """ "Water, steps and coffee" are three things to count, "pages read" is one."""
    joint = r"(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+|\s*&\s*|\s*\+\s*|\s+or\s+)(?:my\s+|the\s+)?"
    return any(
        re.search(rf"\b{re.escape(one)}{joint}{re.escape(other)}\b", text, re.IGNORECASE)
        for one in words
        for other in words
        if one != other
    )


def _known(entry: Mapping[str, Any], text: str) -> _Counter:
    unit, goal, steps, title = str(entry["unit"]), float(entry["goal"]), list(entry["steps"]), str(entry["title"])
    for name, (other_goal, other_steps) in entry.get("units", {}).items():
        if re.search(rf"\b{singularize(name)}(s|es)?\b", text, re.IGNORECASE):
            unit, goal, steps = name, float(other_goal), list(other_steps)
            break
    own = next((one for one in entry.get("own_unit", ()) if _is_named(one, text)), "")
    if own:
        unit, title = own, sentence(own)
    title = _what_is_done(text) if unit == "minutes" and _what_is_done(text) else title
    is_less = not _MORE.search(text) and bool(entry.get("less") or _LESS.search(text))
    items = [(str(name), float(amount)) for name, amount in entry.get("items", ())]
    return _Counter(title, unit, _goal(text, unit) or goal, steps, is_less, str(entry.get("what", "")), items, entry)


def _what_is_done(text: str) -> str:
    """ "Piano practice" of "minutes of piano practice per day"."""
    found = re.search(r"\bminutes (?:of|i) ([a-z][a-z ]{2,24}?) (?:per|a|each|every) day\b", text, re.IGNORECASE)
    return sentence(found[1]) if found else ""


def _is_named(name: str, text: str) -> bool:
    """ "Push-ups" are named by "pushup" and "push ups" too."""
    pattern = re.escape(singularize(name)).replace(r"\-", "[- ]?")
    return bool(re.search(rf"\b{pattern}(?:s|es)?\b", text, re.IGNORECASE))


def _unknown(brief: Brief) -> _Counter:
    """Counted by its own name: one at a time, with a goal only when the prompt has one."""
    entry = shelf("counters")["anything"]
    noun = brief.noun.split()[-1] if brief.noun and not re.search(r"\btimes\b", brief.about) else "times"
    unit = noun if is_plural(noun) else pluralize(noun)
    title = sentence(brief.noun) if unit != "times" and brief.noun else _what_happens(brief.about) or "Times"
    entry = {**entry, "names": [short_name(title)], "tagline": f"{title}, counted day by day."}
    goal = _goal(brief.about, unit)
    return _Counter(title, unit, goal, [1] if goal < 40 else [1, 5, 10], bool(_LESS.search(brief.about)), "", [], entry)


def _what_happens(text: str) -> str:
    found = re.search(
        r"\btimes\b(?: a day| per day| each day)?,? ((?:i|we|my|he|she|they|it|the)\b[^,.;:!?\n]{3,32})",
        text,
        re.IGNORECASE,
    )
    return sentence(f"times {found[1].strip()}") if found else ""


def _goal(text: str, unit: str) -> float:
    """ "8 glasses", "a goal of 3 litres", "100 a day", "10k", "under 2 hours": in the unit that is counted; or 0."""
    found = _GOAL.search(text) or _PER_DAY.search(text)
    if found:
        return _in_unit(found, unit) or _number(found)
    named = next((amount for amount in (_in_unit(one, unit) for one in _AMOUNT.finditer(text)) if amount), 0.0)
    thousands = re.search(r"\b(?P<number>\d[\d.]*)(?P<k>k)\b", text, re.IGNORECASE)
    return named or (_number(thousands) if thousands else 0.0)


def _in_unit(found: re.Match[str], unit: str) -> float:
    word = singularize((found["unit"] or "").lower())
    if word and word == singularize(unit):
        return _number(found)
    return _number(found) * _FACTORS.get((word, unit), 0)


def _number(found: re.Match[str]) -> float:
    digits = re.sub(r",(?=\d{3})|[.](?=\d{3}\b)", "", found["number"]).replace(",", ".").strip(".")
    return float(digits) * (1000 if found["k"] else 1) if re.fullmatch(r"\d+(\.\d+)?", digits) else 0


def _facts(counter: _Counter) -> dict[str, Any]:
    return {
        "title": counter.title,
        "one": counter.unit if counter.unit in _SYMBOLS else singularize(counter.unit),
        "many": counter.unit,
        "goal": _whole(counter.goal),
        "steps": list(counter.steps),
        "less": counter.is_less,
        "items": [[name, _whole(amount)] for name, amount in counter.items],
    }


def _entity(counter: _Counter) -> Entity:
    notation = [f"Amount: number {counter.unit}", "Date: date", "Time: time"]
    if counter.what:
        notation.insert(0, f"{counter.what}!")
    fields = tuple(field_from_notation(one) for one in notation)
    name = singularize(counter.title.lower())
    rows = list(_food(counter) if counter.items else _amounts(counter))
    return Entity(f"{name} entry", f"{name} entries", str(counter.entry["icon"]), fields, samples=records(fields, rows))


def _amounts(counter: _Counter) -> Iterator[list[SampleValue]]:
    """Today by the quick buttons, the days before in one."""
    smallest = min(counter.steps)
    goal = counter.goal or smallest * 8
    for back, share in enumerate(_UNDER if counter.is_less else _TOWARD):
        total = max(1, round(goal * share / 100 / smallest)) * smallest
        if back:
            yield [_whole(total), -back, _TIMES[-2]]
            continue
        for index, time in enumerate(_TIMES[: 6 if smallest < total else 1]):
            amount = min(counter.steps[index % len(counter.steps)], total)
            if amount > 0:
                yield [_whole(amount), 0, time]
            total -= amount


def _food(counter: _Counter) -> Iterator[list[SampleValue]]:
    for back, share in enumerate((_UNDER if counter.is_less else _TOWARD)[:_FOOD_DAYS]):
        total, index = 0.0, back
        while total < counter.goal * min(share, 104) / 100 and index < back + len(_TIMES):
            name, amount = counter.items[index % len(counter.items)]
            yield [name, _whole(amount), -back, _TIMES[index - back]]
            total, index = total + amount, index + 1


def _whole(amount: float) -> int | float:
    return int(amount) if float(amount).is_integer() else round(amount, 2)


def _tallies(brief: Brief, entry: Mapping[str, Any] | None) -> AppSpec:
    text = brief.about
    known = entry or shelf("counters")["anything"]
    counted = _what_is_counted(text)
    names = _tally_names(text, known) or ([counted] if counted else []) or ["Count"]
    fields = (field_from_notation("Name!"), field_from_notation("Count: number"))
    rows = records(fields, [(name, 0) for name in names[:_MOST_TALLIES]])
    entity = Entity("tally", "tallies", str(known["icon"]), fields, samples=rows)
    title = title_of(text) or counted or str(known["title"])
    limit = _GOAL.search(text)
    content = {
        "title": title,
        "things": str(known.get("things") or "").lower() or counted.lower() or "in all",
        "limit": _whole(_number(limit)) if limit else 0,
        "isInOut": names == ["In", "Out"],
        "worth": _worth(text),
    }
    tagline = str(known["tagline"]) if entry else "One tap counts one, the total is always in sight."
    pages = [page("tallies", "Count", entity, id="count")]
    look = known if entry else {**known, "names": [short_name(title)]}
    return make_app(brief, "counter", look, pages, entities=(entity,), tagline=tagline, content=content)


def _worth(text: str) -> dict[str, Any]:
    """ "Laps with pool length and total distance": what one counts for, and what all come to; empty when unsaid."""
    each, total = _EACH.search(text), _TOTAL.search(text)
    if not each or not total:
        return {}
    kind = each["kind"].lower()
    amount, unit = _WORTH[kind]
    given = re.search(r"\b(\d+(?:\.\d+)?) ?(m|metres?|meters?|km|yards?|yd|kg|g|points?)\b", text, re.IGNORECASE)
    return {
        "each": sentence(each["each"].strip()),
        "total": sentence(total[0]),
        "amount": _whole(float(given[1])) if given else amount,
        "unit": given[2] if given else unit,
    }


def _tally_names(text: str, known: Mapping[str, Any]) -> list[str]:
    """What the prompt lists, otherwise what is usual for the subject."""
    if re.search(r"\b(in and out|ins and outs|coming and going|enter\w* and (leav|exit)\w*)\b", text, re.IGNORECASE):
        return ["In", "Out"]
    after = re.search(r"\b(?:count(?:ing)?|tally(?: of)?|counters? for)\b:? ([^.;:!?\n(]+)", text, re.IGNORECASE)
    listed = [parts for _, parts in lists_in(text)] + ([parts_of(after[1])] if after else [])
    named = next((parts for parts in listed if len(parts) > 1 and not re.search(r"\d", " ".join(parts))), [])
    own = [name for name in known.get("own_name", ()) if re.search(rf"\b{singularize(name)}s?\b", text, re.IGNORECASE)]
    return [sentence(one) for one in named] or own or list(known.get("tallies", ()))


def _what_is_counted(text: str) -> str:
    """ "Dogs" of "count the dogs I see"; "" when the prompt only names the tool."""
    found = re.search(
        r"\b(?:count(?:ing)?|tally(?: of)?|counters? for)"
        r"(?: (?:the|my|our|all|how many|every|each|of))* ([a-z-]+(?: [a-z-]+s\b)?)",
        text,
        re.IGNORECASE,
    )
    word = found[1] if found else ""
    before = re.search(r"\b([a-z-]+) (?:tally|counter)\b", text, re.IGNORECASE)
    word = word if word and word.lower() not in _TOOLS else (before[1] if before else "")
    return "" if not word or word.lower() in _TOOLS else sentence(pluralize(singularize(word)))
