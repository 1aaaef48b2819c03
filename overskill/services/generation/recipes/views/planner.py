"""A week as a grid, and the list of what its plans need."""

from dataclasses import dataclass, replace

from overskill.services.generation.recipes.codenames import EntityCode, FieldCode
from overskill.services.generation.recipes.phrases import WEEKDAYS
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

_SHOWN_FACTS = 3
_SHORT_ROW = 74  # characters beside what every row has


def write(spec: AppSpec, page: Page) -> Files:
    if page.view == "needs":
        return _needs(spec, page)
    entity, day, slot = _parts(spec, page)
    e = code(entity)
    days = list(spec.content.get("days", range(7)))
    dated = day.type == "date"
    hidden = {entity.title.id, day.id, slot.id if slot else "", str(spec.content.get("needs", ""))}
    facts = [one for one in e.fields if one.id not in hidden and one.type not in {"longtext", "boolean", "days", "url"}]
    return _week_files(spec, entity, day) | {
        "src/components/plan-cell.tsx": render("planner/cell.tsx"),
        f"src/components/{e.file}-item.tsx": render(
            "planner/entry.tsx", e=e, done=_done(entity), facts=facts[:_SHOWN_FACTS]
        ),
        page_file(page): render(
            "planner/page.tsx",
            e=e,
            component=component(page),
            title=spec.content.get("title", page.title),
            tagline=spec.tagline,
            day=day,
            slot=slot,
            done=_done(entity),
            dated=dated,
            count=len(days),
            span=1 + (len(slot.options) if slot else 1),
        ),
    }


def _needs(spec: AppSpec, page: Page) -> Files:
    entity, day, _ = _parts(spec, page)
    e = code(entity)
    needs = e.get(str(spec.content.get("needs", ""))) or e.title
    return _week_files(spec, entity, day) | {
        "src/lib/needs.ts": render("planner/needs.ts"),
        page_file(page): render(
            "planner/needs-page.tsx", e=e, page=page, component=component(page), day=day, needs=needs
        ),
    }


def _parts(spec: AppSpec, page: Page) -> tuple[Entity, FieldCode, FieldCode | None]:
    """The entity with a day, whatever has been changed since, the day and the row it is planned for."""
    entity = spec.entity(page.entity)
    day = entity.field("day") or next(iter(entity.of_type("date")), None)
    if not day:
        day = Field("day", "Day", "date")
        entity = replace(entity, fields=(*entity.fields, day))
    slot = entity.field(str(spec.content.get("slot", "")))
    return entity, FieldCode(day), FieldCode(slot) if slot and slot.type == "select" else None


def _week_files(spec: AppSpec, entity: Entity, day: FieldCode) -> Files:
    e = code(entity)
    dated = day.type == "date"
    days = list(spec.content.get("days", range(7)))
    files = shared_files(entity)
    del files[f"src/components/{e.file}-menu.tsx"], files["src/lib/use-shortcut.ts"]
    files[f"src/data/{e.files}.ts"] = render("planner/data.ts", e=e, rows=_rows(e, day), dated=dated)
    names = list(day.options) or [WEEKDAYS[one] for one in days]
    files["src/lib/week.ts"] = render("planner/week.ts", dated=dated, days=days, names=names)
    if dated:
        files["src/components/week-switcher.tsx"] = render("planner/week-switcher.tsx")
    return files


@dataclass(frozen=True, slots=True)
class _Row:
    """An example as it is written: only what differs from a blank record."""

    values: list[tuple[str, str]]

    @property
    def text(self) -> str:
        return ", ".join(f"{key}: {value}" for key, value in self.values)

    @property
    def is_short(self) -> bool:
        return len(self.text) <= _SHORT_ROW


def _rows(e: EntityCode, day: FieldCode) -> list[_Row]:
    """The days count from this week's Monday."""
    rows = []
    for sample in e.entity.samples:
        values = [(one.id, one.literal(sample.get(one.id))) for one in e.fields if one.id != day.id]
        kept = [(key, value) for key, value in values if value != _blank(e, key)]
        index = sample.get(day.id, 0)
        shown = f"weekday({index})" if day.type == "date" else day.literal(index)
        rows.append(_Row([*kept[:1], (day.id, shown), *kept[1:]]))
    return rows


def _blank(e: EntityCode, field_id: str) -> str:
    return next(one.blank for one in e.fields if one.id == field_id)


def _done(entity: Entity) -> FieldCode | None:
    return FieldCode(entity.done) if entity.done else None
