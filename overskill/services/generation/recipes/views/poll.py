"""One question, votes, and who leads."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    votes = next(FieldCode(one) for one in entity.of_type("number") if one.id == "votes")
    texts = [FieldCode(one) for one in entity.of_type("text") if one.id != e.title.id]
    shown = {e.title.id, votes.id, texts[0].id if texts else ""}
    files = shared_files(entity)
    del files[f"src/components/{e.file}-menu.tsx"], files[f"src/components/{e.file}-dialog.tsx"]
    del files["src/lib/use-shortcut.ts"]
    return files | {
        "src/components/poll-option.tsx": render(
            "poll/option.tsx",
            e=e,
            votes=votes,
            note=texts[0] if texts else None,
            others=[FieldCode(one) for one in entity.fields if one.id not in shown and one.type != "days"],
        ),
        page_file(page): render(
            "poll/page.tsx",
            e=e,
            component=component(page),
            votes=votes,
            question=spec.content.get("question", spec.tagline),
        ),
    }
