"""A week as a grid: days across, meals, lessons, shifts or channels down."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_label, field_from_notation, unique_fields
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.phrases import (
    WEEKDAYS,
    lists_in,
    long_lists_in,
    short_name,
    title_of,
    weekdays_in,
)
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, Sample, SampleValue
from overskill.services.generation.recipes.words import camel, pluralize, sentence, singularize

_WHAT = (
    r"(?:meals?|menus?|dinners?|lunch(?:es)?|food|week(?:ly|end)?|week's|study|revision|exam|homework|school|homeschool|"
    r"lessons?|class(?:es)?|course|college|semester|workouts?|gym|fitness|training|exercise|cleaning|chores?|housework|"
    r"content|social media|editorial|instagram|tiktok|posting|kids'?|children'?s?|family|activit(?:y|ies)|volunteers?|"
    r"staff|duty|work|shifts?|on-?call|babysitting|nanny|carers?|student|teacher|day|daily|hourly|yoga|dance|bin|carpool|laundry|practice|watering)"
)
PATTERN = (
    rf"\b{_WHAT} (?:\w+ )?(?:planner|plan|schedule|timetable|rota|roster)\b(?! to\b)|"
    r"\btime ?tables?\b|\brotas?\b|\brosters?\b|\b(?:content|editorial|social media) calendar\b|"
    r"\b(?:planner|plan|schedule|grid)\b[^.]{0,60}\b(?:by day|per day|(?:for )?(?:the|each|my|our|this) week\b(?! of)|"
    r"days of the week|weekdays|monday|mon-|mon to)|"
    r"\bplan(?:ning)? (?:out )?(?:(?:my|our|the) )?(?:week|weekly|meals|dinners|lunches|lessons|"
    r"workouts|content|posts)\b|"
    r"\bweekly (?:\w+ )?menu\b|"
    r"\bwhat(?:'s| is| we| to)? (?:for|eat|cook)\w* (?:dinner )?(?:this week|each day|every (?:day|night))|"
    r"\b(?:a|my|our|weekly) planner\b|\bweek at a glance\b|"
    r"\bwho (?:does|cooks|cleans|works) (?:what )?(?:on )?(?:which|what|each|every) day"
)
WEIGHT = 3.25
_PARTS_OF_DAY = ("Early morning", "Morning", "Midday", "Noon", "Afternoon", "Evening", "Night")
_SLOT_WORDS = frozenset(
    "slot slots shift shifts channel channels row rows period periods time times room rooms station stations".split()
)
_HOURS = re.compile(
    r"\b(\d{1,2})(?::00)? ?(am|pm)? ?(?:-|–|to|until|till) ?(\d{1,2})(?::00)? ?(am|pm)?\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(\d{1,2}|two|three|four|five|six|seven|eight) (?:\w+ )?(period|lesson|shift|slot|block|meal|session|hour)s?\b",
    re.IGNORECASE,
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_MOST_SLOTS = 12
_ENOUGH = 3  # examples for any row, before those of other rows are taken as well
_HOUSEHOLD = ("Alex", "Sam", "Robin")
# Words of fields and of the app, which are no things to plan.
_FIELD_WORDS = frozenset(
    "teacher room subject place location who person name notes link reps sets field fields list lists print copy page "
    "plan week weekly weekdays weekends only planner reminder reminders "
    "columns view app users user people everyone mode".split()
)


@dataclass(frozen=True, slots=True)
class _Week:
    days: tuple[int, ...]  # 0 is Monday
    slots: tuple[str, ...]
    slot_label: str
    is_dated: bool


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    entry = _entry(text)
    week = _week(entry, text)
    entity = _entity(brief, entry, week)
    title = _title(text, entity, week) or str(entry["title"])
    pages = [page("planner", "Week" if week.is_dated else "Timetable", entity, id="week")]
    if entry.get("needs"):
        pages.append(page("needs", "Shopping list", entity))
    named = {**entry, "names": [short_name(title)]}
    content = {
        "title": title,
        "days": list(week.days),
        "day": "day",
        "slot": camel(week.slot_label) if week.slots else "",
        "needs": camel(str(entry["needs"])) if entry.get("needs") else "",
        "each": entry.get("each", 1),
    }
    return make_app(brief, "planner", named, pages, entities=(entity,), tagline=str(entry["tagline"]), content=content)


def _title(text: str, entity: Entity, week: _Week) -> str:
    """The prompt's own words, without the list that the grid shows anyway."""
    title = title_of(text)
    shown = {str(row[entity.title.id]).lower() for row in entity.samples} | {one.lower() for one in week.slots}
    before, joint, listed = title.rpartition(" for ")
    return before if joint and listed.lower() in shown and f"{listed.lower()}," in text.lower() else title


def _entry(text: str) -> Mapping[str, Any]:
    hits = search("planners", text)
    known = [hit.entry for hit in hits if not hit.entry.get("generic")]
    if known:
        return known[0]
    shelves = shelf("planners")
    return shelves["timetable"] if re.search(r"\bclass\b", text, re.IGNORECASE) else shelves["general"]


def _week(entry: Mapping[str, Any], text: str) -> _Week:
    days = weekdays_in(text) or tuple(range(int(entry.get("days", 7))))
    label, slots = _slots(entry, text)
    is_dated = not entry.get("weekly") or bool(
        re.search(r"\bnext week\b|\bthis week\b|\blast week\b|\bcalendar\b", text, re.IGNORECASE)
    )
    return _Week(days, slots[:_MOST_SLOTS], label, is_dated)


def _slots(entry: Mapping[str, Any], text: str) -> tuple[str, tuple[str, ...]]:
    """The rows of the grid, and what they are: what the prompt names before what is usual."""
    usual, label = tuple(entry["slots"]), str(entry["slot"] or "Part of the day")
    for word, parts in lists_in(text):
        if word in _SLOT_WORDS and not weekdays_in(" ".join(parts)):
            return sentence(singularize(word)), tuple(sentence(_without(one, "shift")) for one in parts)
    named = _named(tuple(entry.get("known", _PARTS_OF_DAY)), text)
    if not named and not entry.get("narrow"):
        named = _named(_PARTS_OF_DAY, text)
    if len(named) > 1 or (named and not usual):
        return label, named
    hours = _hours(text)
    if hours:
        return "Time", hours
    return _counted_slots(label, text) or _with_one(entry, label, usual, named, text)


def _counted_slots(label: str, text: str) -> tuple[str, tuple[str, ...]] | None:
    """ "6 periods a day"."""
    counted = _COUNTED.search(text)
    number = (_NUMBERS.get(counted[1].lower()) or int(counted[1])) if counted else 0
    if not counted or not 1 < number <= _MOST_SLOTS:
        return None
    return label, tuple(f"{sentence(counted[2].lower())} {index + 1}" for index in range(number))


def _with_one(
    entry: Mapping[str, Any], label: str, usual: tuple[str, ...], named: tuple[str, ...], text: str
) -> tuple[str, tuple[str, ...]]:
    """One row is named: it is all ("our dinners"), one more ("meals with snacks"), or says where ("for Instagram")."""
    if named and entry.get("narrow"):
        formats: Mapping[str, list[str]] = entry["narrow"]
        return ("Format", tuple(formats[named[0]])) if named[0] in formats else (label, named)
    is_more = re.search(rf"\b{re.escape(str(entry['entity']))}s?\b", text, re.IGNORECASE)
    if named and is_more and not set(named) <= set(usual):
        return label, (*usual, *named)
    return label, named if named and entry.get("needs") else usual


def _named(known: Sequence[str], text: str) -> tuple[str, ...]:
    lower = text.lower()
    found = [one for one in known if re.search(rf"\b{one.lower()}(?:s|es)?\b", lower)]
    return tuple(one for one in found if not any(one != other and one.lower() in other.lower() for other in found))


def _without(text: str, word: str) -> str:
    return re.sub(rf"\s*\b{word}s?\b", "", text, flags=re.IGNORECASE).strip() or text


def _hours(text: str) -> tuple[str, ...]:
    """ "From 9 to 5" is a row an hour."""
    found = _HOURS.search(text)
    if not found:
        return tuple(f"{hour}:00" for hour in range(8, 19)) if re.search(r"\bhourly\b|\bby (the )?hour\b", text) else ()
    first, last = int(found[1]), int(found[3])
    if not (found[2] or found[4] or ":" in found[0] or re.search(rf"\bfrom {re.escape(found[0])}", text)):
        return ()
    first += 12 if (found[2] or "").lower() == "pm" and first < 12 else 0
    last += 12 if last < 12 and ((found[4] or "").lower() == "pm" or last <= first) else 0
    return tuple(f"{hour}:00" for hour in range(first, last)) if 0 <= first < last <= 24 else ()


def _entity(brief: Brief, entry: Mapping[str, Any], week: _Week) -> Entity:
    weekdays = tuple(WEEKDAYS[one] for one in week.days)
    day = Field("day", "Day", "date") if week.is_dated else Field("day", "Day", "select", weekdays)
    slot = [Field(camel(week.slot_label), week.slot_label, "select", week.slots)] if week.slots else []
    known = [field_from_notation(one) for one in entry["fields"]]
    if not entry.get("people") and not any(one.id == "who" for one in known) and _has_people(brief):
        known.insert(0, Field("who", "Who"))
    rows = _rows(brief, entry, week, [field_from_notation(str(entry["thing"])), *known])
    named = {str(value).lower() for row in rows for value in row}
    asked = [one for one in brief.fields if not _is_named(one.label, named) and not _is_in_grid(one, week)]
    fields = unique_fields([field_from_notation(str(entry["thing"])), day, *slot, *known, *asked])
    singular = str(entry["entity"])
    entity = Entity(singular, str(entry.get("plural") or pluralize(singular)), str(entry["icon"]), fields)
    ids = [fields[0].id, *(one.id for one in known)]
    return replace(
        entity, samples=_samples(entry, week, entity, [dict(zip(["", *ids], row, strict=False)) for row in rows])
    )


def _is_named(label: str, named: set[str]) -> bool:
    """What stands in the cells is no field, nor is "vacuuming for Tom"."""
    return re.split(r" for ", label.lower(), maxsplit=1)[0] in named


def _has_people(brief: Brief) -> bool:
    return len(brief.people) > 1 or bool(
        re.search(r"\bwho\b|\bwhose turn\b|\beach person\b", brief.about, re.IGNORECASE)
    )


def _is_in_grid(field: Field, week: _Week) -> bool:
    """What was read as a field but is a day or a row of the grid, or the name of one."""
    label = field.label.lower()
    taken = (*(name.lower() for name in WEEKDAYS), *(one.lower() for one in week.slots))
    return bool(re.search(r"\b(days?|weeks?|weekdays|shifts?|plan\w*|list|periods?|print\w*|snacks?)\b", label)) or any(
        word in label or label in word for word in taken
    )


def _samples(
    entry: Mapping[str, Any], week: _Week, entity: Entity, rows: Sequence[Mapping[str, SampleValue]]
) -> tuple[Sample, ...]:
    """What stands in the cells: each row of the grid goes through what fits it."""
    found: list[Sample] = []
    each = int(entry.get("each", 1))
    for place, slot in enumerate(week.slots or ("",)):
        own = [row for row in rows if row[""] == slot]
        loose = [row for row in rows if not row[""]]
        fitting = own or (loose if len(loose) > _ENOUGH else list(rows))
        for column, day in enumerate(week.days):
            for again in range(each):
                if (column * 37 + place * 53 + again * 29) % 100 >= int(entry["share"]):
                    continue
                row = fitting[(column * each + again + (0 if own else place * (1 + len(fitting) // 3))) % len(fitting)]
                where: dict[str, SampleValue] = {"day": day if week.is_dated else WEEKDAYS[day]}
                where |= {camel(week.slot_label): slot} if slot else {}
                found.append(_complete(entity, {**row, **where}))
    return tuple(found)


def _complete(entity: Entity, row: Mapping[str, SampleValue]) -> Sample:
    blanks: Mapping[str, SampleValue] = {"boolean": False, "number": 0, "money": 0, "rating": 0}
    return {
        one.id: row.get(one.id, one.options[0] if one.options else blanks.get(one.type, "")) for one in entity.fields
    }


def _rows(brief: Brief, entry: Mapping[str, Any], week: _Week, fields: Sequence[Field]) -> list[list[SampleValue]]:
    """The examples, with what the prompt names in the place of ours: things, subjects and people."""
    rows = [list(row) for row in entry["rows"] if not _is_without(row, entry, brief.about)]
    things = [] if entry.get("people") else _things(brief, week, fields) or _of_subjects(entry, brief.about)
    if things:
        rows = [["", thing] for thing in things]
    names = brief.people
    if entry.get("people") and len(names) > 1:
        jobs = _things(brief, week, fields) if len(fields) > 1 and fields[1].type == "text" else []
        return [["", name, *([jobs[place % len(jobs)]] if jobs else [])] for place, name in enumerate(names)]
    who = next((place for place, one in enumerate(fields, 1) if one.label == "Who"), 0)
    people = names or _HOUSEHOLD
    if who > 1 and (things or len(names) > 1 or len(entry["fields"]) < len(fields) - 1):
        blank: list[SampleValue] = [""] * (who - 2)
        rows = [[*row[:2], *blank, people[index % len(people)]] for index, row in enumerate(rows)]
    return rows


def _is_without(row: Sequence[object], entry: Mapping[str, Any], text: str) -> bool:
    """A vegan week has no eggs."""
    words = " ".join(str(value).lower() for value in row)
    return any(
        re.search(rf"\b{diet}\b", text, re.IGNORECASE) and re.search(rf"\b(?:{gone})\b", words)
        for diet, gone in entry.get("without", {}).items()
    )


def _of_subjects(entry: Mapping[str, Any], text: str) -> list[str]:
    """What can be done in any subject, for the one that is named: "Science: a first experiment"."""
    named = [one for one in entry.get("subjects", ()) if re.search(rf"\b{one}\b", text, re.IGNORECASE)]
    return [pattern.format(sentence(subject)) for pattern in entry.get("any", ()) for subject in named]


def _things(brief: Brief, week: _Week, fields: Sequence[Field]) -> list[str]:
    """What the prompt lists that is neither a day, a row, a person nor a field: subjects, chores, exercises."""
    taken = {one.lower() for one in (*week.slots, *WEEKDAYS, *brief.people)}
    labels = {word for one in fields for word in one.label.lower().split()} | _FIELD_WORDS
    for word, listed in (*lists_in(brief.about), *long_lists_in(brief.about)):
        parts = _only_listed(listed)
        kept = [one for one in parts if not re.search(r"\d", one) and not any(name in one.lower() for name in taken)]
        like_fields = [one for one in kept if set(one.lower().split()) & labels or field_from_label(one).type != "text"]
        is_fields = len(like_fields) * 2 >= len(kept)  # "outdoor time" among subjects is one of them
        if word not in _SLOT_WORDS and len(kept) > 1 and not is_fields:
            return [sentence(one) for one in kept]
    return []


def _only_listed(parts: list[str]) -> list[str]:
    """Without what stands around the list: "family with maths" is maths, "swimming for my kids" is swimming."""
    named = [re.sub(r"^.*\bwith ", "", one, flags=re.IGNORECASE) for one in parts]
    return [*named[:-1], re.split(r" (?:for|on|in|at|by|every|each) ", named[-1], maxsplit=1)[0]]
