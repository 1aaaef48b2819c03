"""That an app shows what its prompt named: what nothing else says stands in its tagline, in the prompt's words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.subject import CONTAINERS, REQUESTS, STOP_WORDS, without_politeness
from overskill.services.generation.recipes.words import sentence, singularize

_FEW = 3  # words that are no sentence yet
_LONGEST = 90  # characters of a tagline
_HANGING = re.compile(
    r"(?:[,;:\s]+(?:and|or|with|so|that|to|for|by|the|an?|my|our|of|in|on|at|where|which|each|"
    r"plus))+$",
    re.IGNORECASE,
)
# Kinds that show their tagline above what they hold.
_WITH_TAGLINE = frozenset(
    {
        "timer",
        "texttool",
        "bingo",
        "lineup",
        "planner",
        "counter",
        "picker",
        "tracker",
        "crm",
        "kanban",
        "booking",
        "dashboard",
        "habits",
        "split",
        "notes",
        "feed",
        "expenses",
        "compare",
        "attendance",
        "retro",
        "scoreboard",
        "invoice",
    }
)
_ABOUT_THE_APP = frozenset(
    "sort sorted search filter filters dark light mode chart charts graph graphs table cards calendar board kanban "
    "streak streaks overview stats insights colour color theme green blue red pink orange purple violet yellow grey "
    "called named fields columns team user users start currently able easily quickly simple customers clients".split()
)


def show_what_was_named(spec: AppSpec, brief: Brief) -> AppSpec:
    """`spec` with the prompt's own words as its tagline, when it would not show all of them otherwise."""
    if spec.kind not in _WITH_TAGLINE or not _unsaid(spec, brief.about):
        return spec
    said = in_own_words(brief.subject, is_part=brief.subject != brief.about)
    if len(said.split()) < _FEW:
        said = in_own_words(brief.about)
    return replace(spec, tagline=f"{said}.") if said else spec


def in_own_words(about: str, *, is_part: bool = False) -> str:
    """The first sentence of a prompt without "I need an app for", cut where a line would end."""
    text = re.split(r"[.!?\n]\s|\n", without_politeness(about) + " ", maxsplit=1)[0].strip(" ,;:.!?-–—")
    if len(text) > _LONGEST:
        text, is_part = text[:_LONGEST].rpartition(" ")[0], True
    text = _HANGING.sub("", text) if is_part else text  # "what I look forward to" ends as it is meant
    return sentence(re.sub(r"\bi\b", "I", text))


def _unsaid(spec: AppSpec, about: str) -> set[str]:
    shown = {_stem(word) for text in _texts(spec) for word in re.findall(r"[^\W\d_]+", text.lower())}
    words = [
        word
        for word in re.findall(r"[^\W\d_]{3,}", about.lower())
        if word not in STOP_WORDS | CONTAINERS | REQUESTS | _ABOUT_THE_APP
    ]
    return {word for word in words if _stem(word) not in shown}


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|er|e)$", "", singularize(word))


def _texts(spec: AppSpec) -> Iterator[str]:
    yield from (spec.name, spec.tagline)
    yield from (page.title for page in spec.pages)
    for entity in spec.entities:
        yield entity.plural
        for field in entity.fields:
            yield field.label
            yield from field.options
        yield from _strings(entity.samples)
    yield from _strings(spec.content)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _strings(one)
