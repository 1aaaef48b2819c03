"""Cards of words in chance order, to print or to play."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    data = f"src/data/{e.files}.ts"
    facts = {"e": e, "page": page, "component": component(page), "tagline": spec.tagline, **spec.content}
    files = {
        data: shared_files(entity)[data],
        "src/lib/chance.ts": render("picker/chance.ts"),
        "src/lib/bingo.ts": render("bingo/bingo.ts", **facts),
    }
    if page.view == "caller":
        return files | {page_file(page): render("bingo/play-page.tsx", **facts)}
    return files | {
        "src/components/number-control.tsx": render("calculator/number-control.tsx"),
        "src/components/entry-list.tsx": render("picker/entry-list.tsx", e=e, short=True),
        "src/components/bingo-card.tsx": render("bingo/bingo-card.tsx", **facts),
        page_file(page): render("bingo/page.tsx", **facts),
    }
