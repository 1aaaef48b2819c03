"""Standings of a league, a sheet of rounds, a tally."""

from typing import Any

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

# Fields that a line of inputs has no room for.
_NOT_TYPED = {"longtext", "select", "boolean", "rating", "days"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    content = spec.content
    facts: dict[str, Any] = {
        "e": e,
        "component": component(page),
        "title": content["title"],
        "tagline": spec.tagline,
        "more": [one for one in e.fields if one.id != e.title.id and one.type not in _NOT_TYPED],
        "par": content.get("par", 0),
        "rows": [row for row in content["samples"] if _is_complete(row, len(entity.samples), page)],
        **{key: content[key] for key in ("scheme", "draws", "unit", "steps", "target", "lowest", "named", "limit")},
        "round": content["round"],
        "examples": content["examples"],
    }
    data = f"src/data/{e.files}.ts"
    files = {
        data: shared_files(entity)[data],
        f"src/components/{e.files}-dialog.tsx": render("scoreboard/sides-dialog.tsx", **facts),
    }
    return files | _PARTS[page.view](facts) | {page_file(page): render(f"scoreboard/{page.view}-page.tsx", **facts)}


def _is_complete(row: list[int], sides: int, page: Page) -> bool:
    """Of examples only those whose sides are still among the examples."""
    return len(row) <= sides if page.view == "rounds" else max(row[0], row[1]) < sides


def _league(facts: dict[str, Any]) -> Files:
    return {
        "src/data/results.ts": render("scoreboard/results.ts", **facts),
        "src/lib/standings.ts": render("scoreboard/standings.ts", **facts),
        "src/components/standings-table.tsx": render("scoreboard/standings-table.tsx", **facts),
        "src/components/result-form.tsx": render("scoreboard/result-form.tsx", **facts),
        "src/components/result-list.tsx": render("scoreboard/result-list.tsx", **facts),
        "src/components/course-chart.tsx": render("scoreboard/course-chart.tsx", **facts),
    }


def _rounds(facts: dict[str, Any]) -> Files:
    return {
        "src/data/rounds.ts": render("scoreboard/rounds.ts", **facts),
        "src/lib/totals.ts": render("scoreboard/totals.ts", **facts),
        "src/components/totals-list.tsx": render("scoreboard/totals-list.tsx", **facts),
        "src/components/round-form.tsx": render("scoreboard/round-form.tsx", **facts),
        "src/components/round-sheet.tsx": render("scoreboard/round-sheet.tsx", **facts),
        "src/components/course-chart.tsx": render("scoreboard/course-chart.tsx", **facts),
    }


def _tally(facts: dict[str, Any]) -> Files:
    return {
        "src/data/points.ts": render("scoreboard/points.ts", **facts),
        "src/components/tally-card.tsx": render("scoreboard/tally-card.tsx", **facts),
        "src/components/game-history.tsx": render("scoreboard/game-history.tsx", **facts),
    }


_PARTS = {"league": _league, "rounds": _rounds, "tally": _tally}
