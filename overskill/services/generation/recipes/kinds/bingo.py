"""Bingo: cards to print from words that fit the occasion, a card to play on and a caller that draws."""

import re
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.phrases import lists_in, short_name, title_of
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity
from overskill.services.generation.recipes.words import sentence

PATTERN = (
    r"\bbingo\b(?! (?:halls?|(?:number )?callers?|number|nights? (?:page|site|poster)|clubs?|league|winnings|scores?))"
)
WEIGHT = 4.4
_SIZE = re.compile(r"\b([345]) ?(?:x|×|by) ?[345]\b", re.IGNORECASE)
_CARDS = re.compile(
    r"\b(\d{1,3}) (?:\w+ )?(?:cards|people|guests|players|kids|children|students|pupils)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"\bnumbers?\b|\b1 ?(?:-|–|to) ?\d\d\b|\b(?:75|90)[- ]ball\b", re.IGNORECASE)
_MOST_CARDS = 60


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    hits = search("bingos", text)
    named = next((parts for _, parts in lists_in(text) if len(parts) > 2), [])
    is_numbered = bool(_NUMBERED.search(text)) and not named
    entry = hits[0].entry if hits else shelf("bingos")["party"]
    is_plain = not hits and not named and not re.search(r"\b(?:for|about|of)\b", text)
    words = [str(one) for one in range(1, 76)] if is_numbered or is_plain else _words(named, list(entry["words"]))
    size = int(found[1]) if (found := _SIZE.search(text)) else 5 if len(words) >= 24 else 4 if len(words) >= 16 else 3
    fields = (field_from_notation("Word!"),)
    entity = Entity("word", "words", "Grid3x3", fields, samples=records(fields, [[one] for one in words]))
    title = re.sub(r"\b(?:card )?(?:maker|generator|creator)\b ?", "", title_of(text), flags=re.IGNORECASE)
    title = sentence(title.strip()) or ("Bingo" if is_numbered or is_plain else f"{entry['title']} bingo")
    cards = _CARDS.search(text)
    content: dict[str, Any] = {
        "title": title,
        "size": size,
        "cards": max(1, min(int(cards[1]), _MOST_CARDS)) if cards else 8,
        "free": not re.search(r"\b(?:no|without (?:a )?) ?free\b", text, re.IGNORECASE),
    }
    look = {"names": [short_name(title)], "hue": entry["hue"], "icon": "Grid3x3"}
    pages = [page("bingo", "Cards", entity), page("caller", "Play", entity)]
    return make_app(
        brief,
        "bingo",
        look,
        pages,
        entities=(entity,),
        content=content,
        tagline="Every card is different: print them, or play here with the caller.",
    )


def _words(named: list[str], usual: list[str]) -> list[str]:
    """The words of the prompt first; ours fill the card."""
    kept = [sentence(one) for one in named]
    return kept + [one for one in usual if one.lower() not in {word.lower() for word in kept}]
