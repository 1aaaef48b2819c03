"""Arguments for and against, each with its weight, and which side is heavier."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import best
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, SampleValue
from overskill.services.generation.recipes.words import headline, listing, low, plain, sentence

PATTERN = (
    r"\bpros? (?:and|&|vs\.?|or|/|n) cons?\b|\bpros?/cons?\b|\bpro[- ]con\b|\bfor and against\b|"
    r"\bplus(?:es)? and minus(?:es)?\b|\badvantages and disadvantages\b"
)
_ABOUT = re.compile(
    rf"(?:{PATTERN})(?:\s+lists?|\s+app|\s+tool)?(?:\s+(?:of|for|about|on|to)|:)\s+(?P<about>[^.;:?!\n]{{3,90}})",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\b(?P<about>should (?:i|we) [^.;:?!\n]{3,60})", re.IGNORECASE)
_END = re.compile(r",|\s(?:with|that|which|where|so|and (?:show|see|weigh))\b", re.IGNORECASE)
_SIDES = re.compile(r"\s+(?:vs\.?|versus|or)\s+", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"^(?:any|a|my|big|the|each|every|our|some)?\s*(?:decisions?|choices?|anything|options?|life decisions?)$",
    re.IGNORECASE,
)


def plan(brief: Brief) -> AppSpec:
    about = _about(brief.about)
    sides = [sentence(_without_article(one)) for one in _SIDES.split(about)] if _SIDES.search(about) else []
    entity = _entity(sides, best("arguments", about or brief.about))
    is_question = bool(_QUESTION.match(about))
    title = f"{sentence(about)}{'?' if is_question else ''}" if about else "Pros and cons"
    return make_app(
        brief,
        "compare",
        {"names": [headline(title)[:40]], "hue": "indigo", "icon": "Scale"},
        [page("arguments", "Pros and cons", entity, id="pros-and-cons")],
        entities=(entity,),
        tagline=f"Pros and cons{_of(about, sides) if about and not is_question else ''}, each with its weight.",
        content={"title": title},
    )


def _about(text: str) -> str:
    found = _ABOUT.search(text) or _QUESTION.search(text)
    about = plain(_END.split(found["about"], maxsplit=1)[0]) if found else ""
    return "" if _NO_SUBJECT.match(about) else about


def _of(about: str, sides: list[str]) -> str:
    return f" of {listing([low(one) for one in sides]) if sides else about}"


def _without_article(text: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", text, flags=re.IGNORECASE)


def _entity(sides: list[str], entry: Mapping[str, Any]) -> Entity:
    fields = [
        field_from_notation("Argument!"),
        Field("side", "Side", "select", ("Pro", "Con")),
        Field("weight", "Weight", "number"),
    ]
    rows: list[tuple[SampleValue, ...]] = [(text, "Pro", weight) for text, weight in entry["pros"]]
    rows += [(text, "Con", weight) for text, weight in entry["cons"]]
    if sides:
        fields.append(Field("about", "About", "select", tuple(sides)))
        rows = [("It costs less", "Pro", 3, sides[0]), ("It takes more time", "Con", 2, sides[0])]
        rows += [("More freedom", "Pro", 4, sides[1]), ("More to take care of", "Con", 3, sides[1])]
    return Entity("argument", "arguments", "Scale", tuple(fields), samples=records(fields, rows))
