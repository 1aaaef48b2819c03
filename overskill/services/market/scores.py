"""Scores of speed and accessibility, 0 … 100, by Lighthouse's published weights and curves.

The curve points and weights are those of Lighthouse 10 and later for phones (core/audits/metrics and
core/config/default-config.js). Speed Index is not measured, so its tenth is spread over the others.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from overskill.clients.checker import BrokenRule, Measured, Timings
from overskill.services.market.proofs import Barrier, Figure, Score

_INVERSE_ERFC_OF_A_FIFTH = 0.9061938024368232
_WEIGHT_OF_IMPACT = {"critical": 10, "serious": 7, "moderate": 3, "minor": 1}
_IMPACTS = tuple(_WEIGHT_OF_IMPACT)

HOW_FAST = (
    "The better of two loads in a real browser, as a phone on slow 4G would: 562 ms for each request, 1.4 Mbit/s, "
    "a processor four times slower than this server's. Scored by the curves that Lighthouse 10 publishes, without its "
    "Speed Index."
)


def how_accessible(version: str, routes: int) -> str:
    pages = "the start page" if routes == 1 else f"{routes} pages"
    return f"The rules of axe-core {version} that apply to {pages}, weighted by impact as Lighthouse does."


@dataclass(frozen=True, slots=True)
class _Curve:
    """Log-normal: `good` scores 90, `median` 50."""

    good: float
    median: float
    weight: int

    def score(self, value: float) -> float:
        if value <= 0:
            return 1.0
        ratio = math.log(value / self.median) * _INVERSE_ERFC_OF_A_FIFTH / -math.log(self.good / self.median)
        score = math.erfc(ratio) / 2
        # Rounding never lifts or drops a value over the line that it is measured by.
        if value <= self.good:
            return max(0.9, min(1.0, score))
        return max(0.5, min(0.8999, score)) if value <= self.median else max(0.0, min(0.4999, score))


_FCP = _Curve(1800, 3000, 10)
_LCP = _Curve(2500, 4000, 25)
_TBT = _Curve(200, 600, 30)
_CLS = _Curve(0.1, 0.25, 25)


def speed(timings: Timings) -> Score:
    parts = (
        ("First Contentful Paint", timings.first_paint, _FCP, _seconds(timings.first_paint)),
        ("Largest Contentful Paint", timings.largest_paint, _LCP, _seconds(timings.largest_paint)),
        ("Total Blocking Time", timings.blocked, _TBT, f"{timings.blocked:.0f} ms"),
        ("Cumulative Layout Shift", timings.shift, _CLS, f"{timings.shift:.3f}".rstrip("0").rstrip(".")),
    )
    total = sum(curve.weight * curve.score(value) for _, value, curve, _ in parts)
    whole = sum(curve.weight for _, _, curve, _ in parts)
    figures = tuple(Figure(name, words, _percent(curve.score(value))) for name, value, curve, words in parts)
    return Score(_percent(total / whole), HOW_FAST, figures)


def accessibility(measured: Measured) -> Score | None:
    """None where no rule had anything to do with the app, so that nothing can be said."""
    broken = {rule.rule: rule.impact for rule in measured.broken}
    kept = {rule: impact for rule, impact in measured.kept.items() if rule not in broken}
    good, bad = (sum(map(_weight, impacts.values())) for impacts in (kept, broken))
    if good + bad == 0:
        return None
    value = good / (good + bad)
    # Something broken is never rounded up to flawless.
    percent = min(99, _percent(value)) if broken else 100
    return Score(percent, how_accessible(measured.axe, len(measured.routes)))


def barriers(broken: Iterable[BrokenRule]) -> tuple[Barrier, ...]:
    """The gravest first; a rule that several pages break is told once, of the page that it was met on first."""
    first: dict[str, Barrier] = {}
    for rule in broken:
        first.setdefault(rule.rule, Barrier(rule.rule, rule.impact, rule.help, rule.count, rule.route))
    return tuple(sorted(first.values(), key=lambda one: (_IMPACTS.index(_known(one.impact)), one.rule)))


def _weight(impact: str) -> int:
    return _WEIGHT_OF_IMPACT[_known(impact)]


def _known(impact: str) -> str:
    return impact if impact in _WEIGHT_OF_IMPACT else "minor"


def _percent(score: float) -> int:
    return int(score * 100 + 0.5)


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s"
