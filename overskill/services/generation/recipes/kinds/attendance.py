"""Who was there: groups, members, dates, and a mark for each."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.phrases import lists_in, parts_of, title_of, weekdays_in
from overskill.services.generation.recipes.samples import fill_samples, records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, SampleValue
from overskill.services.generation.recipes.words import headline, is_plural, plain, pluralize, sentence, singularize

_THEY = (
    r"(?:students?|pupils?|kids|children|players?|members?|employees?|staff|singers?|volunteers?|participants?|everyone|people|"
    r"attendees|workers|scouts)"
)
PATTERN = (
    r"(?<!gym )\battendance\b(?! (?:calculator|percentage|fee))|\b(?:class|school) register\b|\babsentees?\b|"
    r"\bwho (?:came|comes|showed up|turned up|attended|attends|(?:was|is) (?:there|here|present|absent|missing))\b|"
    r"\b(?:track|list|log|record)(?:ing)?(?: of)? who (?:attends|comes|came|shows up|attended)\b|"
    r"\b(?:register|record|log|track|list|sheet) of (?:\w+ )?attendance\b|\bpresent(?:,| or|/| and| \+) absent\b|"
    r"\broll[- ]?call\b|\btake (?:the )?(?:register|roll)\b|"
    rf"\bmark(?:ing)? (?:\w+ )?{_THEY} (?:as )?(?:present|absent|late)\b|"
    r"\b(?:student|pupil|staff|employee) absences?\b"
)
WEIGHT = 3.5
_GROUP_WORDS = (
    r"(?:class(?:es)?|groups?|teams?|sections?|departments?|squads?|grades?|cohorts?|rooms?|voices?|shifts?|troops?|crews?|branches|"
    r"locations?|sites?)"
)
_GROUPS = re.compile(
    rf"\b{_GROUP_WORDS}\b(?: are| called| named|:|,)?:?\s+(?P<list>[^.;:!?\n]{{3,140}})", re.IGNORECASE
)
_GROUPS_BEFORE = re.compile(rf"\b(?P<list>[\w-]+(?:, [\w-]+)*,? and [\w-]+) {_GROUP_WORDS}\b", re.IGNORECASE)
_CODES = re.compile(r"\bfor (?P<list>(?:(?:class |grade )?\d{1,2}[a-z]?(?:, and |, | and |\b)){2,8})", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(?P<count>[2-9]|two|three|four|five|six|seven|eight) (?:\w+ )?(?P<what>{_GROUP_WORDS})\b", re.IGNORECASE
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NO_GROUP = re.compile(
    r"\b(register|sheet|tracker|app|roll|present|absent|excused|late|attendance|dates?|rates?|charts?|csv|export|mark\w*|who|names?|students|members|kids|"
    r"reports?|each|every|notes?|week|day)\b",
    re.IGNORECASE,
)
_CHILDREN = (
    "Ada Brandt", "Ben Okafor", "Clara Lind", "David Rossi", "Ella Novak", "Finn Murphy", "Grace Kim", "Hugo Santos",
    "Ines Haddad", "Jonah Weber", "Kira Patel", "Leo Martin", "Maya Chen", "Noah Eriksen", "Olive Grant", "Paul Meyer",
    "Rosa Diaz", "Samuel Ito", "Tessa Young", "Viktor Hale", "Wilma Berg", "Yara Nasser", "Zoe Laurent", "Anton Moss",
)  # fmt: skip
_IN_A_GROUP, _ALONE = 6, 8
_MORE = frozenset({"phone", "email", "longtext"})


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    hits = search("rolls", text)
    entry = hits[0].entry if hits else shelf("rolls")["members"]
    label, groups = _groups(text, entry)
    entity = _members(brief, entry, label, groups)
    title = _title(text, entry, (*groups, *brief.people))
    days = [(day + 1) % 7 for day in weekdays_in(text)] or list(entry["days"])  # there 0 is Monday, here Sunday
    marks = ["present", *(["late"] if re.search(r"\blate\b", text, re.IGNORECASE) else []), "absent", "excused"]
    return make_app(
        brief,
        "attendance",
        {**entry, "names": [headline(title)[:40]]},
        [
            page("attendance", "Attendance", entity, id="attendance"),
            page("table", sentence(entity.plural), entity, id="members"),
        ],
        entities=(entity,),
        content={"title": title, "days": days, "marks": marks, "groupLabel": label},
        tagline=_tagline(entity, groups),
    )


def _groups(text: str, entry: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """What the groups are called, and their names: those in the prompt, as many as it says, or none."""
    counted = _COUNTED.search(text)
    said = re.search(rf"\b{_GROUP_WORDS}\b", text, re.IGNORECASE)
    word = counted["what"] if counted else said[0] if said else str(entry["group"])
    label = sentence(singularize(word.lower()))
    for parts in _lists(text):
        names = [sentence(plain(one)) for one in parts if not _NO_GROUP.search(one)]
        if len(names) >= 2 and len(names) == len(parts):
            return label, tuple(dict.fromkeys(name[:24] for name in names[:8]))
    if counted:
        number = _NUMBERS.get(counted["count"].lower()) or int(counted["count"])
        return label, tuple(f"{label} {index + 1}" for index in range(number))
    return label, ()


def _lists(text: str) -> list[list[str]]:
    labelled = [parts for word, parts in lists_in(text) if re.fullmatch(_GROUP_WORDS, word, re.IGNORECASE)]
    found = [
        parts_of(found["list"], 3) for pattern in (_GROUPS, _GROUPS_BEFORE, _CODES) for found in pattern.finditer(text)
    ]
    return [parts for parts in labelled + found if len(parts) > 1]


def _members(brief: Brief, entry: Mapping[str, Any], label: str, groups: tuple[str, ...]) -> Entity:
    one = _one(brief.about, entry)
    fields = [field_from_notation("Name!")]
    names = brief.people or _names(brief.about, one, len(groups))
    rows: list[tuple[SampleValue, ...]] = [(name,) for name in names]
    if groups:
        fields.append(Field("group", label, "select", groups))
        rows = [(name, groups[index % len(groups)]) for index, name in enumerate(names)]
    filters = ("group",) if groups else ()
    entity = Entity(one, pluralize(one), "Users", tuple(fields), samples=records(fields, rows), filters=filters)
    asked = [field for field in brief.fields if field.type in _MORE]
    return fill_samples(with_fields(entity, asked))


def _names(text: str, one: str, groups: int) -> tuple[str, ...]:
    """As many as the prompt says: "28 students"; those beyond our names are numbered."""
    said = re.search(rf"\b(\d{{1,2}}) (?:\w+ )?{_THEY}\b", text, re.IGNORECASE)
    count = int(said[1]) if said else min(_IN_A_GROUP * groups or _ALONE, len(_CHILDREN))
    more = (f"{sentence(one)} {number}" for number in range(len(_CHILDREN) + 1, count + 1))
    return (*_CHILDREN[:count], *more)


def _one(text: str, entry: Mapping[str, Any]) -> str:
    """Who is ticked off, in the prompt's word when it has one."""
    for word in re.findall(rf"\b{_THEY}\b", text.lower()):
        if word not in {"everyone", "people", "staff"} and is_plural(word):
            return "child" if word == "kids" else singularize(word)
    return str(entry["one"])


def _title(text: str, entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The prompt's words for it, unless they stop in the middle of its list."""
    said = title_of(text)
    is_whole = len(said.split()) <= 5 and not any(name.lower() in said.lower() for name in names)
    return said if is_whole and re.search(r"attendance|register|roll call", said.lower()) else str(entry["title"])


def _tagline(entity: Entity, groups: tuple[str, ...]) -> str:
    whom = f"{', '.join(groups[:-1])} and {groups[-1]}" if 1 < len(groups) <= 5 else f"your {entity.plural}"
    return f"Who was there, who was not, in {whom}." if groups else f"Who was there and who was not, of {whom}."
