"""A calendar with bookings and free times."""

from dataclasses import replace

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds.tracker import more_pages
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.making import list_page, make_app, make_entity, page
from overskill.services.generation.recipes.spec import AppSpec

PATTERN = (
    r"\bbook(ing|ings|able)\b|\bbook (a|an|the|appointments?|slots?|rooms?|tables?|lessons?|classes|"
    r"sessions?|time)\b|\bappointments?\b|"
    r"\breserv(e|ation|ations|ing)\b|\bschedul(e|er|ing)\b|\bcalendar\b|\btime ?slots?\b|"
    r"\bavailability\b|(?<!per )\bshifts?\b(?! (?:handover|report|notes?))|\brota\b|\broster\b"
)
WEIGHT = 3.0


def plan(brief: Brief) -> AppSpec:
    hit = next((one for one in brief.domains if "calendar" in one.entry or one.entry.get("kind") == "booking"), None)
    entry = hit.entry if hit else shelf("domains")["appointments"]
    entity = make_entity(replace(brief, features=brief.features | {"calendar"}), entry)
    kind = str(entry.get("kind", "tracker"))
    pages = [page("calendar", "Calendar", entity), list_page(entity, brief.features)]
    pages += [one for one in more_pages(entity, brief) if one.view != "calendar"]
    return make_app(brief, kind, entry, pages, entities=(entity,))
