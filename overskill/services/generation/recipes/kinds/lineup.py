"""Who stands or sits where: a team in its formation, guests at tables, pupils in rows."""

import re
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.named import find_names
from overskill.services.generation.recipes.phrases import short_name, title_of
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity
from overskill.services.generation.recipes.words import listing, sentence

_TEAM = r"(?:football|soccer|team|match|starting|5-a-side|7-a-side)"
_FORMATION = re.compile(r"(?<![\d-])([1-6](?:-[1-6]){2,3})(?![\d-])")
PATTERN = (
    rf"\b{_TEAM} (?:\w+ )?line[- ]?ups?\b|\bline[- ]?ups? (?:picker|builder|maker|planner|creator|app|board)\b|"
    r"\b(?:starting|best|dream) (?:eleven|xi|11)\b|\bformations? (?:picker|builder|planner|maker|board)\b|"
    r"(?<![\d-])[2-5]-[1-5]-[1-5](?:-[1-3])?(?![\d-])|"
    r"\bseating (?:charts?|plans?|arrangements?|planner|map)\b|\btable (?:plan(?:ner)?|seating|arrangement)\b|"
    r"\bseat (?:my|our|the) (?:guests|pupils|students|class)\b|\bwho sits (?:where|next to)\b"
)
WEIGHT = 4.3
_USUAL = ("4-4-2", "4-3-3", "3-5-2", "4-2-3-1")
_COUNTS = {
    "tables": re.compile(r"\b(\d{1,2}) (?:\w+ )?(?:tables|rows|groups)\b", re.IGNORECASE),
    "seats": re.compile(
        r"\b(?:of|for|with|seat(?:ing|s)?) (\d{1,2})(?! (?:\w+ )?(?:tables|rows|groups))"
        r"(?: (?:people|guests|seats|chairs|each|desks|pupils|students))?\b|"
        r"\b(\d{1,2}) (?:seats|chairs|desks|people|guests) (?:each|per|a|at each)\b",
        re.IGNORECASE,
    ),
}
_PLAYERS = "Adam Ben Chris Dani Eli Finn Gus Hugo Ivan Jonas Karim Leo Marco Nico".split()
_GUESTS = (
    "Aunt Rosa,Uncle Jim,Grandma Ida,Maya,Jonas,Priya,Omar,Sofia,Ken,Lena,Tom,Clara,David,Nina,Paul,Ruth,Sam,Tess,"
    "Victor,Zoe"
).split(",")
_PUPILS = "Ada Ben Cleo Dylan Emma Felix Grace Hana Ivo Jana Kai Lily Milo Nora Oscar Pia Quinn Rosa Sami Tara".split()
_MOST = 30


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    formations = list(dict.fromkeys(found[1] for found in _FORMATION.finditer(text)))
    is_seating = bool(re.search(r"\bseat|\btable|\bsits\b|\brows\b", text, re.IGNORECASE)) and not formations
    is_class = is_seating and bool(re.search(r"\bclass|\bpupils|\bstudents|\bschool", text, re.IGNORECASE))
    one, usual = ("pupil", _PUPILS) if is_class else ("guest", _GUESTS) if is_seating else ("player", _PLAYERS)
    names = [*brief.people] or find_names(text)
    fields = (field_from_notation("Name!"),)
    rows = records(fields, [[name] for name in (names if len(names) > 1 else usual)])
    entity = Entity(one, f"{one}s", "Armchair" if is_seating else "Shirt", fields, samples=rows)
    content = _seating(text, is_class=is_class) if is_seating else _pitch(formations)
    title = re.sub(r"\b(?:picker|builder|maker|creator|app)\b ?", "", title_of(text), flags=re.IGNORECASE).strip()
    content["title"] = sentence(title) or ("Seating plan" if is_seating else "Line-up")
    where = f"{content['groups']} {content['group'].lower()}s of {content['seats']}" if is_seating else ""
    where = where or f"Formation {listing(content['formations'][: len(formations) or 4], 'or')}"
    look = {"names": [short_name(str(content["title"]))], "hue": "rose" if is_seating else "emerald"}
    pages = [page("lineup", "Seats" if is_seating else "Pitch", entity, id="lineup")]
    tagline = f"{where}: choose a {one}, then a place. Two swap when the place is taken."
    return make_app(brief, "lineup", look, pages, entities=(entity,), content=content, tagline=tagline)


def _pitch(formations: list[str]) -> dict[str, Any]:
    size = sum(map(int, formations[0].split("-"))) if formations else 10
    alike = [one for one in _USUAL if sum(map(int, one.split("-"))) == size and one not in formations]
    return {"formations": [*formations, *alike]}


def _seating(text: str, *, is_class: bool) -> dict[str, Any]:
    tables, seats = (pattern.search(text) for pattern in _COUNTS.values())
    number = int(next(one for one in seats.groups() if one)) if seats else 6
    group = "Row" if is_class and not re.search(r"\btables?\b", text, re.IGNORECASE) else "Table"
    return {
        "groups": max(1, min(int(tables[1]), _MOST)) if tables else 4,
        "seats": max(1, min(number, _MOST)),
        "group": group,
    }
