"""Columns by stage; cards move by dragging or from their menu."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import (
    Files,
    code,
    due_facts,
    places,
    shared_files,
    stage_code,
)
from overskill.services.generation.recipes.views.naming import component, page_file

_OWNERS = {"owner", "assignee", "who", "person", "responsible"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    place = places(entity)
    money = entity.of_type("money")[:1]
    owner = next((f for f in place["badges"] if f.label.lower() in _OWNERS), None)
    shown_elsewhere = {entity.stage.id if entity.stage else "", owner.id if owner else ""}
    tile = render(
        "entity/tile.tsx",
        e=e,
        subtitle=place["subtitle"],
        notes=place["notes"][:1],
        badges=[f for f in place["badges"] if f.id not in shown_elsewhere][:2],
        facts=[f for f in place["facts"] if f.type in {"date", "number"}][:2],
        due=due_facts(entity),
        amount=FieldCode(money[0]) if money else None,
        owner=owner,
    )
    return shared_files(entity) | {
        f"src/components/{e.file}-tile.tsx": tile,
        page_file(page): render(
            "entity/board.tsx",
            e=e,
            page=page,
            component=component(page),
            description=spec.tagline if page == spec.pages[0] else "Drag a card, or move it from its menu.",
            stage=stage_code(entity),
            amount=FieldCode(money[0]) if money else None,
        ),
    }
