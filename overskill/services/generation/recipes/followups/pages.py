"""Pages and sections: another view of the records, a section of a site, their order."""

import re
from dataclasses import replace

from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.followups.steps import Asked, Step, unquoted
from overskill.services.generation.recipes.making import page, with_fields
from overskill.services.generation.recipes.sites.sections import asked_sections, section_for
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, Page, Section, View
from overskill.services.generation.recipes.words import low, singularize

# What someone calls a view -> the view, its title
_VIEWS: tuple[tuple[str, View, str], ...] = (
    (
        r"\b(charts?|graphs?|insights?|stat(s|istics)?|analytics|dashboard|report(s|ing)?|overview|summary|trends?)\b",
        "insights",
        "Insights",
    ),
    (r"\b(calendar|month view|agenda|schedule)\b", "calendar", "Calendar"),
    (r"\b(kanban|boards?|columns by \w+|pipeline)\b", "board", "Board"),
    (r"\b(table|spreadsheet)\b", "table", "Table"),
)
_RECORDS = {"cards", "table", "checklist", "streaks", "board", "calendar", "insights", "shop", "blog", "notes"}


def add_page(asked: Asked) -> Step | None:
    if not asked.match(
        r"^(?:add|create|include|show|give|put|make|with|another|want|need|have)\b|^(?:a|an|"
        r"some) (?:new )?(?:calendar|board|chart)"
    ):
        return None
    if asked.spec.kind == "landing":
        return _add_section(asked)
    entity = asked.entity()
    if not entity or not any(one.view in _RECORDS for one in asked.spec.pages):
        return None
    for pattern, view, title in _VIEWS:
        if asked.match(pattern) and not asked.match(r"\b(field|column to|filter)\b"):
            return _with_view(asked, entity, view, title)
    return None


def _with_view(asked: Asked, entity: Entity, view: View, title: str) -> Step | None:
    existing = [one for one in asked.spec.pages if one.view == view and one.entity == entity.plural]
    if existing:
        return Step(f"{existing[0].title} is there already", asked.spec)
    fitted = with_fields(entity, _needed(entity, view))
    added = page(view, title, fitted)
    if any(one.id == added.id for one in asked.spec.pages):
        added = replace(added, id=f"{added.id}-{view}")
    spec = asked.spec.with_entity(fitted)
    return Step(f"Add the page {title}", replace(spec, pages=(*spec.pages, added)))


def _needed(entity: Entity, view: View) -> list[Field]:
    if view == "board" and not entity.stage:
        return [field_from_label("Status")]
    if view == "calendar" and not entity.of_type("date"):
        return [field_from_label("Date")]
    return []


def _add_section(asked: Asked) -> Step | None:
    spec = asked.spec
    wanted = asked_sections(f"with {asked.text}") or [one for one in [section_for(asked.text)] if one]
    known = {section.id for section in spec.sections}
    added = [_unlike(one, known) for one in wanted]
    if not added:
        return None
    at = len(spec.sections)
    if at and spec.sections[-1].kind in {"contact", "newsletter"}:
        at -= 1
    sections = (*spec.sections[:at], *added, *spec.sections[at:])
    names = " and ".join(low(one.title) for one in added)
    return Step(f"Add the section {names}", replace(spec, sections=sections))


def _unlike(section: Section, known: set[str]) -> Section:
    number = 2
    wanted = section.id
    while section.id in known:
        section = replace(section, id=f"{wanted}{number}")
        number += 1
    known.add(section.id)
    return section


def remove_page(asked: Asked) -> Step | None:
    found = asked.match(
        r"^(?:remove|delete|drop|hide|take out|get rid of|without|no more|no)\s+(?:the\s+|"
        r"my\s+)?(.+?)(?:\s+(?:page|section|tab|view|part))?$"
    )
    if not found:
        return None
    wanted = unquoted(found[1]).lower()
    spec = asked.spec
    for section in spec.sections:
        names = {section.title.lower(), section.id.lower(), singularize(section.id.lower()), section.kind}
        if wanted in names or singularize(wanted) in names or _is_same_kind(wanted, section):
            if len(spec.sections) == 1:
                return None
            kept = tuple(one for one in spec.sections if one != section)
            return Step(f"Take out the section {section.title}", replace(spec, sections=kept))
    for one in spec.pages:
        if wanted in {one.title.lower(), one.id, one.view} or (
            one.view == "insights" and re.match(r"charts?|stat", wanted)
        ):
            return _without_page(spec, one)
    return None


def _is_same_kind(wanted: str, section: Section) -> bool:
    meant = section_for(wanted)
    return bool(
        meant
        and meant.kind == section.kind
        and meant.kind in {"faq", "newsletter", "quotes", "prices", "gallery", "contact"}
    )


def _without_page(spec: AppSpec, gone: Page) -> Step | None:
    kept = tuple(one for one in spec.pages if one != gone)
    if not kept:
        return None
    used = {one.entity for one in kept}
    entities = tuple(one for one in spec.entities if one.plural in used)
    return Step(f"Take out the page {gone.title}", replace(spec, pages=kept, entities=entities))


def show_as(asked: Asked) -> Step | None:
    """ "Show them as a table": the list itself looks different."""
    found = asked.match(
        r"\b(?:as|into|use|to|in) (?:an? )?(?:simple )?(table|cards?|grid|check ?list|list|"
        r"spreadsheet)(?: view| layout)?$"
    )
    if not found or not asked.match(r"\b(show|display|make|turn|view|list|use|switch|change)\b"):
        return None
    word = found[1].lower()
    view: View = "table" if word in {"table", "spreadsheet"} else "checklist" if "check" in word else "cards"
    for one in asked.spec.pages:
        if one.view in {"cards", "table", "checklist"} and one.view != view:
            entity = asked.spec.entity(one.entity)
            if view == "checklist":
                entity = with_fields(entity, [] if entity.of_type("boolean") else [field_from_label("Done")])
            spec = asked.spec.with_entity(entity)
            pages = tuple(replace(each, view=view) if each == one else each for each in spec.pages)
            return Step(f"Show the {entity.plural} as a {view}".replace("a cards", "cards"), replace(spec, pages=pages))
    return None


def move(asked: Asked) -> Step | None:
    found = asked.match(
        r"^(?:move|put|show|bring)\s+(?:the\s+)?(.+?)(?:\s+(?:page|section))?\s+(?:to the\s+|at the\s+|"
        r"as the\s+)?(first|top|beginning|start|last|bottom|end|up|down)$"
    )
    if not found:
        return None
    wanted, place = found[1].lower(), found[2].lower()
    sections, pages = asked.spec.sections, asked.spec.pages
    spec = asked.spec
    if order := _order([{one.id.lower(), one.title.lower()} for one in sections], wanted, place):
        spec = replace(spec, sections=tuple(sections[index] for index in order))
    elif order := _order([{one.id.lower(), one.title.lower()} for one in pages], wanted, place):
        spec = replace(spec, pages=tuple(pages[index] for index in order))
    else:
        return None
    where = place if place in {"up", "down", "first", "last"} else f"to the {place}"
    return Step(f"Move {wanted} {where}", spec)


def _order(names: list[set[str]], wanted: str, place: str) -> list[int]:
    """The places of the parts after one of them has moved; empty when none is meant."""
    named = [index for index, one in enumerate(names) if wanted in one]
    if not named:
        return []
    index = named[0]
    rest = [one for one in range(len(names)) if one != index]
    end = len(rest) if place in {"last", "bottom", "end"} else 0
    rest.insert({"up": max(0, index - 1), "down": index + 1}.get(place, end), index)
    return rest
