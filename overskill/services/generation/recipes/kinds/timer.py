"""Whatever is timed: focus and breaks, exercises, pots on the stove, laps, or the days until one event."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.durations import (
    Length,
    find_count,
    find_lengths,
    find_minutes,
    find_pair,
    without_lengths,
)
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.listed import find_listed
from overskill.services.generation.recipes.making import list_page, make_app, make_entity, page
from overskill.services.generation.recipes.occasions import find_occasion
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, Page
from overskill.services.generation.recipes.words import pluralize, sentence

# Several events are a list with the days until each: the domain "countdowns".
_MANY = (
    r"(?!(?:[\w'’]+\s+){0,3}(?:things|events|dates|occasions|deadlines|trips|birthdays|anniversaries|releases|"
    r"launches)\b)"
)
# A timer that comes with something else doesn't make the app.
_BESIDES = r"(?<!with )(?<!with a )(?<!and )(?<!and a )(?<!plus a )(?<!including a )(?<!has a )"
_EVENT = (
    rf"{_BESIDES}\bcount(?:ing)?[ -]?down (?:\w+ )?(?:to|until|till|for) {_MANY}|"
    r"\b(?:days|sleeps|weeks|time|how long)(?: are| is)?(?: left)?(?: it is)? (?:until|till) "
    rf"{_MANY}(?!each|every|they|it|a )|"
    rf"{_BESIDES}\b(?:[\w'’]+) countdown\b"
)
PATTERN = (
    rf"{_EVENT}|{_BESIDES}\btimers?\b|\bpomodoros?\b|\bstop ?-?watch(?:es)?\b|\bchess clock\b|"
    r"\bcountdown (?:clock|app)\b|\b(?:hiit|tabata|interval training)\b(?!.*\b(?:log|tracker|journal|diary)\b)|"
    r"\bmeditation (?:bell|app)\b|\bbox breathing\b|\bbreath(?:ing|work) (?:app|guide|exercises?|coach)\b|"
    r"^(?:help me )?time (?:my|our) |\bfocus (?:app|sessions?)\b|\blap times?\b(?=.*\bstart\b)"
)
WEIGHT = 3.6
_OUTRIGHT = (
    (r"\bpomodoros?\b", "pomodoro"),
    (r"\bstop ?-?watch", "stopwatch"),
    (r"\bchess\b", "chess"),
    (r"\btabata\b|\bhiit\b", "hiit"),
    (r"\brest timers?\b(?<!eye rest timer)", "rest"),
)
_ROUNDS = r"x|rounds?|sets?|cycles?|times|circuits?|repetitions|repeats|pomodoros|breaths"
_PERSONS = r"players?|speakers?|people|persons?|students?|presenters?|teams?|participants|contestants"
_ROLE_WORDS = re.compile(
    r"\b(works?|rests?|breaks?|focus|focused|off|on|each|per|rounds?|between|sessions?|intervals?|timer|long|short|"
    r"pomodoro|countdown|minutes?|seconds?|every|warning|notice|left|before|lasts?|bell|default|limit)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "a an the of my our simple basic make build create me for i want need app cute fun please with and to that little "
    "nice minute second hour minimal beautiful clean multiple several different online custom good loud".split()
)
# No turns are taken where something "turns yellow"; the first such colour is the warning.
_CHANGES_COLOUR = re.compile(
    r"\b(?:turns?|goes|becomes) (?:to )?(?:yellow|amber|orange|red|green|blue)\b", re.IGNORECASE
)
_COLOUR_AT = re.compile(
    r"\b(?:yellow|amber|orange|red) (?:at|with|when|after|for the last)\b[^,.]*?(?:seconds?|minutes?|mins?|secs?)\b",
    re.IGNORECASE,
)


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    named = _named_lengths(text)
    key = _choose(text, named)
    if key == "countdown":
        return _countdown(brief)
    entry = _in_turn(shelf("timers")[key], text, named)
    match entry["mode"]:
        case "stopwatch":
            return _logged(brief, entry, page("stopwatch", "Stopwatch", _session(entry)), {})
        case "timers" | "clock":
            return _several(brief, entry, named)
        case _:
            content = {"mode": entry["mode"], "title": entry["title"], **_lengths(text, entry, named)}
            return _logged(brief, entry, page("interval", _title(text, entry), _session(entry), id="timer"), content)


def _in_turn(entry: Mapping[str, Any], text: str, named: list[tuple[str, int]]) -> Mapping[str, Any]:
    """One stretch of time becomes several, when the prompt names what or whom they are for."""
    if entry["mode"] != "single" or not (named or find_listed(text)):
        return entry
    return {**shelf("timers")["routine" if named else "debate"], "work": entry["work"]}


def _choose(text: str, named: list[tuple[str, int]]) -> str:
    """The entry of the shelf, or "countdown"."""
    text = _CHANGES_COLOUR.sub(" ", text)
    lower = text.lower()
    named_outright = next((key for pattern, key in _OUTRIGHT if re.search(pattern, lower)), "")
    if named_outright != "pomodoro" and re.search(_EVENT, lower) and find_occasion(text).title:
        return "countdown"
    hits = search("timers", text)
    return named_outright or (hits[0].key if hits else _by_lengths(lower, named))


def _by_lengths(lower: str, named: list[tuple[str, int]]) -> str:
    """No word of the shelf is there, but lengths, rounds or persons may be."""
    roles = {one.role for one in find_lengths(lower)}
    if len(named) >= 2 and not re.search(r"\bthen\b|\brounds?\b|\brepeat", lower):
        return "general"
    if named or roles & {"rest"} or find_count(lower, _ROUNDS):
        return "hiit"
    if find_count(lower, _PERSONS):
        return "turns"
    return "general" if re.search(r"\btimers\b|\bmultiple\b|\bseveral\b", lower) else "plain"


def _countdown(brief: Brief) -> AppSpec:
    occasion = find_occasion(brief.about)
    entry = {
        "names": [f"Until {_inside(occasion.title)}" if len(occasion.title) <= 30 else "Not Long Now"],
        "hue": "fuchsia",
        "icon": "Hourglass",
        "tagline": f"The days, hours and minutes until {_inside(occasion.title)}.",
    }
    content = {"title": occasion.title, "days": list(occasion.days), "yearly": occasion.yearly, "time": occasion.time}
    return make_app(brief, "timer", entry, [page("countdown", "Countdown")], content=content)


def _logged(brief: Brief, entry: Mapping[str, Any], timer: Page, content: dict[str, Any]) -> AppSpec:
    """With a log of what was finished, and the tasks where the prompt speaks of tasks."""
    session = _session(entry)
    pages = [timer, page("table", "Log", session)]
    entities = [session]
    if re.search(r"\b(tasks?|to-?dos?|to do list|assignments)\b", brief.about, re.IGNORECASE):
        tasks = make_entity(replace(brief, fields=(), only_these=False), shelf("domains")["tasks"])
        pages.insert(1, list_page(tasks, frozenset({"checklist"})))
        entities.append(tasks)
    return make_app(
        brief,
        "timer",
        entry,
        pages,
        entities=tuple(entities),
        content=content,
    )


def _title(text: str, entry: Mapping[str, Any]) -> str:
    """ "HIIT timer", as the prompt has it."""
    found = re.search(r"\b((?:[^\W\d_][\w'’-]* ){1,3})(timers?)\b", text, re.IGNORECASE)
    words = [word for word in found[1].split() if word.lower() not in _SMALL] if found else []
    return sentence(" ".join([*words[-3:], found[2].lower()])) if found and words else str(entry["title"])


def _session(entry: Mapping[str, Any]) -> Entity:
    fields = [
        field_from_notation("Name!"),
        Field("date", "Date", "date"),
        Field("minutes", "Minutes", "number", unit="min"),
    ]
    if entry["mode"] == "stopwatch":
        fields.append(Field("laps", "Laps", "number"))
    return Entity("session", "sessions", "History", tuple(fields), sort="date", descending=True)


def _lengths(text: str, entry: Mapping[str, Any], named: list[tuple[str, int]]) -> dict[str, Any]:
    """What the settings begin with: from the prompt, else the usual."""
    found = {name: int(entry[name]) for name in ("work", "rest", "long", "rounds", "ready", "warn") if name in entry}
    lengths = find_lengths(_COLOUR_AT.sub(" ", text))
    found |= _asked_lengths(text, entry, found, [] if named else lengths)
    warned = _COLOUR_AT.search(text)
    if "warn" in found and warned:
        found["warn"] = next((one.seconds for one in find_lengths(warned[0])), found["warn"])
    if "rounds" in found:
        found["rounds"] = min(50, find_count(text, _ROUNDS) or _repeats(text) or found["rounds"])
    content: dict[str, Any] = {"lengths": found}
    if entry["mode"] == "steps":
        content |= {"steps": _steps(text, entry, named), "one": entry["one"], "waits": bool(entry.get("waits"))}
        pattern = re.search(r"\b(\d{1,2})-(\d{1,2})-(\d{1,2})(?:-(\d{1,2}))?\b", text)
        if pattern and entry["one"] == "step":
            seconds = [int(one) for one in pattern.groups() if one]
            content["steps"] = [[step[0], length] for step, length in zip(content["steps"], seconds, strict=False)]
    if "presets" in entry:
        minutes = find_minutes(text)
        found["work"] = minutes[0] * 60 if minutes else found["work"]
        content["presets"] = minutes or sorted(
            {*entry["presets"], found["work"] / 60 if found["work"] % 60 else found["work"] // 60}
        )
    return content


def _asked_lengths(
    text: str, entry: Mapping[str, Any], known: Mapping[str, int], lengths: list[Length]
) -> dict[str, int]:
    is_long = entry["mode"] != "steps"
    asked: dict[str, int] = {one.role: one.seconds for one in reversed(lengths) if one.role in known}
    pair = find_pair(text)
    if pair and len(lengths) < 2:
        unit = int(entry.get("unit", 60 if is_long else 1))
        return {"work": pair[0] * unit, **({"rest": pair[1] * unit} if "rest" in known else {})} | asked
    free = [one.seconds for one in lengths if not one.role]
    for name in ("work", "rest", "long"):
        if name in known and name not in asked and free:
            asked[name] = free.pop(0)
    return asked


def _repeats(text: str) -> int | None:
    found = re.search(r"\brepeat(?:ed|ing|s)?(?: it| them| this| all)? (\d+)", text, re.IGNORECASE)
    return int(found[1]) if found else None


def _steps(text: str, entry: Mapping[str, Any], named: list[tuple[str, int]]) -> list[list[Any]]:
    """[name, seconds]; 0 seconds are as long as the others."""
    if named:
        return [[name, seconds] for name, seconds in named]
    listed = find_listed(text)
    if not listed:
        listed = [str(one) for one in entry["steps"]]
        persons = re.search(rf"\b({_PERSONS})\b", text, re.IGNORECASE)
        count = find_count(text, _PERSONS)
        if persons and count:
            word = {"people": "person"}.get(persons[1].lower(), persons[1].lower().rstrip("s"))
            listed = [f"{sentence(word)} {number}" for number in range(1, min(count, 20) + 1)]
    return [[name, 0] for name in listed]


def _several(brief: Brief, entry: Mapping[str, Any], named: list[tuple[str, int]]) -> AppSpec:
    """Timers that run side by side, or in turn as on a chess clock."""
    text = brief.about
    lengths = [one.seconds for one in find_lengths(text)]
    usual = [
        (str(one[0]), int(one[1])) if isinstance(one, list) else (str(one), int(entry["work"]))
        for one in entry["steps"]
    ]
    listed = find_listed(text)
    if named:
        usual = named
    elif listed:
        known = {name.lower(): seconds for name, seconds in usual}
        spare = [300, 600, 900, 1200]
        usual = [
            (name, known.get(name.lower(), lengths[0] if lengths else spare[index % 4]))
            for index, name in enumerate(listed)
        ]
    elif entry["mode"] == "clock" and lengths:
        usual = [(name, lengths[0]) for name, _ in usual]
    elif lengths:
        usual = [
            (f"{seconds // 60} minutes" if seconds >= 120 else f"{seconds} seconds", seconds) for seconds in lengths
        ]
    one = str(entry["one"])
    fields = (field_from_notation("Name!"), Field("minutes", "Minutes", "number", unit="min"))
    rows = records(fields, [(name, seconds / 60 if seconds % 60 else seconds // 60) for name, seconds in usual])
    entity = Entity(one, pluralize(one), str(entry["icon"]), fields, samples=rows)
    content = {"inTurn": entry["mode"] == "clock"}
    pages = [page("timers", _title(text, entry), entity, id="timers")]
    return make_app(brief, "timer", entry, pages, entities=(entity,), content=content)


def _named_lengths(text: str) -> list[tuple[str, int]]:
    """ "Warm-up 5 minutes, run 20 minutes": what has a length of its own."""
    found: list[tuple[str, int]] = []
    for part in re.split(r"[,;:.\n]|\b(?:and|then|plus)\b", text.replace("(", " ").replace(")", ",")):
        lengths = find_lengths(part)
        words = re.split(r"\b(?:with|for|of|in|is|a|an|the|at|takes?|needs?|boils?|cooks?)\b", without_lengths(part))
        name = next((one.strip() for one in reversed(words) if one.strip()), "")
        if len(lengths) == 1 and 1 <= len(name.split()) <= 3 and not _ROLE_WORDS.search(name):
            found.append((sentence(name), lengths[0].seconds))
    return found if len(found) >= 2 else []


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:] if title.lower().startswith(("our ", "my ")) else title
