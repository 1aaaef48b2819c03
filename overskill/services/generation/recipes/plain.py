"""What is kept of things that no data file knows: fields from the prompt, or those that nearly everything has."""

import re
from dataclasses import replace

from overskill.services.generation.recipes.aspects import Aspects, aspects_of
from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_label, field_from_notation, unique_fields
from overskill.services.generation.recipes.samples import PERSONS
from overskill.services.generation.recipes.spec import Entity, Field
from overskill.services.generation.recipes.words import fingerprint, sentence, singularize

_ICONS = ("Bookmark", "Shapes", "Feather", "Compass", "Tag", "Sparkle", "Component", "Layers")
_PERSON = ("Name!", "Phone: phone", "Email: email", "Notes: longtext")
_FOR_EACH = re.compile(
    r"\b(?:per|each|every) (?:person|child|kid|player|member|student|employee|volunteer|driver)\b|"
    r"\bfor (?:our |my |the )?(?:two|three|four|five|six|several|all)? ?(?:kids|children|players|members)\b",
    re.IGNORECASE,
)
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
    """An entity under the prompt's noun, with what the prompt asks for or else with what is usual for such a noun."""
    plural = brief.noun or "entries"
    usual = _usual(plural)
    asked = [_fitting(one, brief, usual) for one in brief.fields]
    title = _title(asked)
    first = replace(title, type="text", required=True) if title else usual.fields[0]
    others = [one for one in asked if one.id != first.id]
    if all(one.type == "select" for one in asked):  # groups alone don't say what is kept
        others = [*what_they_do(brief.about), *others, *usual.fields[1:-1]]
    if not brief.only_these and not any(one.type == "longtext" for one in others):
        others.append(usual.fields[-1])
    fields = unique_fields([first, *others])
    titles = usual.titles if first.id == usual.fields[0].id else ()
    return Entity(
        singular=singularize(plural),
        plural=plural,
        icon=_ICONS[fingerprint(plural) % len(_ICONS)],
        fields=fields,
        samples=tuple({first.id: text} for text in titles),
        filters=tuple(one.id for one in fields if one.type in {"select", "boolean"})[:3],
    )


def is_for_each(text: str) -> bool:
    """Whether it has to be told whose it is: "volunteer hours per person", "allowance for two kids"."""
    return bool(_FOR_EACH.search(text))


def _usual(plural: str) -> Aspects:
    last = singularize(plural.rsplit(maxsplit=1)[-1]).lower()
    return Aspects(tuple(field_from_notation(text) for text in _PERSON)) if last in PERSONS else aspects_of(plural)


def _fitting(field: Field, brief: Brief, usual: Aspects) -> Field:
    """A room of a museum is none of a home; the length of a seizure is in minutes."""
    if field.id == "room" and _PUBLIC_PLACE.search(brief.about):
        return replace(field, options=_PUBLIC_ROOMS)
    takes_time = any(one.id == "duration" for one in usual.fields)
    return replace(field, unit="min") if field.id == "length" and takes_time else field


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


def what_they_do(text: str) -> list[Field]:
    """ "Colleagues who bring cake" have a day on which each brings cake."""
    found = _WHAT_THEY_DO.search(text)
    if not found or found[1].lower() in _NO_DOING:
        can = re.search(r"\bwho can ([a-z]+(?: [a-z]+)?)", text, re.IGNORECASE)
        return [field_from_label(f"Can {can[1].lower()}", "checkbox")] if can else []
    verb = found[1].lower()
    verb = verb if verb.endswith(("s", "ed")) else f"{verb}s"
    return [field_from_label(sentence(f"{verb} {found[2].lower()} on")[:40], "date")]
