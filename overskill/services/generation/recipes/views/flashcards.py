"""Cards one by one, and the boxes they lie in; arithmetic likewise."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file, path


def write(spec: AppSpec, page: Page) -> Files:
    if page.view == "drill":
        return _drill(spec, page)
    entity = spec.entity(page.entity)
    e = code(entity)
    backs = [one for one in entity.of_type("text") if one.id != entity.title.id]
    back = backs[0] if backs else entity.title
    decks = next(iter(entity.of_type("select")), None)
    voices = spec.content.get("voices", {})
    by_deck = {deck: voice for deck, voice in voices.items() if decks and deck in decks.options}
    facts = {
        "e": e,
        "front": entity.title,
        "back": back,
        "decks": decks,
        "voices": by_deck,
        "by_deck": bool(by_deck),
        "voice": voices.get("", "en-US" if by_deck else ""),
    }
    files = shared_files(entity) | {
        "src/lib/leitner.ts": render("flashcards/leitner.ts", new_a_day=spec.content.get("newADay", 20), **facts),
        "src/lib/use-practice.ts": render("flashcards/use-practice.ts", **facts),
        "src/components/flash-card.tsx": render("flashcards/flash-card.tsx", **facts),
        "src/components/card-boxes.tsx": render("flashcards/card-boxes.tsx", **facts),
        "src/components/practice.tsx": render("flashcards/practice.tsx", editor=_editor(spec, page), **facts),
        page_file(page): render(
            "flashcards/page.tsx",
            component=component(page),
            title=spec.content.get("title", spec.name),
            tagline=spec.tagline,
            **facts,
        ),
    }
    if facts["voice"]:
        files["src/lib/speak.ts"] = render("flashcards/speak.ts")
    return files


def _editor(spec: AppSpec, page: Page) -> str:
    """Where cards are written; "" once that page is gone."""
    return next((path(spec, one) for one in spec.pages if one.entity == page.entity and one != page), "")


def _drill(spec: AppSpec, page: Page) -> Files:
    content = spec.content
    facts = {
        "title": spec.name,
        "tagline": spec.tagline,
        "component": component(page),
        "operations": content["operations"],
        "tables": content["tables"],
        "has_tables": bool({"×", "÷"} & set(content["operations"])),
        "highest": content["highest"],
        "round": content["round"],
    }
    return {
        "src/lib/drill.ts": render("drill/drill.ts", **facts),
        "src/components/drill-round.tsx": render("drill/round.tsx"),
        "src/components/drill-result.tsx": render("drill/result.tsx"),
        "src/components/table-picker.tsx": render("drill/table-picker.tsx"),
        page_file(page): render("drill/page.tsx", **facts),
    }
