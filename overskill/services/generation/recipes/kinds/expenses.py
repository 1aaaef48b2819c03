"""What a few people pay for each other: payments, balances, and who owes whom."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.named import find_count, find_names
from overskill.services.generation.recipes.samples import fill_samples, records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, SampleValue
from overskill.services.generation.recipes.words import listing, sentence

_WHO = r"(?:room ?mates?|flat ?mates?|house ?mates?|friends?|couples?|group)"
_COSTS = r"(?:expenses?|costs?|bills?|spendings?|groceries)"
PATTERN = (
    r"\bwho (?:paid (?:for|what|how|last|this time)|owes)\b|\bowe (?:each other|one another)\b|"
    r"\bwho(?:'s| is| has) paid for what\b|"
    rf"\b{_WHO}(?:'s?)? {_COSTS}\b(?! by\b)|\b(?:shared?|sharing|common|joint) (?:\w+ )?{_COSTS}\b|"
    rf"\b{_COSTS}\b[^.:;]{{0,30}}\b(?:shared|split|divided) (?:\w+ )?(?:by|between|among(?:st)?|with)\b|"
    r"\bsplit(?:ting)? (?:\w+ )*?(?:expenses|costs)\b|\bsettl(?:e|ing) (?:up|debts)\b|\bious?\b|"
    r"\b(?:splitwise|tricount)\b"
)
_DEFAULT_NAMES = ("Alex", "Sam", "Robin", "Noa", "Kim", "Charlie", "Jo", "Max", "Lou", "Toni", "Eli", "Ira")
_MOST = 12
# Of the fields that are asked for, those a payment does not have by itself.
_MORE = frozenset({"select", "longtext", "rating"})
_PAID = frozenset({"paid", "who", "type"})
_ONE_OTHER = r"(partner|wife|husband|girlfriend|boyfriend|roommate|flatmate|brother|sister)"
_TWO = re.compile(rf"\bcouples?\b|\b(?:my|the) {_ONE_OTHER}\b|\bus two\b|\b(?:two|both) of us\b", re.IGNORECASE)
# What a prompt is about -> the page's title, and what was paid: what for, how much, by whom, how many days ago, for
# whom ("" is everyone).
_CASES: tuple[tuple[str, str, tuple[tuple[str, float, int, int, str], ...]], ...] = (
    (
        r"\btrip|\btravel|\bholiday|\bvacation|\bweekend|\bcamping|\broad",
        "Trip costs",
        (
            ("Cabin, three nights", 420, 0, 9, ""),
            ("Petrol", 78.5, 1, 8, ""),
            ("Groceries", 126.4, 2, 8, ""),
            ("Boat tickets", 60, 0, 7, "1,2"),
            ("Dinner by the harbour", 148.2, 1, 6, ""),
        ),
    ),
    (
        r"room ?mate|flat ?mate|house ?mate|\brent\b|\butilit|\bhousehold|\bapartment|\bflat\b",
        "Shared expenses",
        (
            ("Electricity", 84.6, 0, 12, ""),
            ("Groceries", 57.3, 1, 6, ""),
            ("Internet", 39.9, 2, 10, ""),
            ("Cleaning things", 18.75, 0, 3, ""),
            ("Takeaway", 31, 1, 1, "0,1"),
        ),
    ),
    (
        r"\bcouple|\bpartner|\bwife|\bhusband|\bgirlfriend|\bboyfriend|\bus two\b",
        "Who paid for what",
        (
            ("Groceries", 64.2, 0, 1, ""),
            ("Dinner for two", 58, 1, 3, ""),
            ("Cinema tickets", 27, 0, 5, ""),
            ("Train tickets", 96.4, 1, 9, ""),
            ("Birthday present for Mum", 45, 0, 12, ""),
        ),
    ),
    (
        r"",
        "Who paid for what",
        (
            ("Groceries", 64.2, 0, 1, ""),
            ("Dinner", 96, 1, 3, ""),
            ("Tickets", 54, 2, 5, ""),
            ("Taxi home", 23.5, 0, 5, "0,1"),
        ),
    ),
)


def is_meant(text: str) -> bool:
    return bool(re.search(PATTERN, text))


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    _, title, paid = next(case for case in _CASES if re.search(case[0], text))
    names = _names(brief)
    entity = _payments(brief, names, paid)
    return make_app(
        brief,
        "expenses",
        {"names": [title], "hue": "emerald", "icon": "HandCoins"},
        [page("expenses", title, entity, id="expenses")],
        entities=(entity,),
        tagline=f"Who paid for what, and who owes whom, among {_sharing(text) or listing(list(names))}.",
    )


def _names(brief: Brief) -> tuple[str, ...]:
    named = brief.people or tuple(name for name in find_names(brief.about) if name in brief.about)
    if named:
        return named[:_MOST]
    other = re.search(rf"\bmy {_ONE_OTHER}\b", brief.about, re.IGNORECASE)
    if other:
        return ("Me", sentence(other[1].lower()))
    count = find_count(brief.about) or (2 if _TWO.search(brief.about) else 3)
    others = _DEFAULT_NAMES[: min(max(count, 2), _MOST)]
    return ("Me", *others[:-1]) if re.search(r"\bowes? me\b|\bi owe\b", brief.about, re.IGNORECASE) else others


def _payments(brief: Brief, names: tuple[str, ...], paid: tuple[tuple[str, float, int, int, str], ...]) -> Entity:
    fields = (
        field_from_notation("What for!"),
        field_from_notation("Amount: money"),
        Field("paidBy", "Paid by", "select", names),
        field_from_notation("Date: date"),
        Field("sharedBy", "Shared among", "text"),
    )
    rows: list[tuple[SampleValue, ...]] = [
        (what, amount, names[who % len(names)], -days, _sharers(shared, names))
        for what, amount, who, days, shared in paid
    ]
    entity = Entity("payment", "payments", "Receipt", fields, samples=records(fields, rows))
    return fill_samples(with_fields(entity, [one for one in brief.fields if one.type in _MORE and one.id not in _PAID]))


def _sharers(places: str, names: tuple[str, ...]) -> str:
    """The names at "0,1"; "" is everyone, and so is what would name all or someone who is not there."""
    numbers = [int(one) for one in places.split(",") if one]
    return ", ".join(names[one] for one in numbers) if numbers and max(numbers) < len(names) > len(numbers) else ""


def _sharing(text: str) -> str:
    """Those who share, in the prompt's word: "couples", "five friends"."""
    numbers = r"(?:\d+|two|three|four|five|six|seven|eight) "
    found = re.search(rf"\b(?:{numbers})?(?:couples|friends|room ?mates|flat ?mates|house ?mates)\b", text)
    return found[0] if found else ""
