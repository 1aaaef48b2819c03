"""People on places: of a formation, or at tables and in rows."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    data = f"src/data/{e.files}.ts"
    is_pitch = "formations" in spec.content
    facts = {
        "e": e,
        "component": component(page),
        "tagline": spec.tagline,
        "pitch": is_pitch,
        "title": spec.content["title"],
        "formations": list(spec.content.get("formations", ())),
        "groups": spec.content.get("groups", 0),
        "seats": spec.content.get("seats", 0),
        "group": spec.content.get("group", ""),
    }
    files = {
        data: shared_files(entity)[data],
        "src/lib/places.ts": render("lineup/places.ts", **facts),
        "src/components/entry-list.tsx": render("picker/entry-list.tsx", e=e, short=True),
        "src/components/place-button.tsx": render("lineup/place-button.tsx"),
        page_file(page): render("lineup/page.tsx", **facts),
    }
    if not is_pitch:
        files["src/components/number-control.tsx"] = render("calculator/number-control.tsx")
    return files
