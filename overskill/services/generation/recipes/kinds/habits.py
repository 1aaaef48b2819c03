"""Daily check-ins with streaks."""

from dataclasses import replace

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds.tracker import more_pages
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.making import make_app, make_entity, page
from overskill.services.generation.recipes.spec import AppSpec

PATTERN = (
    r"\bhabits?\b|\bstreaks?\b|\bdaily (goals?|check|routine)|\broutines?\b|\bgewohnheit\w*|"
    r"\bh[áa]bitos\b|\bhabitudes\b"
)
WEIGHT = 3.0


def plan(brief: Brief) -> AppSpec:
    entry = shelf("domains")["habits"]
    entity = make_entity(replace(brief, features=brief.features | {"streaks"}), entry)
    pages = [page("streaks", "Today", entity)]
    pages += more_pages(entity, brief)
    return make_app(brief, "habits", entry, pages, entities=(entity,))
