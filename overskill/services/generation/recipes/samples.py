"""Sample data for what no data file knows: plausible, plainly made up, the same every time."""

from dataclasses import replace

from overskill.services.generation.recipes.spec import Entity, Field, SampleValue
from overskill.services.generation.recipes.words import fingerprint, sentence, singularize

_PEOPLE = ("Maya Lindqvist", "Jonas Weber", "Priya Nair", "Omar Haddad", "Sofia Lind", "Ken Ito")
_PLACES = ("Old Town", "Harbour", "North Side", "Market Square", "Riverside", "Hilltop")
_NOTES = (
    "Worth another look next week.",
    "",
    "Ask Maya about this one.",
    "Went better than expected.",
    "",
    "Keep an eye on it.",
)
_PREFIXES = ("Favourite", "Weekend", "First", "Spare", "Family", "Latest")
_TIMES = ("09:00", "11:30", "14:00", "16:15", "10:45", "18:00")
COUNT = 6


def fill_samples(entity: Entity, count: int = COUNT) -> Entity:
    """Every record with a value for every field; what is there stays."""
    rows = [dict(row) for row in entity.samples] or [{} for _ in range(count)]
    for index, row in enumerate(rows):
        for field in entity.fields:
            if field.id not in row:
                row[field.id] = sample(field, index, entity)
    return replace(entity, samples=tuple({one.id: row[one.id] for one in entity.fields} for row in rows))


def sample(field: Field, index: int, entity: Entity) -> SampleValue:
    chance = fingerprint(field.id, str(index), entity.plural)
    match field.type:
        case "text" | "longtext":
            return _text(field, index, entity)
        case "number":
            return _number(field, chance)
        case "money":
            return [12, 24.5, 8.9, 40, 65, 18.75][index % 6] * (1 + chance % 3)
        case "date":
            return _date(field, index)
        case "time":
            return _TIMES[index % len(_TIMES)]
        case "select":
            return field.options[(index + chance % 2) % len(field.options)]
        case "boolean":
            return index % 3 == 1
        case "rating":
            return 3 + (index * 2 + chance) % 3
        case "email":
            return f"{_PEOPLE[index % 6].split()[0].lower()}@example.com"
        case "phone":
            return f"+1 555 01{10 + index * 7}"
        case "url":
            return f"https://example.com/{index + 1}"
        case "days":
            return check_ins(index, entity.plural)


def check_ins(index: int, seed: str) -> str:
    """Twelve weeks of check-ins, the first mark is today. The first records have the longest streaks."""
    streak = (12, 6, 21, 3, 0, 9)[index % 6]
    marks = ["1"] * streak + ["0"]
    while len(marks) < 84:
        marks.append("0" if fingerprint(seed, str(index), str(len(marks))) % 10 < 3 + index % 3 else "1")
    marks[0] = "1" if index % 2 == 0 and streak else "0"
    return "".join(marks[:84])


def _text(field: Field, index: int, entity: Entity) -> str:
    if field == entity.title:
        return f"{_PREFIXES[index % 6]} {singularize(entity.singular)}"
    label = field.label.lower()
    if any(word in label for word in ("who", "name", "owner", "person", "author", "by", "from", "with", "artist", "host")):
        return _PEOPLE[index % 6]
    if any(word in label for word in ("where", "place", "location", "city", "address", "venue", "country")):
        return _PLACES[index % 6]
    if field.type == "longtext" or "note" in label:
        return _NOTES[index % 6]
    return f"{sentence(label)} {('A', 'B', 'C')[index % 3]}"


def _number(field: Field, chance: int) -> int:
    ranges = {"h": (1, 12), "min": (15, 90), "km": (2, 40), "kg": (2, 80), "kcal": (120, 800), "%": (10, 100)}
    if field.unit == "days":
        return (3, 7, 14)[chance % 3]
    low, high = ranges.get(field.unit, (1, 20))
    return low + chance % (high - low)


def _date(field: Field, index: int) -> int:
    ahead = ("due", "deadline", "until", "expir", "renew", "next", "target", "follow", "return")
    if any(word in field.label.lower() for word in ahead):
        return (1, 4, -1, 9, 0, 16)[index % 6]
    return -(0, 2, 5, 1, 9, 14)[index % 6]
