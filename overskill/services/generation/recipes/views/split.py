"""One amount, several people, fair parts."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    total = float(spec.content["total"])
    files = shared_files(entity)
    return {f"src/data/{e.files}.ts": files[f"src/data/{e.files}.ts"]} | {
        "src/lib/split.ts": render("split/split.ts"),
        "src/components/number-control.tsx": render("calculator/number-control.tsx"),
        page_file(page): render(
            "split/page.tsx",
            e=e,
            page=page,
            component=component(page),
            tagline=spec.tagline,
            total=f"{total:g}",
            maximum=f"{total * 4:g}",
            step="10" if total >= 500 else "1",
            what=spec.content["what"],
            hint=spec.content["hint"],
            weight="shares",
        ),
    }
