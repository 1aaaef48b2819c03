"""Numbers in, answers out: by formula, between units, or on a keypad."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files
from overskill.services.generation.recipes.views.naming import component, page_file

_INPUT = ("id", "label", "start", "min", "max", "step", "before", "after")


def write(spec: AppSpec, page: Page) -> Files:
    facts: dict[str, Any] = {"page": page, "component": component(page), "tagline": spec.tagline}
    if page.view == "converter":
        return _converter(spec, page, facts)
    if page.view == "keypad":
        return {
            page_file(page): render("calculator/keypad-page.tsx", **facts),
            "src/lib/evaluate.ts": render("calculator/evaluate.ts"),
        }
    return _formula(spec, page, facts)


def _converter(spec: AppSpec, page: Page, facts: dict[str, Any]) -> Files:
    known = spec.content
    facts |= {"first": known.get("from", "metres"), "second": known.get("to", "feet"), "amount": known.get("amount", 1)}
    if "foods" in known:
        return {
            page_file(page): render("calculator/kitchen-page.tsx", **facts),
            "src/lib/kitchen.ts": render("calculator/kitchen.ts", foods=known["foods"], named=known["named"]),
        }
    if "rate" in known:
        return {
            page_file(page): render(
                "calculator/rate-page.tsx", rate=known["rate"], currencies=known["currencies"], **facts
            )
        }
    return {
        page_file(page): render("calculator/converter-page.tsx", measure=known.get("measure", "Length"), **facts),
        "src/lib/units.ts": render("calculator/units.ts"),
    }


def _formula(spec: AppSpec, page: Page, facts: dict[str, Any]) -> Files:
    formula = spec.content
    inputs = [dict(zip(_INPUT, one, strict=True)) for one in formula["inputs"]]
    lets = [(name, expression) for name, expression in formula.get("let", [])]
    results = [dict(zip(("label", "expression", "format"), one, strict=True)) for one in formula["results"]]
    series: Mapping[str, str] | None = formula.get("series")
    wanted = " ".join(one["expression"] for one in results)
    result_lets = _needed(lets, wanted)
    series_lets = _needed(lets, f"{series['count']} {series['value']}") if series else []
    ids = [one["id"] for one in inputs]
    files = {
        "src/lib/calculate.ts": render(
            "calculator/calculate.ts",
            inputs=inputs,
            results=results,
            series=series,
            ids=_used(ids, result_lets, wanted),
            result_lets=result_lets,
            series_lets=series_lets,
            series_ids=_used(ids, series_lets, f"{series['count']} {series['value']}") if series else "",
        ),
        "src/components/number-control.tsx": render("calculator/number-control.tsx"),
        page_file(page): render(
            "calculator/page.tsx", inputs=inputs, series=series, note=formula.get("note", ""), **facts
        ),
    }
    if series:
        files["src/components/trend-chart.tsx"] = render("parts/trend-chart.tsx")
        files["src/lib/summaries.ts"] = render("parts/summaries.ts")
    return files


def _needed(lets: list[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """The steps that the text uses, and the steps those use."""
    kept: list[tuple[str, str]] = []
    for name, expression in reversed(lets):
        if re.search(rf"\b{name}\b", text):
            kept.insert(0, (name, expression))
            text += f" {expression}"
    return kept


def _used(ids: list[str], lets: list[tuple[str, str]], text: str) -> str:
    everything = " ".join([text, *(expression for _, expression in lets)])
    return ", ".join(one for one in ids if re.search(rf"\b{one}\b", everything))
