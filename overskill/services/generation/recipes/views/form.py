"""A form to fill in, and what was answered: charts, a table, a file."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

_SENT = "sentOn"
_COLUMNS = 5
_SUMMED = 2
_RADIOS = 7  # options that are shown side by side; more go into a list


def write(spec: AppSpec, page: Page) -> Files:
    return _answers(spec, page) if page.view == "answers" else _form(spec, page)


def _form(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    asked = [one for one in e.fields if one.id != _SENT and one.type != "days"]
    files = _data(entity)
    radios = [one for one in asked if one.type == "select" and len(one.options) <= _RADIOS]
    if radios:
        files["src/components/choice.tsx"] = render("form/choice.tsx")
    if any(one.unit == "of 10" for one in asked):
        files["src/components/scale.tsx"] = render("form/scale.tsx")
    return files | {
        page_file(page): render(
            "form/page.tsx",
            e=e,
            component=component(page),
            asked=asked,
            radios=_RADIOS,
            controlled=bool(radios) or any(one.type in {"boolean", "rating"} or one.unit == "of 10" for one in asked),
            sent=e.get(_SENT),
            title=spec.content.get("title", spec.name),
            intro=spec.tagline,
            button=spec.content.get("button", "Send"),
            thanks=spec.content.get("thanks", "Thank you!"),
            goal=int(spec.content.get("goal", 0)),
            public=next(iter(e.of("boolean")), None),
        )
    }


def _answers(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    asked = [one for one in e.fields if one.id != _SENT]
    short = [one for one in asked if one.type not in {"longtext", "url", "days"}]
    columns = short[:_COLUMNS] or asked[:1]
    sent = e.get(_SENT)
    return _data(entity) | {
        "src/lib/answers.ts": render("form/answers.ts"),
        "src/components/answer-summary.tsx": render("form/summary.tsx"),
        f"src/components/{e.file}-table.tsx": render(
            "form/table.tsx", e=e, columns=[*columns, sent] if sent else columns
        ),
        page_file(page): render(
            "form/answers-page.tsx",
            e=e,
            page=page,
            component=component(page),
            sent=sent,
            charted=[one for one in asked if _is_charted(one)],
            summed=[one for one in asked if one.ts_type == "number" and not _is_charted(one)][:_SUMMED],
        ),
    }


def _is_charted(field: FieldCode) -> bool:
    """What says something in sum: not a consent that everyone has to give."""
    if field.type == "boolean" and field.required:
        return False
    return field.type in {"select", "boolean", "rating", "longtext"} or field.unit == "of 10"


def _data(entity: Entity) -> Files:
    e = code(entity)
    files = shared_files(entity)
    for unused in ("dialog", "menu"):
        del files[f"src/components/{e.file}-{unused}.tsx"]
    del files["src/lib/use-shortcut.ts"]
    files.pop("src/components/due-badge.tsx", None)
    return files
