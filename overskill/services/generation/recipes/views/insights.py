"""Charts over the records: over time, by group."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, Page
from overskill.services.generation.recipes.views.entities import Files, code, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file
from overskill.services.generation.recipes.views.stats import stats_file
from overskill.services.generation.recipes.words import low, sentence


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    measured = _measured(entity)
    dates = [one for one in entity.of_type("date") if one != entity.due]
    what = measured.label if measured else sentence(entity.plural)
    groups = [
        {"title": f"{what} by {low(one.label)}", "kind": kind, "key": f"{e.one}.{one.id}"}
        for one, kind in zip(entity.of_type("select"), ("donut", "bars", "donut", "bars"), strict=False)
    ]
    if not groups or len(groups) % 2:
        groups.append(
            {"title": f"{what} by {low(entity.title.label)}", "kind": "bars", "key": f"{e.one}.{entity.title.id}"}
        )
    text = render(
        "entity/insights.tsx",
        e=e,
        page=page,
        component=component(page),
        description=spec.tagline if page == spec.pages[0] else "",
        icons=code(entity).icon,
        date=dates[0] if dates else None,
        measure=f"({e.one}) => {e.one}.{measured.id}" if measured else "() => 1",
        format="formatMoney" if measured and measured.type == "money" else "formatNumber",
        trend_title=f"{what} by week",
        groups=groups,
    )
    return (
        shared_files(entity)
        | stats_file(entity)
        | {
            "src/components/breakdown-chart.tsx": render("parts/breakdown-chart.tsx"),
            "src/lib/summaries.ts": render("parts/summaries.ts"),
            page_file(page): text,
        }
        | ({"src/components/trend-chart.tsx": render("parts/trend-chart.tsx")} if dates else {})
    )


def _measured(entity: Entity) -> Field | None:
    """What is added up; without it the records are counted."""
    money = entity.of_type("money")
    if money:
        return money[0]
    numbers = [one for one in entity.of_type("number") if one.unit in {"h", "min", "km", "mi", "kcal", "kg"}]
    return numbers[0] if numbers else None
