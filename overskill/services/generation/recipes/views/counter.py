"""An amount a day toward a goal, its history, and tallies."""

from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, FieldType, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.words import sentence

_UNSAID: dict[str, Any] = {
    "title": "",
    "one": "time",
    "many": "times",
    "goal": 0,
    "steps": [1],
    "less": False,
    "items": [],
}


def write(spec: AppSpec, page: Page) -> Files:
    return {"counter": _counter, "history": _history, "tallies": _tallies}[page.view](spec, page)


def _counter(spec: AppSpec, page: Page) -> Files:
    facts = _facts(spec, page)
    entity = facts.pop("entity")
    texts = [one for one in entity.of_type("text") if one == entity.title]
    times = entity.of_type("time")
    return _goal_files(entity, facts) | {
        "src/components/ring.tsx": render("counter/ring.tsx"),
        "src/components/day-bars.tsx": render("counter/day-bars.tsx"),
        "src/components/goal-dialog.tsx": render("counter/goal-dialog.tsx"),
        page_file(page): render(
            "counter/page.tsx",
            **facts,
            component=component(page),
            tagline=spec.tagline if page == spec.pages[0] else "",
            what=FieldCode(texts[0]) if texts else None,
            time=FieldCode(times[0]) if times else None,
            is_symbol=facts["one"] == facts["many"],
        ),
    }


def _history(spec: AppSpec, page: Page) -> Files:
    facts = _facts(spec, page)
    entity = facts.pop("entity")
    history = render("counter/history-page.tsx", **facts, page=page, component=component(page))
    return _goal_files(entity, facts) | {page_file(page): history}


def _tallies(spec: AppSpec, page: Page) -> Files:
    entity, count = _with(spec.entity(page.entity), "number", "count")
    e = code(entity)
    known = spec.content
    things = str(known.get("things", "in all"))
    in_out = bool(known.get("isInOut"))
    shown = {entity.title.id, count.id}
    return _data(entity) | {
        page_file(page): render(
            "counter/tallies-page.tsx",
            e=e,
            component=component(page),
            title=known.get("title", page.title),
            tagline=spec.tagline,
            count=count,
            limit=known.get("limit", 0),
            worth=known.get("worth"),
            in_out=in_out,
            total_label="Inside now" if in_out else sentence(things),
            others=[one for one in e.fields if one.id not in shown and one.type not in {"days", "longtext"}],
        )
    }


def _facts(spec: AppSpec, page: Page) -> dict[str, Any]:
    """What the page counts; the history has that of the page it belongs to."""
    counters = spec.content.get("counters", {})
    known: dict[str, Any] = counters.get(page.id) or next(iter(counters.values()), {})
    entity, amount = _with(spec.entity(page.entity), "number", "amount")
    entity, date = _with(entity, "date", "date")
    e = code(entity)
    facts = {**_UNSAID, **known}
    return {
        **facts,
        "title": facts["title"] or page.title,
        "entity": entity,
        "e": e,
        "amount": amount,
        "date": date,
        "goal_store": f"{e.one}Goal",
    }


def _with(entity: Entity, kind: FieldType, field_id: str) -> tuple[Entity, FieldCode]:
    """The entity with the field that the page can't do without, whatever has been changed since."""
    found = entity.field(field_id) or next(iter(entity.of_type(kind)), None)
    if found and found.type == kind:
        return entity, FieldCode(found)
    added = Field(field_id, sentence(field_id), kind)
    return replace(entity, fields=(*entity.fields, added)), FieldCode(added)


def _goal_files(entity: Entity, facts: dict[str, Any]) -> Files:
    e = code(entity)
    goal = {name: facts[name] for name in ("e", "goal", "goal_store", "one", "many")}
    return _data(entity) | {
        "src/lib/daily.ts": render("counter/daily.ts"),
        f"src/lib/{e.file}-goal.ts": render("counter/goal.ts", **goal),
    }


def _data(entity: Entity) -> Files:
    e = code(entity)
    files = shared_files(entity)
    for unused in ("dialog", "menu"):
        del files[f"src/components/{e.file}-{unused}.tsx"]
    del files["src/lib/use-shortcut.ts"]
    return files
