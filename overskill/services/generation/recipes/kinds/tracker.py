"""Lists of things with fields: the kind that fits when no other does."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.lexicon import shelf, tokens
from overskill.services.generation.recipes.making import list_page, make_app, make_entity, page, tagline_of
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.words import headline, listing, low, sentence

PATTERN = (
    r"\btrack(er|ing)?\b|\bkeep track\b|\binventory\b|\blog(book)?\b|\bto-?do\b|\bcheck ?list\b|"
    r"\bwish ?list\b|\bcollection\b"
)
WEIGHT = 1.5


def plan(brief: Brief) -> AppSpec:
    if brief.measures:
        return _days(brief)
    hits = brief.domains[:1]
    if len(brief.domains) > 1 and _are_both_meant(brief):
        hits = brief.domains[:2]
    entries = [hit.entry for hit in hits]
    along = _what_comes_along(brief, entries)
    if along:
        entries += along
        brief = replace(brief, fields=tuple(one for one in brief.fields if one.id != "where"))
    aside = replace(brief, noun="", fields=(), only_these=False)
    entities = tuple(make_entity(brief if index < len(hits) else aside, one) for index, one in enumerate(entries))
    entities = entities or (make_entity(brief, None),)
    if len(entities) > 1 and entities[0].plural == entities[1].plural:
        entities = entities[:1]
    entry = entries[0] if entries else {}
    pages = [list_page(entity, brief.features) for entity in entities]
    pages += more_pages(entities[0], brief, insights=bool(entry.get("insights")), calendar=bool(entry.get("calendar")))
    tagline = tagline_of(brief, entry) or f"Your {entities[0].plural}, all in one place."
    return make_app(brief, "tracker", entry, pages, entities=entities, tagline=tagline)


def _days(brief: Brief) -> AppSpec:
    """An entry a day: "sleep, mood and coffee"."""
    entity = make_entity(brief, None)
    what = listing([low(one.label) for one in brief.measures])
    look = {"names": [headline(what)[:40]], "hue": "violet", "icon": entity.icon}
    pages = [page("table" if len(brief.measures) > 2 else "cards", sentence(entity.plural), entity)]
    pages += more_pages(entity, brief, insights=True)
    return make_app(brief, "tracker", look, pages, entities=(entity,), tagline=f"{sentence(what)}, day by day.")


def more_pages(entity: Entity, brief: Brief, *, insights: bool = False, calendar: bool = False) -> list[Page]:
    """The other views of the same records."""
    pages: list[Page] = []
    if "board" in brief.features and entity.stage:
        pages.append(page("board", "Board", entity))
    if ("calendar" in brief.features or calendar) and entity.of_type("date"):
        pages.append(page("calendar", "Calendar", entity))
    if "insights" in brief.features or insights:
        pages.append(page("insights", "Insights", entity))
    return pages


def _what_comes_along(brief: Brief, entries: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A food truck's dishes, and where it parks: a second list when the prompt has a word of it."""
    along = entries[0].get("along", {}) if len(entries) == 1 else {}
    return [shelf("domains")[along[word]] for word in tokens(brief.about) if word in along][:1]


def _are_both_meant(brief: Brief) -> bool:
    """ "my plants and pets" is about two things, "a log of concerts and their songs" about one."""
    first, second = brief.domains[0], brief.domains[1]
    text = f" {brief.about.lower()} ".replace("-", " ")
    return any(
        f"{one.word}{joint}{other.word}".replace("-", " ") in text
        for one, other in ((first, second), (second, first))
        for joint in (" and ", " and my ", " & ", ", ", " and the ", " and our ", " or ")
    )
