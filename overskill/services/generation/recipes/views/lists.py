"""Cards, a table, a checklist, habits with streaks: one page that shows and changes the records of an entity."""

from typing import Any

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.views.entities import (
    Files,
    action_facts,
    code,
    codes,
    due_facts,
    list_files,
    places,
    shared_files,
)
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.views.stats import stats_file

# Long texts that a table leaves to the form.
_ASIDE = {"notes", "description", "details", "comments", "method", "ingredients"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    files = shared_files(entity) | list_files(entity) | stats_file(entity)
    files |= {"cards": _card, "table": _table, "checklist": _row, "streaks": _streaks}[page.view](entity)
    files[page_file(page)] = _page(spec, page, entity)
    return files


def _page(spec: AppSpec, page: Page, entity: Entity) -> str:
    facts: dict[str, Any] = {"e": code(entity), "page": page, "component": component(page)}
    if page.view == "streaks":
        return render("entity/streak-page.tsx", days=FieldCode(entity.of_type("days")[0]), **facts)
    description = spec.tagline if page == spec.pages[0] else ""
    return render("entity/page.tsx", description=description, **facts)


def _card(entity: Entity) -> Files:
    e = code(entity)
    action = action_facts(entity)
    icons = sorted({e.icon, "ExternalLink", "Mail", "Phone", *([action["icon"]] if action else [])})
    text = render(
        "entity/card.tsx", e=e, icons=", ".join(icons), due=due_facts(entity), action=action, **places(entity)
    )
    return {f"src/components/{e.file}-card.tsx": text}


def _table(entity: Entity) -> Files:
    e = code(entity)
    place = places(entity)
    amount = sorted(entity.of_type("money"), key=lambda one: not one.formula)[:1]
    shown = [
        one
        for one in entity.fields
        if one.id != entity.title.id
        and one not in amount
        and one.type not in {"url", "days"}
        and not (one.type == "longtext" and one.label.lower() in _ASIDE)
        and not (entity.due and one.id == entity.due.id)
    ][:5]
    columns = codes(shown)
    text = render(
        "entity/table.tsx",
        e=e,
        columns=columns,
        under=place["subtitle"] or next(iter(columns), None),
        due=due_facts(entity),
        amount=FieldCode(amount[0]) if amount else None,
    )
    return {f"src/components/{e.file}-table.tsx": text}


def _row(entity: Entity) -> Files:
    e = code(entity)
    place = places(entity)
    if place["subtitle"]:
        place["facts"] = [place["subtitle"], *place["facts"]]
    text = render(
        "entity/row.tsx",
        e=e,
        done=FieldCode(entity.done) if entity.done else FieldCode(entity.of_type("boolean")[0]),
        due=due_facts(entity),
        **place,
    )
    return {f"src/components/{e.file}-row.tsx": text}


def _streaks(entity: Entity) -> Files:
    e = code(entity)
    days = FieldCode(entity.of_type("days")[0])
    return {
        f"src/components/{e.file}-row.tsx": render(
            "entity/streak-row.tsx", e=e, days=days, due=due_facts(entity), **places(entity)
        ),
        "src/components/heat-strip.tsx": render("entity/heat-strip.tsx"),
    }
