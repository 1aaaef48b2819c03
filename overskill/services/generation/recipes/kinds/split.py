"""An amount that several people share; what they paid for each other over time is another page."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.kinds import expenses
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity

PATTERN = (
    r"\bsplit(ting|s)? (the |a |our |my |up )?(\w+ )?(rent|bills?|costs?|expenses?|check|tab|dinner|"
    r"utilities|groceries|money|trip|it|things)\b|\bshare (the |our )?(rent|bills?|costs?|expenses)\b|"
    r"\bwho (owes|pays)\b|\bbill splitter\b|\bsplitwise\b|\brent (split|calculator)\b|"
    r"\bfair shares?\b|" + expenses.PATTERN
)
WEIGHT = 4.0
# words, title, what is split, how much, who, the hint
_CASES: tuple[tuple[str, str, str, int, str, str], ...] = (
    (
        r"\brent\b",
        "Split the rent",
        "Monthly rent",
        1850,
        "roommate",
        "Give a share and a half for the large room, or a half to who sleeps in the hallway.",
    ),
    (
        r"\butilit|\belectric|\binternet\b",
        "Split the bills",
        "Monthly bills",
        240,
        "roommate",
        "Someone was away for half the month? Give them half a share.",
    ),
    (
        r"\btrip|\btravel|\bholiday|\bvacation",
        "Split the trip",
        "Cost of the trip",
        1260,
        "traveller",
        "Children can count as half a share.",
    ),
    (
        r"\bdinner|\brestaurant|\bcheck\b|\btab\b|\bbill\b",
        "Split the bill",
        "The bill",
        132,
        "guest",
        "Who only had a salad takes half a share.",
    ),
    (r"", "Split it fairly", "To be shared", 480, "person", "Who uses it more takes more shares."),
)
_NAMES = ("Alex", "Sam", "Robin", "Noa")


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    if expenses.is_meant(text):
        return expenses.plan(brief)
    _, title, what, total, who, hint = next(case for case in _CASES if re.search(case[0], text))
    who = "roommate" if re.search(r"room ?mate|flat ?mate|house ?mate", text) else who
    fields = (field_from_notation("Name!"), field_from_notation("Shares: number"))
    shares = (1.5, 1, 1) if who == "roommate" else (1, 1, 1, 0.5)
    rows = records(fields, zip(_NAMES, shares, strict=False))
    entity = Entity(who, {"person": "people"}.get(who, f"{who}s"), "Users", fields, samples=rows)
    look = {"names": ["Even Steven", "Fair & Square", "Split Decision"], "hue": "emerald", "icon": "HandCoins"}
    return make_app(
        brief,
        "split",
        look,
        [page("split", title, entity, id="split")],
        entities=(entity,),
        tagline=f"Everyone pays their part, to the cent, between {entity.plural}.",
        content={"what": what, "total": total, "hint": hint},
    )
