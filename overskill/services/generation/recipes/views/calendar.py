"""A month, and the chosen day beside it; with times of day it shows what is free."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, places, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    place = places(entity)
    date = entity.due or entity.of_type("date")[0]
    times = entity.of_type("time")
    facts = [f for f in place["facts"] if f.type in {"text", "number", "money"}]
    return shared_files(entity) | {
        f"src/components/{e.file}-day.tsx": render(
            "entity/day.tsx",
            e=e,
            time=FieldCode(times[0]) if times else None,
            slots=bool(times) and spec.kind == "booking" and not entity.of_type("number"),
            badges=place["badges"][:2],
            facts=([place["subtitle"]] if place["subtitle"] else []) + facts[:2],
        ),
        page_file(page): render(
            "entity/calendar.tsx",
            e=e,
            page=page,
            component=component(page),
            description=spec.tagline if page == spec.pages[0] else "",
            date=FieldCode(date),
        ),
    }
