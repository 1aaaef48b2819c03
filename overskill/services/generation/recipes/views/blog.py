"""Posts, the newest large, and a page for each."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, places, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

ROUTE = {"path": "/post/:id", "component": "PostPage", "file": "post-page"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    place = places(entity)
    long = [one.id for one in entity.of_type("longtext")]
    author = next((one.id for one in entity.of_type("text") if one.id == "author"), "")
    date = next(one.id for one in entity.of_type("date") if one.id == "date")
    shown = {
        "e": e,
        "body": long[-1],
        "excerpt": long[0] if len(long) > 1 else "",
        "category": place["badges"][0].id if place["badges"] else "",
        "date": date,
        "author": author,
    }
    facts = [
        FieldCode(one)
        for one in entity.fields
        if one.id not in {e.title.id, author, date, shown["category"], *long} and one.type != "rating"
    ]
    return shared_files(entity) | {
        "src/components/artwork.tsx": render("parts/artwork.tsx"),
        "src/pages/post-page.tsx": render("blog/post-page.tsx", facts=facts, **shown),
        page_file(page): render(
            "blog/page.tsx",
            component=component(page),
            name=spec.name,
            tagline=spec.tagline,
            searched="[" + ", ".join(f"one.{field}" for field in (e.title.id, *long)) + "]",
            **shown,
        ),
    }
