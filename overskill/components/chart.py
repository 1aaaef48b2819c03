"""Charts in the house's colours, in both themes; who does not see them gets the same as a table.

Recharts is fetched by the first chart that has something to draw: pages without one stay as light as they were.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import reflex as rx

from overskill.components.browser_files import browser_file
from overskill.components.words import Words

for _file in ("chart_values.js", "chart_drawing.jsx", "market/money.js"):
    browser_file(__name__, _file)

Tone = Literal["accent", "positive", "warning", "danger", "faint"]


@dataclass(frozen=True)
class Series:
    """One line, area or row of bars: `key` names its values in the rows."""

    key: str
    label: str
    tone: Tone = "accent"
    dashed: bool = False  # what the others are compared with


class _Chart(rx.Component):
    library = browser_file(__name__, "chart.jsx")
    tag = "Chart"
    lib_dependencies: list[str] = ["recharts@3.10.1"]
    label: rx.Var[str]
    rows: rx.Var[list[dict[str, Any]]]
    place: rx.Var[str]
    series: rx.Var[list[dict[str, Any]]]
    kind: rx.Var[str]
    unit: rx.Var[str]
    currency: rx.Var[str]
    height: rx.Var[int]
    nothing: rx.Var[str]


def chart(
    label: Words,
    rows: rx.Var[list[dict[str, Any]]] | list[dict[str, Any]],
    series: Sequence[Series],
    *,
    kind: Literal["line", "area", "bar"] = "line",
    place: str = "day",
    unit: Words = "",
    currency: Words = "",
    height: int = 220,
    nothing: Words = "Nothing happened in this time.",
) -> rx.Component:
    """`rows` have their place on the horizontal axis at the key `place` (an ISO day, or words) and values at those of
    the series. With a `currency`, values are in its smallest unit. `nothing` is said where all values are zero.
    """
    return _Chart.create(
        label=label,
        rows=rows,
        series=[asdict(one) for one in series],
        kind=kind,
        place=place,
        unit=unit,
        currency=currency,
        height=height,
        nothing=nothing,
    )
