"""Notes in columns, or ranked in one list, that people vote on."""

from overskill.services.generation.recipes.codenames import FieldCode
from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

# Columns side by side on a large screen. The stylesheet only has classes that are written out.
_GRIDS = {2: "", 3: "lg:grid-cols-3", 4: "xl:grid-cols-4", 5: "lg:grid-cols-3 xl:grid-cols-5", 6: "lg:grid-cols-3"}
_SHOWN_ANYWAY = {"column", "votes"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    column = entity.field("column") or entity.of_type("select")[0]
    more = [one for one in entity.fields[1:] if one.id not in _SHOWN_ANYWAY]
    is_list = spec.content.get("layout") == "list"
    is_square = spec.content.get("layout") == "square"
    has_votes = is_list or bool(spec.content.get("hasVotes", True))
    facts = {
        "e": e,
        "component": component(page),
        "title": spec.content.get("title", page.title),
        "tagline": spec.tagline,
        "column": FieldCode(column),
        "notes": [FieldCode(one) for one in more if one.type == "longtext"],
        "facts": [FieldCode(one) for one in more if one.type not in {"longtext", "days", "boolean"}],
        "has_votes": has_votes,
        "votes_each": spec.content.get("votesEach", 0),
        "minutes": spec.content.get("minutes", 0),
        "grid": "" if is_square else _GRIDS.get(len(column.options), "lg:grid-cols-3"),
    }
    files = shared_files(entity) | {
        "src/components/idea-composer.tsx": render("ideas/composer.tsx"),
        page_file(page): render("ideas/list.tsx" if is_list else "ideas/columns.tsx", **facts),
    }
    del files["src/lib/use-shortcut.ts"]
    if has_votes:
        files["src/lib/use-votes.ts"] = render("ideas/use-votes.ts", **facts)
        files["src/components/vote-button.tsx"] = render("ideas/vote-button.tsx")
    if not is_list:
        files[f"src/components/{e.file}-card.tsx"] = render("ideas/note.tsx", **facts)
    if facts["minutes"]:
        files["src/components/round-timer.tsx"] = render("ideas/timer.tsx", **facts)
    return files
