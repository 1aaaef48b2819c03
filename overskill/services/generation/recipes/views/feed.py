"""Messages as they come, by topic, with hearts."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, places, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

_OWN = {"author", "message", "date", "likes", "liked"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    place = places(entity)
    topic = place["badges"][0] if place["badges"] else None
    shown = {
        "e": e,
        "topic": topic,
        "author": "author",
        "body": "message",
        "date": "date",
        "likes": "likes",
        "liked": "liked",
    }
    others = [one for one in entity.fields if one.id not in _OWN and one.type not in {"days", "boolean", "rating"}]
    files = shared_files(entity)
    return {f"src/data/{e.files}.ts": files[f"src/data/{e.files}.ts"]} | {
        "src/components/composer.tsx": render(
            "feed/composer.tsx", prompt=spec.content.get("prompt", "What is going on?"), **shown
        ),
        f"src/components/{e.file}-item.tsx": render(
            "feed/item.tsx",
            facts=[FieldCode(one) for one in others if not topic or one.id != topic.id],
            **shown,
        ),
        page_file(page): render("feed/page.tsx", page=page, component=component(page), tagline=spec.tagline, **shown),
    }
