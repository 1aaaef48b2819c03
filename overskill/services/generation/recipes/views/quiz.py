"""Questions one by one, and the score."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    texts = [one for one in entity.of_type("text") if one.id != e.title.id]
    answer, *wrong = texts
    wrong = [one for one in wrong if one.id.startswith("wrong")] or wrong
    return shared_files(entity) | {
        "src/lib/quiz.ts": render(
            "quiz/quiz.ts", e=e, answer=answer.id, wrong=", ".join(f"one.{one.id}" for one in wrong)
        ),
        "src/components/quiz-question.tsx": render("quiz/question.tsx"),
        "src/components/quiz-result.tsx": render("quiz/result.tsx"),
        page_file(page): render(
            "quiz/page.tsx",
            e=e,
            component=component(page),
            icon=spec.icon,
            title=spec.content.get("title", spec.name),
            tagline=spec.tagline,
        ),
    }
