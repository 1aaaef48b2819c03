"""A board of cards that move from column to column."""

from dataclasses import replace

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds.tracker import more_pages
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.making import list_page, make_app, make_entity, page
from overskill.services.generation.recipes.spec import AppSpec

PATTERN = (
    r"\bkanban\b|\btrello\b|\bscrum\b|\bsprints?\b|\b(task|project|planning|story|work) board\b|"
    r"\bboard (for|with|where|to)\b|\bpipeline\b|\broadmap\b|\bproject manage\w*|\bproject (planner|"
    r"tracker)\b"
)
WEIGHT = 3.0


def plan(brief: Brief) -> AppSpec:
    hit = next((one for one in brief.domains if one.key not in {"tasks", "habits", "people"}), None)
    entry = hit.entry if hit else shelf("domains")["projects"]
    entity = make_entity(replace(brief, features=brief.features | {"board"}), entry)
    listed = list_page(entity, (brief.features - {"cards"}) | {"table"})
    pages = [page("board", "Board", entity), listed]
    pages += [one for one in more_pages(entity, brief) if one.view != "board"]
    return make_app(brief, "kanban", entry, pages, entities=(entity,))
