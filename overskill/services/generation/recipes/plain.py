"""What is kept of things that no data file knows: fields from the prompt, or those that nearly everything has."""

import re
from dataclasses import replace

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_label, field_from_notation
from overskill.services.generation.recipes.samples import PERSONS
from overskill.services.generation.recipes.spec import Entity, Field
from overskill.services.generation.recipes.words import fingerprint, sentence, singularize

_ICONS = ("Bookmark", "Shapes", "Feather", "Compass", "Tag", "Sparkle", "Component", "Layers")
_THING = ("Name!", "Date: date", "Favourite: checkbox", "Notes: longtext")
_PERSON = ("Name!", "Phone: phone", "Email: email", "Notes: longtext")
_SPOT = ("Where!", "Date: date", "Time: time", "Notes: longtext")
# What a record may well be called by, when it is the first thing that is asked for.
_TITLES = frozenset(
    "what who whom item thing object species word question person player company customer client supplier product "
    "city country dish event activity task idea book song title name description patient student".split()
)
_COUNTED = ("text", "date", "number")
# Rooms of a house with visitors are not those of a home.
_PUBLIC_PLACE = re.compile(
    r"\b(museum|gallery|school|office|hotel|library|hospital|archive|church|club)\b", re.IGNORECASE
)
_PUBLIC_ROOMS = ("Main hall", "East room", "West room", "Storage")
_WHAT_THEY_DO = re.compile(r"\bwho ((?!drives?\b)[a-z]+) ((?:the |our |my |a |an )?[a-z]+(?: [a-z]+)?)", re.IGNORECASE)
_NO_DOING = frozenset(
    "has have is are was were can could will would should owe owes want wants need needs i we".split()
)


def plain_entity(brief: Brief) -> Entity:
    """An entity under the prompt's noun, with what the prompt asks for or else with what fits nearly everything."""
    plural = brief.noun or "entries"
    fields = [replace(one, options=_rooms(one, brief)) for one in brief.fields]
    title = _title(fields)
    own = [field_from_notation(text) for text in _usual_fields(plural)]
    if title:
        fields.remove(title)
        first = replace(title, type="text", required=True)
    else:
        first = own[0]
    fields = [one for one in fields if one.id != first.id]
    if not brief.fields:
        fields = [*what_they_do(brief.about), *own[1:-1]]
    fields = [first, *fields]
    if not any(one.type == "longtext" for one in fields) and not brief.only_these:
        fields.append(own[-1])
    return Entity(
        singular=singularize(plural),
        plural=plural,
        icon=_ICONS[fingerprint(plural) % len(_ICONS)],
        fields=tuple({one.id: one for one in fields}.values()),
        filters=tuple(one.id for one in fields if one.type in {"select", "boolean"})[:3],
    )


def _usual_fields(plural: str) -> tuple[str, ...]:
    last = plural.rsplit(maxsplit=1)[-1]
    if last == "spots":
        return _SPOT
    return _PERSON if singularize(last).lower() in PERSONS else _THING


def _title(fields: list[Field]) -> Field | None:
    """The field that a record goes by: called a name or title, else the first when it can be one."""
    named = next((one for one in fields if one.label.lower() in {"name", "title"} or one.id.endswith("Name")), None)
    first = fields[0] if fields else None
    last = first.label.lower().split()[-1] if first else ""
    can_be = first is not None and first.type == "text" and (last in _TITLES or _are_counted(fields))
    return named or (first if can_be else None)


def _are_counted(fields: list[Field]) -> bool:
    """ "Hen, date, eggs": what is counted of whom."""
    return tuple(one.type for one in fields) == _COUNTED


def _rooms(field: Field, brief: Brief) -> tuple[str, ...]:
    return _PUBLIC_ROOMS if field.id == "room" and _PUBLIC_PLACE.search(brief.about) else field.options


def what_they_do(text: str) -> list[Field]:
    """ "Colleagues who bring cake" have a day on which each brings cake."""
    found = _WHAT_THEY_DO.search(text)
    if not found or found[1].lower() in _NO_DOING:
        can = re.search(r"\bwho can ([a-z]+(?: [a-z]+)?)", text, re.IGNORECASE)
        return [field_from_label(f"Can {can[1].lower()}", "checkbox")] if can else []
    verb = found[1].lower()
    verb = verb if verb.endswith(("s", "ed")) else f"{verb}s"
    return [field_from_label(sentence(f"{verb} {found[2].lower()} on")[:40], "date")]
