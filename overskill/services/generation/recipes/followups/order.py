"""Sorting, searching, filtering."""

from dataclasses import replace

from overskill.services.generation.recipes.brief import find_sort
from overskill.services.generation.recipes.followups.steps import Asked, Step
from overskill.services.generation.recipes.words import low

_FILTERED = {"select", "boolean"}
_LISTS = {"cards", "table", "checklist", "streaks", "shop"}


def _has_list(asked: Asked) -> bool:
    return any(page.view in _LISTS for page in asked.spec.pages)


def sort(asked: Asked) -> Step | None:
    if not asked.match(r"\b(sort|order|rank)(ed|ing|s)?\b") or not _has_list(asked):
        return None
    wanted, descending = find_sort(asked.text)
    if asked.match(r"\bnewest( first)?\b") and not wanted:
        wanted = "newest"
    if wanted in {"newest", "newest first", "date added", "when added"} and asked.spec.main:
        return Step("Sort by newest first", asked.with_entity(asked.spec.main, sort="newest", descending=False))
    if not wanted and (asked.match(r"\balphabetical") and asked.spec.main):
        wanted = asked.spec.main.title.label
    found = asked.field_named(wanted) if wanted else None
    if not found:
        return None
    entity, field = found
    if field.type in {"boolean", "longtext", "url", "email", "phone"}:
        return None
    spec = asked.with_entity(entity, sort=field.id, descending=descending)
    return Step(f"Sort by {low(field.label)}", spec, field=field.id)


def search(asked: Asked) -> Step | None:
    entity = asked.entity()
    if not entity or not _has_list(asked):
        return None
    if asked.match(r"^(?:remove|hide|drop|delete|no|turn off|get rid of)\b.*\bsearch"):
        return Step("Take out the search", asked.with_entity(entity, search=False))
    if asked.match(
        r"\b(?:add|show|include|enable|with|want|need|let|make)\b.*\bsearch(?:ing|able| bar| box| field)?\b|^search\b"
    ):
        return Step("Add a search", asked.with_entity(entity, search=True))
    return None


def filter_by(asked: Asked) -> Step | None:
    if not asked.match(r"\bfilter") or not _has_list(asked):
        return None
    if asked.match(r"^(?:remove|hide|drop|delete|no|get rid of)\b"):
        return _without_filter(asked)
    named = asked.match(
        r"\bfilter(?:s|ed|ing|able)?\s*(?:it |them |everything )?(?:by|for|on|of)\s+(.+)$"
    ) or asked.match(r"\b(?:add|include|show)\s+(?:an?\s+)?(.+?)\s+filters?\b")
    found = asked.field_named(named[1]) if named else None
    if named and not found:
        return None
    entity = found[0] if found else asked.entity()
    if not entity:
        return None
    fields = [found[1]] if found else [one for one in entity.fields if one.type in _FILTERED][:3]
    if not fields or any(one.type not in _FILTERED for one in fields):
        return None
    filters = tuple(dict.fromkeys((*entity.filters, *(one.id for one in fields))))
    spec = asked.with_entity(entity, filters=filters)
    names = " and ".join(low(one.label) for one in fields)
    return Step(f"Filter by {names}", spec, field=fields[0].id)


def _without_filter(asked: Asked) -> Step | None:
    entity = asked.entity()
    if not entity:
        return None
    named = asked.match(r"\b(?:the\s+)?(\w[\w ]*?)\s+filter\b")
    found = asked.field_named(named[1]) if named else None
    kept = tuple(one for one in entity.filters if found and one != found[1].id)
    return Step("Take out the filter", asked.spec.with_entity(replace(entity, filters=kept)))
