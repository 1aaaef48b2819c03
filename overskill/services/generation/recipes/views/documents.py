"""Documents with lines: a list of them, an editor, and the page that is printed."""

from typing import Any

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.views.entities import Files, code
from overskill.services.generation.recipes.views.naming import component, page_file

ROUTE = {"path": "/document/:id", "component": "DocumentPage", "file": "document-page"}
_DUE_AFTER = 14  # days
# What stands elsewhere on the page than among the facts at its side.
_PLACED = {"client", "status", "discount", "tax"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    facts = _facts(spec, entity)
    facts |= {"page": page, "component": component(page), "tagline": spec.tagline}
    files = {
        f"src/data/{e.files}.ts": render("documents/data.ts", rows=_rows(spec, entity), **facts),
        "src/data/sender.ts": render("documents/sender.ts", **facts),
        "src/lib/totals.ts": render("documents/totals.ts", **facts),
        "src/lib/csv.ts": render("parts/csv.ts"),
        "src/lib/use-shortcut.ts": render("parts/use-shortcut.ts"),
        "src/components/sender-dialog.tsx": render("documents/sender-dialog.tsx"),
        "src/components/lines-editor.tsx": render("documents/lines-editor.tsx", **facts),
        f"src/components/{e.file}-editor.tsx": render("documents/editor.tsx", **facts),
        f"src/components/{e.file}-paper.tsx": render("documents/paper.tsx", **facts),
        "src/pages/document-page.tsx": render("documents/document-page.tsx", **facts),
        page_file(page): render("documents/page.tsx", **facts),
    }
    if entity.of_type("rating"):
        files["src/components/rating.tsx"] = render("parts/rating.tsx")
    return files


def _facts(spec: AppSpec, entity: Entity) -> dict[str, Any]:
    e = code(entity)
    tax, due = entity.field("tax"), entity.field("due")
    status = entity.field("status") or entity.of_type("select")[0]
    beside = [
        one
        for one in entity.fields[1:]
        if one.id not in _PLACED and one.type not in {"longtext", "days", "boolean", "rating"}
    ]
    return {
        "e": e,
        "status": FieldCode(status),
        "date": "date" if entity.field("date") else entity.of_type("date")[0].id,
        "due": due.id if due else "",
        "due_after": _DUE_AFTER,
        "discount": entity.field("discount"),
        "tax": tax,
        "tax_label": tax.label if tax else "Tax",
        "default_tax": next((row["tax"] for row in entity.samples if "tax" in row), 0),
        "address": "clientAddress" if entity.field("clientAddress") else "",
        "notes": "notes" if entity.field("notes") else "",
        "facts": [FieldCode(one) for one in beside],
        "shown": {one.id: _shown(FieldCode(one)) for one in beside},
        "currency": spec.content.get("currency", "USD"),
        "prefix": spec.content.get("prefix", ""),
        "line": spec.content.get("line", "Description"),
        "quantity": spec.content.get("quantity", "Quantity"),
        "rate": spec.content.get("rate", "Price"),
    }


def _shown(field: FieldCode) -> str:
    """On paper a date is written out: "in 5 days" is not true for long."""
    return f"formatDay(paper.{field.id})" if field.type == "date" else field.shown("paper")


def _rows(spec: AppSpec, entity: Entity) -> list[tuple[list[tuple[str, str]], list[list[Any]]]]:
    lines = list(spec.content.get("lines", ())) or [[]]
    return [
        ([(one.id, one.literal(row.get(one.id))) for one in code(entity).fields], list(lines[place % len(lines)]))
        for place, row in enumerate(entity.samples)
    ]
