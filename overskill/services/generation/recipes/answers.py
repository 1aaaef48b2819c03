"""Examples of what people answer in a form: plainly made up, the same every time."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.spec import Entity, Field, Sample, SampleValue
from overskill.services.generation.recipes.words import fingerprint

_PEOPLE = ("Maya Lindqvist", "Jonas Weber", "Priya Nair", "Omar Haddad", "Sofia Lind", "Ken Ito")
_CHILDREN = ("Mia", "Leo", "Anouk", "Sami", "Ella", "Jun")
_SENT = (0, -1, -1, -2, -4, -6)
_ON_TEN = (9, 8, 10, 7, 9, 6)
_STARS = (5, 4, 4, 3, 5, 2)
# What a short answer is to a question with these words.
_SHORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\bname\b|\bcontact\b|\bwho\b(?! lives)", _PEOPLE),
    (r"\bclass\b|\bgrade\b", ("3a", "3b", "3a", "4a", "3b", "4a")),
    (r"allerg|diet|don't eat", ("None", "Nuts", "None", "Vegetarian", "None", "Gluten")),
    (r"\bsong\b", ("Dancing Queen", "Paper Boats", "September", "", "Slow Train North", "")),
    (r"\bbring\b", ("A salad", "", "Lemon cake", "Drinks", "", "Bread")),
    (r"\bcity\b|\baddress\b|\bwhere\b", ("Old Town", "Harbour", "North Side", "Riverside", "Hilltop", "Old Town")),
)


def example_answers(entity: Entity, entry: Mapping[str, Any]) -> tuple[Sample, ...]:
    """One from each of six people."""
    return tuple({one.id: _answer(one, index, entity, entry) for one in entity.fields} for index in range(len(_PEOPLE)))


def _answer(field: Field, index: int, entity: Entity, entry: Mapping[str, Any]) -> SampleValue:
    examples = entry.get("examples", {}).get(field.label)
    if examples:
        return str(examples[index % len(examples)])
    chance = fingerprint(field.id, str(index), entity.plural)
    first_name = _PEOPLE[index].split(maxsplit=1)[0].lower()
    offset = fingerprint(field.id, entity.plural)
    comments = [*entry.get("comments", ()), ""]
    plain: dict[str, SampleValue] = {
        "rating": _STARS[(index + offset) % 6],
        "boolean": field.required or index % 3 != 1,
        "email": f"{first_name}@example.com",
        "phone": f"+1 555 01{10 + index * 7}",
        "url": "https://example.com",
        "time": ("09:00", "14:30", "18:00")[index % 3],
        "longtext": str(comments[(index + offset) % len(comments)]),
        "number": _ON_TEN[(index + offset) % 6] if field.unit == "of 10" else 1 + chance % 4,
        "money": 20 + chance % 8 * 15,
    }
    if field.type == "select":
        return field.options[min(chance % len(field.options), chance // 7 % len(field.options))]
    if field.type == "date":
        return _date(field, index)
    return plain[field.type] if field.type in plain else _short(field.label.lower(), index)


def _date(field: Field, index: int) -> int:
    if field.id == "sentOn":
        return _SENT[index]
    return -(9000 + index * 1130) if "birth" in field.label.lower() else 12 + index * 5


def _short(label: str, index: int) -> str:
    if re.search(r"\b(?:child|kid|student|player|son|daughter|pupil)\w*(?:'s)?\b", label) and "parent" not in label:
        return f"{_CHILDREN[index]} {_PEOPLE[index].split()[1]}"
    return next((values[index] for pattern, values in _SHORT if re.search(pattern, label)), "")
