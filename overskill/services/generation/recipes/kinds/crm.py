"""Records of people and companies, a pipeline, and the next step for each."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.lexicon import own_word, shelf
from overskill.services.generation.recipes.making import make_app, make_entity, page
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.words import pluralize, sentence

PATTERN = (
    r"\bcrm\b|\bclients?\b|\bcustomers? (list|records?|relationship|tracker|database|manage\w*)|"
    r"\bmy customers\b|\bleads?\b(?! to)|\bdeals\b|\bprospects?\b|\bsales (pipeline|funnel)\b|"
    r"\bdonors\b|\bcontact (list|manager|book)\b|\baddress book\b"
)
WEIGHT = 3.2


def plan(brief: Brief) -> AppSpec:
    entry = shelf("domains")["clients"]
    entity = make_entity(brief, entry)
    called = re.search(r"\b(client|customer|lead|donor|prospect)s?\b", brief.about, re.IGNORECASE)
    entity = own_word(entity, pluralize(called[1].lower())) if called else entity
    pages = [page("table", sentence(entity.plural), entity)]
    if entity.stage:
        pages.append(page("board", "Pipeline", entity))
    pages.append(page("insights", "Insights", entity))
    if "calendar" in brief.features:
        pages.append(page("calendar", "Calendar", entity))
    return make_app(brief, "crm", entry, pages, entities=(entity,))
