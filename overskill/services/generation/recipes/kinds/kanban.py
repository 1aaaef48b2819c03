"""A board of cards that move from column to column."""

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds.tracker import more_pages
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.making import list_page, make_app, make_entity, page
from overskill.services.generation.recipes.spec import AppSpec

PATTERN = r"\bkanban\b|\btrello\b|\bscrum\b|\bsprints?\b|\b(task|project|planning|story|work) board\b|\bboard (for|with|where|to)\b|\bpipeline\b|\broadmap\b|\bproject manage\w*|\bproject (planner|tracker)\b"
WEIGHT = 3.0


def plan(brief: Brief) -> AppSpec:
    hit = next((one for one in brief.domains if one.entry["kind" if "kind" in one.entry else "entity"] != "habit"), None)
    entry = hit.entry if hit else shelf("domains")["projects"]
    if hit and hit.key in {"tasks", "habits", "people"}:
        entry = shelf("domains")["projects"]
    features = brief.features | {"board"}
    entity = make_entity(_with(brief, features), entry)
    listed = list_page(entity, (brief.features - {"cards"}) | {"table"})
    pages = [page("board", "Board", entity), listed]
    pages += [one for one in more_pages(entity, brief) if one.view != "board"]
    return make_app(brief, "kanban", entry, pages, entities=(entity,))


def _with(brief: Brief, features: frozenset[str]) -> Brief:
    from dataclasses import replace

    return replace(brief, features=features)
