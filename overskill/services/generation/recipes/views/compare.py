"""Options side by side with a score, and arguments for and against."""

from typing import Any

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render, ts
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.words import sentence

_KINDS = {"money": "money", "number": "number", "rating": "rating", "boolean": "boolean"}
_WEIGHT = 3  # of a criterion that was added later


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    facts: dict[str, Any] = {
        "e": code(entity),
        "component": component(page),
        "title": spec.content.get("title", page.title),
        "tagline": spec.tagline,
    }
    return _arguments(entity, page, facts) if page.view == "arguments" else _matrix(spec, entity, page, facts)


def _matrix(spec: AppSpec, entity: Entity, page: Page, facts: dict[str, Any]) -> Files:
    lower = set(spec.content.get("lower", ()))
    weights = spec.content.get("weights", {})
    facts["one"] = sentence(entity.singular.rsplit(maxsplit=1)[-1])
    facts["criteria"] = [
        {
            "id": one.id,
            "label": one.label,
            "kind": _KINDS.get(one.type, "text"),
            "unit": one.unit,
            "weight": weights.get(one.id, _WEIGHT),
            "lower": one.id in lower or (one.type == "money" and one.id not in weights),
        }
        for one in entity.fields[1:]
    ]
    facts["choices"] = [
        {
            "name": str(row[entity.title.id]),
            "filled": ", ".join(f"{one.id}: {ts(row[one.id])}" for one in entity.fields[1:] if one.id in row),
        }
        for row in entity.samples
    ]
    return {
        "src/data/comparison.ts": render("compare/comparison.ts", **facts),
        "src/lib/scores.ts": render("compare/scores.ts"),
        "src/lib/use-comparison.ts": render("compare/use-comparison.ts", **facts),
        "src/components/rating.tsx": render("parts/rating.tsx"),
        "src/components/value-cell.tsx": render("compare/value-cell.tsx"),
        "src/components/criterion-head.tsx": render("compare/criterion-head.tsx"),
        "src/components/matrix.tsx": render("compare/matrix.tsx", **facts),
        "src/components/result-card.tsx": render("compare/result-card.tsx"),
        "src/components/add-criterion.tsx": render("compare/add-criterion.tsx"),
        page_file(page): render("compare/page.tsx", **facts),
    }


def _arguments(entity: Entity, page: Page, facts: dict[str, Any]) -> Files:
    about = entity.field("about")
    facts["about"] = FieldCode(about) if about else None
    e = code(entity)
    files = shared_files(entity) | {
        "src/components/idea-composer.tsx": render("ideas/composer.tsx"),
        "src/components/weight-dots.tsx": render("compare/weight-dots.tsx"),
        f"src/components/{e.file}-side.tsx": render("compare/side.tsx", **facts),
        page_file(page): render("compare/arguments-page.tsx", **facts),
    }
    del files["src/lib/use-shortcut.ts"]
    return files
