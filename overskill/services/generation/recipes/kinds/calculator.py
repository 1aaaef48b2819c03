"""Whatever can be computed: by a known formula, between units, or on a keypad."""

import re
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.lexicon import search
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.spec import AppSpec

PATTERN = (
    r"\bcalculat\w*|\badd(ing)? (up )?numbers\b|\bsums\b|\barithmetic\b|\bcomput(e|es|ing)\b|"
    r"\bhow much (do|does|should|will|would|can|is|i)\b|\bestimator\b|\bconver(t|ter|sion|ting)\b|"
    r"\bbmi\b|\bmortgage\b|\btips?\b (at|for|in|on|split)|\brechner\b|\bcalculadora\b|"
    r"\bcalculatrice\b"
)
WEIGHT = 3.1
_CONVERTER = re.compile(
    r"\bunits?\b|\bconver(t|ter|sion|ting)\b|\bmetric\b|\bimperial\b|\bcelsius\b|\bmiles (to|into)\b", re.IGNORECASE
)


def plan(brief: Brief) -> AppSpec:
    hits = search("calculators", brief.about)
    if hits and not (hits[0].score < 1.5 and _CONVERTER.search(brief.about)):
        entry = hits[0].entry
        content = {
            name: [list(one) for one in entry[name]] for name in ("inputs", "let", "results") if name in entry
        } | {name: entry[name] for name in ("series", "note") if name in entry}
        _take_amount(content["inputs"], brief.about)
        return make_app(
            brief, "calculator", entry, [page("calculator", entry["title"], id="calculator")], content=content
        )
    if _CONVERTER.search(brief.about):
        look = {"names": ["Unitwise", "Even Measure"], "hue": "cyan", "icon": "Scale"}
        return make_app(
            brief,
            "calculator",
            look,
            [page("converter", "Unit converter")],
            tagline="From what you have to what you need.",
        )
    look = {"names": ["Tally", "Sum It Up"], "hue": "indigo", "icon": "Calculator"}
    return make_app(brief, "calculator", look, [page("keypad", "Calculator")], tagline="Sums, with a memory.")


def _take_amount(inputs: list[list[Any]], text: str) -> None:
    """ "A 300k mortgage" begins with 300,000."""
    found = re.search(r"(\d[\d,]*(?:\.\d+)?)\s?(k|m)?\b", text, re.IGNORECASE)
    if not found:
        return
    amount = float(found[1].replace(",", "")) * {"k": 1e3, "m": 1e6}.get((found[2] or "").lower(), 1)
    _, _, _, lowest, highest, *_ = inputs[0]
    if lowest <= amount <= highest:
        inputs[0][2] = int(amount) if amount.is_integer() else amount
