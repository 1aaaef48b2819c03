"""Whatever can be computed: by a known formula, between units, or on a keypad."""

import re
from typing import Any

from overskill.services.generation.recipes.amounts import is_imperial, with_amounts
from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds import converter
from overskill.services.generation.recipes.lexicon import Hit, search
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.words import is_plural, plain, sentence

PATTERN = (
    r"\bcalculat\w*|\badd(ing)? (up )?numbers\b|\bsums\b|\barithmetic\b|\bcomput(e|es|ing)\b|"
    r"\bhow much (do|does|should|will|would|can|is|i)\b|"
    r"\bhow (many|much)\b.*\bneed\b|\bcan (i|we) afford\b|\bestimator\b|\bconver(t|ter|sion|ting)\b|"
    r"\bbmi\b|\bmortgage\b|\btip\b (at|for|in|on|split)|\brechner\b|\bcalculadora\b|"
    r"\bcalculatrice\b|\b(one[- ]rep max|1rm|tdee|gpa|vat|roi|compound interest|break[- ]?even( point)?|dog years|"
    r"aspect ratio|baker'?s percentages?|exchange rate|heart rate zones|due date of (a|my|our|the) baby)\b|"
    r"\bhow old (am|is|are|was)\b|\bhow tall will\b|\bwhat should i charge\b|"
    r"\bcost of (a|the|our|my) (trip|drive|commute|loan)\b|"
    r"\bhow many (days|weeks) (between|from)\b|\bwhat (is|are) [\d.,]+ ?(%|percent) of\b|" + converter.PATTERN
)
WEIGHT = 3.1
_CONVERTER = re.compile(
    r"\bunits?\b|\bconver(t|ter|sion|ting)\b|\bmetric\b|\bimperial\b|\bcelsius\b|\bmiles (to|into)\b", re.IGNORECASE
)
_SURE = 1.5  # the score of a formula that was meant
_COSTING = re.compile(r"\bhow much (?:do|does|will|would) (.{2,30}?) costs?\b", re.IGNORECASE)


def plan(brief: Brief) -> AppSpec:
    hits = search("calculators", brief.about.replace("%", " percent "))
    costing = _COSTING.search(brief.about)
    is_conversion = re.search(converter.PATTERN, brief.about.lower()) or _CONVERTER.search(brief.about)
    named = converter.named_conversion(brief) if is_conversion else None
    if named and not (hits and hits[0].score >= _SURE and not re.search(converter.PATTERN, brief.about.lower())):
        return named
    if hits and not (hits[0].score < _SURE and (costing or _CONVERTER.search(brief.about))):
        return _by_formula(brief, hits[0])
    if _CONVERTER.search(brief.about):
        look = {"names": ["Unitwise", "Even Measure"], "hue": "cyan", "icon": "Scale"}
        return make_app(
            brief,
            "calculator",
            look,
            [page("converter", "Unit converter")],
            tagline="From what you have to what you need.",
        )
    counted = re.search(
        r"\bhow (?:many|much) ([^\W\d_][\w-]*(?: of [\w-]+| [\w-]+)?) (?:do|does|will|would|should|can)\b",
        brief.about,
        re.IGNORECASE,
    )
    if costing:
        return _what_it_costs(brief, plain(costing[1].lower()))
    if counted:
        return _how_many(brief, plain(counted[1].lower()))
    look = {"names": ["Tally", "Sum It Up"], "hue": "indigo", "icon": "Calculator"}
    return make_app(brief, "calculator", look, [page("keypad", "Calculator")], tagline="Sums, with a memory.")


def _by_formula(brief: Brief, hit: Hit) -> AppSpec:
    entry = {**hit.entry, **(hit.entry.get("imperial", {}) if is_imperial(brief.about) else {})}
    content = {name: [list(one) for one in entry.get(name, ())] for name in ("let", "results")}
    content |= {name: entry[name] for name in ("series", "note") if name in entry}
    content["inputs"] = with_amounts(entry["inputs"], brief.about)
    listed = page("calculator", entry["title"], id="calculator")
    return make_app(brief, "calculator", entry, [listed], content=content)


def _how_many(brief: Brief, things: str) -> AppSpec:
    """No formula is known: so much for each, for so many, and some to spare."""
    inputs: list[list[Any]] = [
        ["heads", "For how many", 12, 1, 500, 1, "", ""],
        ["each", f"{sentence(things)} for each", 1.5, 0.1, 50, 0.1, "", ""],
        ["spare", "To spare", 10, 0, 100, 5, "", "%"],
    ]
    content = {
        "inputs": with_amounts(inputs, brief.about),
        "let": [["exact", "heads * each"], ["needed", "Math.ceil(exact * (1 + spare / 100))"]],
        "results": [[f"{sentence(things)} to get", "needed", "number"], ["Without any to spare", "exact", "number"]],
    }
    look = {"names": ["Just Enough", "Enough for All"], "hue": "teal", "icon": "Calculator"}
    title = f"How {'many' if is_plural(things.split(maxsplit=1)[0]) else 'much'} {things}?"
    listed = page("calculator", title, id="calculator")
    return make_app(brief, "calculator", look, [listed], content=content, tagline="Enough for everyone, and no more.")


def _what_it_costs(brief: Brief, thing: str) -> AppSpec:
    """No formula is known: what is paid once, each month and each year, added up."""
    inputs: list[list[Any]] = [
        ["once", "To begin with", 400, 0, 20000, 10, "$", ""],
        ["monthly", "Each month", 60, 0, 3000, 5, "$", ""],
        ["yearly", "Once a year", 180, 0, 5000, 10, "$", ""],
        ["years", "Years", 5, 1, 30, 1, "", "years"],
    ]
    content = {
        "inputs": inputs,
        "let": [["each", "monthly * 12 + yearly"]],
        "results": [
            ["A year", "each", "money"],
            ["The first year", "each + once", "money"],
            ["A month, all in", "each / 12", "money"],
            ["Over all the years", "once + each * years", "money"],
        ],
    }
    look = {"names": ["All In", "The Whole Price"], "hue": "emerald", "icon": "Calculator"}
    listed = page("calculator", f"What {thing} costs", id="calculator")
    return make_app(
        brief, "calculator", look, [listed], content=content, tagline="Everything counted, by month and year."
    )
