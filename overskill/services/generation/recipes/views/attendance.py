"""A grid of people and dates with a mark in each cell."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.words import listing

_WEEKLY = (0,)


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    group = entity.field("group")
    marks = list(spec.content.get("marks", ("present", "absent", "excused")))
    facts = {
        "e": e,
        "component": component(page),
        "title": spec.content.get("title", page.title),
        "tagline": spec.tagline,
        "group": FieldCode(group) if group and group.type == "select" else None,
        "marks": marks,
        "days": list(spec.content.get("days", _WEEKLY)),
        "keys": listing([f"{one[0].upper()} for {one}" for one in marks]),
    }
    files = shared_files(entity) | {
        "src/data/sessions.ts": render("attendance/sessions.ts", **facts),
        "src/lib/rates.ts": render("attendance/rates.ts"),
        "src/lib/csv.ts": render("parts/csv.ts"),
        "src/components/mark-button.tsx": render("attendance/mark-button.tsx", **facts),
        "src/components/session-head.tsx": render("attendance/session-head.tsx"),
        "src/components/attendance-chart.tsx": render("attendance/chart.tsx"),
        "src/components/roll.tsx": render("attendance/roll.tsx", **facts),
        page_file(page): render("attendance/page.tsx", **facts),
    }
    if not any(one.entity == page.entity and one != page for one in spec.pages):
        del files[f"src/components/{e.file}-menu.tsx"], files["src/lib/use-shortcut.ts"]
    return files
