"""What every view of an entity shares: its data, its form, its menu, and which field is shown where."""

from dataclasses import dataclass
from typing import Any

from overskill.services.generation.recipes.codenames import EntityCode, FieldCode
from overskill.services.generation.recipes.render import render, ts
from overskill.services.generation.recipes.spec import Entity, Field
from overskill.services.generation.recipes.words import camel

Files = dict[str, str]

_ACTION_ICONS = {
    "water": "Droplets",
    "feed": "Bone",
    "practise": "RotateCcw",
    "practice": "RotateCcw",
    "take": "Check",
    "say hello": "MessageCircle",
}
_INPUT_TYPES = {"date": "date", "time": "time", "email": "email", "phone": "tel", "url": "url"}


@dataclass(frozen=True, slots=True)
class InputCode(FieldCode):
    @property
    def input_type(self) -> str:
        return _INPUT_TYPES.get(self.field.type, "text")


class EntityFormCode(EntityCode):
    @property
    def fields(self) -> list[FieldCode]:
        return [InputCode(one) for one in self.entity.fields]


def code(entity: Entity) -> EntityCode:
    return EntityFormCode(entity)


def shared_files(entity: Entity) -> Files:
    """Data, form and menu: whatever shows the entity needs them."""
    e = code(entity)
    files = {
        f"src/data/{e.files}.ts": render("entity/data.ts", e=e, rows=_rows(entity), due=due_facts(entity)),
        f"src/components/{e.file}-dialog.tsx": render(
            "entity/dialog.tsx",
            e=e,
            dated=_dated(entity),
            controlled=bool(entity.of_type("boolean", "rating")),
            formulas=codes([one for one in entity.fields if one.formula]),
        ),
        f"src/components/{e.file}-menu.tsx": render("entity/menu.tsx", e=e, stage=stage_code(entity)),
        "src/lib/use-shortcut.ts": render("parts/use-shortcut.ts"),
    }
    if entity.of_type("days"):
        files["src/lib/streaks.ts"] = render("entity/streaks.ts")
    return files | part_files(entity)


def part_files(entity: Entity) -> Files:
    files: Files = {}
    if entity.of_type("rating"):
        files["src/components/rating.tsx"] = render("parts/rating.tsx")
    if due_facts(entity):
        files["src/components/due-badge.tsx"] = render("parts/due-badge.tsx")
    return files


def list_files(entity: Entity) -> Files:
    """Search, filters, sort and the numbers on top."""
    e = code(entity)
    return {
        f"src/lib/use-{e.file}-list.ts": render("entity/list.ts", **_list_facts(entity)),
        f"src/components/{e.file}-toolbar.tsx": render(
            "entity/toolbar.tsx", e=e, search=entity.search, filters=_filters(entity)
        ),
    }


def due_facts(entity: Entity) -> dict[str, str] | None:
    """How a record's due day is found."""
    one = code(entity).one
    if entity.action and entity.action.every:
        return {"sets": entity.action.sets, "every": entity.action.every}
    if not entity.due:
        return None
    settled = ""
    if entity.done:
        settled = f"{one}.{entity.done.id}"
    elif entity.stage:
        finished = [option for option in entity.stage.options if option.lower() in _FINISHED]
        settled = " || ".join(f"{one}.{entity.stage.id} === {ts(option)}" for option in finished)
    return {"field": entity.due.id, "every": "", "settled": settled}


_FINISHED = {"done", "paid", "won", "finished", "completed", "closed", "rejected", "lost", "cancelled", "published"}


def action_facts(entity: Entity) -> dict[str, str] | None:
    if not entity.action:
        return None
    verb = camel(entity.action.label)
    return {
        "label": entity.action.label,
        "verb": verb if verb not in {"delete", "do", "new", "return", "switch", "try"} else f"{verb}Now",
        "done_text": entity.action.done.lower(),
        "sets": entity.action.sets,
        "icon": _ACTION_ICONS.get(entity.action.label.lower(), "Check"),
    }


def stage_code(entity: Entity) -> FieldCode | None:
    return FieldCode(entity.stage) if entity.stage else None


def codes(fields: list[Field]) -> list[FieldCode]:
    return [FieldCode(one) for one in fields]


def places(entity: Entity) -> dict[str, Any]:
    """Which field goes where on a card, a row or a tile. The title and what the due badge shows are left out."""
    hidden = {entity.title.id}
    if entity.action and not entity.action.every:
        hidden |= {entity.action.sets}
    if entity.due:
        hidden.add(entity.due.id)
    texts = [one for one in entity.of_type("text") if one.id not in hidden]
    facts = [
        one
        for one in entity.fields
        if one.id not in hidden and (one.type in {"number", "money", "date", "time"} or one in texts[1:])
    ]
    return {
        "subtitle": FieldCode(texts[0]) if texts else None,
        "badges": codes(entity.of_type("select")),
        "flags": codes(entity.of_type("boolean")),
        "ratings": codes(entity.of_type("rating")),
        "facts": codes(facts),
        "notes": codes(entity.of_type("longtext")),
        "links": codes(entity.of_type("email", "phone", "url")),
    }


def _rows(entity: Entity) -> list[list[tuple[str, str]]]:
    return [[(f.id, f.literal(row.get(f.id))) for f in code(entity).fields] for row in entity.samples]


def _dated(entity: Entity) -> list[FieldCode]:
    """Dates that are today unless said otherwise."""
    usual = {"date", "day", "bought", "issued", "date added"}
    return codes([one for one in entity.of_type("date") if one.label.lower() in usual])


def _filters(entity: Entity) -> list[FieldCode]:
    found = (entity.field(one) for one in entity.filters)
    return [FieldCode(one) for one in found if one]


def _list_facts(entity: Entity) -> dict[str, Any]:
    e = code(entity)
    filters = _filters(entity)
    searched = [f"{e.one}.{one.id}" for one in entity.fields if one.type in {"text", "longtext", "select", "email"}]
    narrowed = [*(["query"] if entity.search else []), *(one.chosen for one in filters)]
    sorts = _sorts(entity)
    return {
        "e": e,
        "search": entity.search,
        "filters": filters,
        "sorts": sorts,
        "default_sort": next((sort["id"] for sort in sorts if sort["id"] == _wanted_sort(entity)), "newest"),
        "searched": f"[{', '.join(searched)}]",
        "narrowed": " || ".join(narrowed),
    }


def _wanted_sort(entity: Entity) -> str:
    if entity.sort:
        return entity.sort
    return "due" if due_facts(entity) else "newest"


def _sorts(entity: Entity) -> list[dict[str, str]]:
    one = code(entity).one
    sorts = [{"id": "newest", "label": "Newest first", "compare": "() => 0"}]
    facts = due_facts(entity)
    if facts and facts["every"]:
        sorts.append({"id": "due", "label": "Due first", "compare": _by_text("dueDay({})", late=True)})
    for field in entity.fields:
        descending = entity.descending and entity.sort == field.id
        compare = _compare(field, descending=descending)
        if compare:
            due = bool(facts and not facts["every"] and facts["field"] == field.id)
            identity = "due" if due and entity.sort != field.id else field.id
            label = "Due first" if due and not descending else field.label
            sorts.append({"id": identity, "label": label, "compare": compare})
    if entity.done:
        for sort in sorts:
            sort["compare"] = _unfinished_first(sort["compare"], one, entity.done.id)
    return sorts


def _compare(field: Field, *, descending: bool) -> str:
    a, b = ("b", "a") if descending else ("a", "b")
    match field.type:
        case "text" | "select" | "time":
            return f"(a, b) => {a}.{field.id}.localeCompare({b}.{field.id})"
        case "date":
            return (
                f"(a, b) => b.{field.id}.localeCompare(a.{field.id})"
                if descending
                else _by_text(f"{{}}.{field.id}", late=True)
            )
        case "number" | "money" | "rating":
            # The largest is what one looks for, unless asked for otherwise.
            return f"(a, b) => b.{field.id} - a.{field.id}"
        case "days":
            return f"(a, b) => b.{field.id}.length - a.{field.id}.length"
        case _:
            return ""


def _by_text(expression: str, *, late: bool) -> str:
    end = ' || "9999"' if late else ""
    a, b = (f"({expression.format(one)}{end})" for one in ("a", "b"))
    return f"(a, b) => {a}.localeCompare{b}"


def _unfinished_first(compare: str, one: str, done: str) -> str:
    del one
    if compare == "() => 0":
        return f"(a, b) => Number(a.{done}) - Number(b.{done})"
    return compare.replace("=> ", f"=> Number(a.{done}) - Number(b.{done}) || ", 1)
