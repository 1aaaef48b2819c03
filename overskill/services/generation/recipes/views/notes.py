"""A list of texts and an editor beside it."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, InputCode, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    body = FieldCode(entity.of_type("longtext")[0])
    updated = FieldCode(next(one for one in entity.of_type("date") if one.id == "updated"))
    pinned = next((FieldCode(one) for one in entity.of_type("boolean") if one.id == "pinned"), None)
    selects = [FieldCode(one) for one in entity.of_type("select")]
    shown = {e.title.id, body.id, updated.id, *(one.id for one in selects), pinned.id if pinned else ""}
    files = shared_files(entity)
    for unused in ("dialog", "menu"):
        del files[f"src/components/{e.file}-{unused}.tsx"]
    return files | {
        f"src/components/{e.file}-editor.tsx": render(
            "notes/editor.tsx",
            e=e,
            body=body,
            updated=updated,
            pinned=pinned,
            selects=selects,
            others=[InputCode(one) for one in entity.fields if one.id not in shown],
        ),
        page_file(page): render(
            "notes/page.tsx",
            e=e,
            page=page,
            component=component(page),
            description=spec.tagline,
            tag=selects[0] if selects else None,
            pinned=pinned,
            updated=updated,
            body=body,
            searched=f"[one.{e.title.id}, one.{body.id}]",
        ),
    }
