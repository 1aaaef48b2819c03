"""What the recipes know of the world: the data files, read once, and which of it a prompt is about."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.spec import Action, Entity
from overskill.services.generation.recipes.words import camel, is_plural, pluralize, singularize

Shelf = Literal[
    "domains",
    "families",
    "subjects",
    "sections",
    "calculators",
    "quizzes",
    "polls",
    "decks",
    "scoreboards",
    "games",
    "shops",
    "blogs",
    "feeds",
    "notebooks",
    "timers",
    "pickers",
    "planners",
    "counters",
    "forms",
    "boards",
    "comparisons",
    "criteria",
    "arguments",
    "rolls",
    "papers",
    "vocabulary",
    "bingos",
    "translations",
    "aspects",
    "values",
]
_FILES: dict[Shelf, tuple[str, ...]] = {
    "domains": (
        "home.toml",
        "work.toml",
        "leisure.toml",
        "everyday.toml",
        "health.toml",
        "household.toml",
        "family.toml",
        "money.toml",
        "office.toml",
        "trades.toml",
        "school.toml",
        "community.toml",
        "collections.toml",
        "outdoors.toml",
        "creative.toml",
    ),
    "families": ("families.toml",),
    "subjects": ("subjects_trades.toml", "subjects_places.toml", "subjects_people.toml", "subjects_gatherings.toml"),
    "sections": ("sections.toml",),
    "calculators": ("calculators.toml", "calculators_money.toml", "calculators_life.toml", "calculators_home.toml"),
    "quizzes": ("quizzes.toml",),
    "polls": ("polls.toml",),
    "decks": ("decks.toml", "decks_languages.toml"),
    "scoreboards": ("scoreboards.toml",),
    "games": ("games.toml",),
    "blogs": ("blogs.toml",),
    "feeds": ("feeds.toml",),
    "notebooks": ("notebooks.toml",),
    "shops": ("shops.toml", "shops_food.toml"),
    "timers": ("timers.toml",),
    "pickers": ("pickers.toml",),
    "planners": ("planners.toml",),
    "counters": ("counters.toml",),
    "forms": ("forms.toml",),
    "boards": ("boards.toml",),
    "comparisons": ("comparisons.toml",),
    "criteria": ("criteria.toml",),
    "arguments": ("arguments.toml",),
    "rolls": ("rolls.toml",),
    "papers": ("papers.toml",),
    "vocabulary": ("vocabulary.toml",),
    "bingos": ("bingos.toml",),
    "translations": ("translations.toml",),
    "aspects": ("aspects.toml",),
    "values": ("values.toml",),
}


_MOST_WORDS = 300  # of a prompt
_LONG_WORD = 7  # letters


@cache
def shelf(name: Shelf) -> Mapping[str, Mapping[str, Any]]:
    folder = files(__package__) / "data"
    found: dict[str, Mapping[str, Any]] = {}
    for file in _FILES[name]:
        found |= tomllib.loads((folder / file).read_text("utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of a shelf that a text is about."""

    key: str
    entry: Mapping[str, Any]
    score: float
    word: str  # the word of the text that matched first


def tokens(text: str) -> list[str]:
    """Words as the shelves spell them: lower case, English where it is known, and each pair joined by a hyphen."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.lower())
    translated = shelf("translations").get("words", {})
    words = [_spelled(str(translated.get(word, word))) for word in words[:_MOST_WORDS]]
    pairs = [f"{one}-{two}" for one, two in pairwise(words)]
    return words + pairs


def _spelled(word: str) -> str:
    """ "Presure" as pressure, "calender" as calendar: one letter for two, or another vowel at the end."""
    return _vocabulary().get(_sound(word), word) if len(word) >= _LONG_WORD else word


@cache
def _vocabulary() -> Mapping[str, str]:
    """The long words that domains are known by, under what a slip leaves of them."""
    words = {part for key in shelf("domains") for word in _match_words("domains", key) for part in word.split("-")}
    return {_sound(word): word for word in sorted(words) if len(word) >= _LONG_WORD}


def _sound(word: str) -> str:
    return re.sub(r"[aeiou]+([^aeiou]*)$", r"*\1", re.sub(r"(.)\1", r"\1", word))


def search(name: Shelf, text: str) -> list[Hit]:
    """The entries a text is about, best first; among equals the one named first."""
    words = tokens(text)
    hits: list[tuple[float, int, Hit]] = []
    for key, entry in shelf(name).items():
        known = _match_words(name, key)
        places = [index for index, word in enumerate(words) if word in known or singularize(word) in known]
        if places:
            distinct = {singularize(words[index]) for index in places}
            score = float(len(distinct)) + (0.5 if key.rstrip("s") in distinct else 0)
            score += 0.25 if not entry.get("generic") and _is_head(words, places[0], name, known) else 0
            score -= 0.1 if entry.get("generic") else 0
            hits.append((-score, places[0], Hit(key, entry, score, words[places[0]])))
    return [hit for _, _, hit in sorted(hits, key=lambda one: one[:2])]


def _is_head(words: list[str], place: int, name: Shelf, known: frozenset[str]) -> bool:
    """In "family trip" the trip is what it is about: the later of two neighbours that are both known."""
    before = words[place - 1] if place else ""
    return bool(before) and before not in known and any(before in _match_words(name, key) for key in shelf(name))


@cache
def _match_words(name: Shelf, key: str) -> frozenset[str]:
    return frozenset(str(shelf(name)[key].get("match", "")).split())


def best(name: Shelf, text: str, default: str = "general") -> Mapping[str, Any]:
    hits = search(name, text)
    return hits[0].entry if hits else shelf(name)[default]


def domain_entity(entry: Mapping[str, Any]) -> Entity:
    fields = tuple(field_from_notation(text) for text in entry["fields"])
    singular, plural = entry["entity"], entry.get("plural") or pluralize(entry["entity"])
    known = {one.id for one in fields}
    action = _action(entry)
    return Entity(
        singular=singular,
        plural=plural,
        icon=entry["icon"],
        fields=fields,
        samples=tuple(dict(zip((one.id for one in fields), row, strict=False)) for row in entry["rows"]),
        action=action if action and {action.sets} <= known else None,
        filters=tuple(one.id for one in fields if one.type == "select")[:2],
    )


def _action(entry: Mapping[str, Any]) -> Action | None:
    words = entry.get("action")
    if not words:
        return None
    label, done, sets, *every = words
    return Action(label=label, done=done, sets=camel(sets), every=camel(every[0]) if every else "")


def own_word(entity: Entity, word: str) -> Entity:
    """The same entity under the word the user has for it."""
    return replace(entity, singular=singularize(word), plural=word if is_plural(word) else pluralize(word))
