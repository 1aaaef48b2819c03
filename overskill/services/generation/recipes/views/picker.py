"""What chance decides: one of a list, groups, an order, who gives to whom, dice, a coin, numbers."""

from typing import Any

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.words import pluralize

_DICE = (4, 6, 8, 10, 12, 20, 100)
_MINE = {"picker": ("style", "again", "count", "once"), "numbers": ("lowest", "highest", "count", "once")}


def write(spec: AppSpec, page: Page) -> Files:
    """`page.view` is the template's name."""
    facts: dict[str, Any] = {"page": page, "component": component(page), "tagline": spec.tagline}
    files = {"src/lib/chance.ts": render("picker/chance.ts"), "src/lib/use-key.ts": render("timer/use-key.ts")}
    if page.entity:
        files |= _entries(spec, page)
        facts["e"] = code(spec.entity(page.entity))
    if page.view in {"picker", "dice", "coin", "numbers"}:
        files |= {
            "src/lib/results.ts": render("picker/results.ts"),
            "src/components/result-list.tsx": render("picker/result-list.tsx"),
        }
    if page.view in {"picker", "dice", "groups"}:
        files["src/components/number-control.tsx"] = render("calculator/number-control.tsx")
    files |= {"picker": _picker, "dice": _dice}.get(page.view, _nothing_more)(spec, facts)
    return files | {page_file(page): render(f"picker/{page.view}-page.tsx", **facts)}


def _entries(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    data = f"src/data/{e.files}.ts"
    return {
        data: shared_files(entity)[data],
        "src/components/entry-list.tsx": render("picker/entry-list.tsx", e=e, short=_are_short(entity)),
    }


def _are_short(entity: Entity) -> bool:
    """Names and dishes may be typed in a row; sentences have commas of their own."""
    texts = [str(row[entity.title.id]) for row in entity.samples]
    return not any("," in text or text.endswith((".", "?", "!")) for text in texts)


def _nothing_more(spec: AppSpec, facts: dict[str, Any]) -> Files:
    facts.update(spec.content)
    if "word" in spec.content:
        facts["words"] = pluralize(spec.content["word"])
    return {}


def _picker(spec: AppSpec, facts: dict[str, Any]) -> Files:
    is_wheel = spec.content["style"] == "wheel"
    facts |= {"wheel": is_wheel, "again": spec.content["again"]}
    pick = {"once": spec.content["once"], "count": spec.content["count"], "e": facts["e"]}
    files = {
        "src/lib/pick.ts": render("picker/pick.ts", **pick),
        "src/lib/use-reel.ts": render("picker/use-reel.ts"),
    }
    return files | ({"src/components/wheel.tsx": render("picker/wheel.tsx")} if is_wheel else {})


def _dice(spec: AppSpec, facts: dict[str, Any]) -> Files:
    sides = int(spec.content["sides"])
    facts |= {"sides": sides, "count": spec.content["count"], "kinds": sorted({*_DICE, sides})}
    return {"src/components/die.tsx": render("picker/die.tsx")}
