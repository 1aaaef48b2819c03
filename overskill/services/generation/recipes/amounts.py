"""The numbers of a prompt, put where a calculator asks for them: "a 300k loan at 4% over 20 years"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from overskill.services.generation.recipes.words import singularize

_NUMBER = re.compile(r"([$€£])?\s?(\d+(?:,\d{3})*(?:\.\d+)?)\s?-?(%|[^\W\d_]+)?")
_WORD = re.compile(r"[^\W\d_]+")
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
# A unit of an input, and what people write for it.
_WRITTEN = {
    "%": "% percent",
    "years": "year years yr yrs",
    "weeks": "week weeks",
    "days": "day days",
    "h": "h hour hours hr hrs",
    "min": "min mins minute minutes",
    "kg": "kg kilo kilos kilogram kilograms",
    "g": "g gram grams",
    "lb": "lb lbs pound pounds",
    "m": "m metre metres meter meters",
    "cm": "cm centimetre centimetres centimeter centimeters",
    "km": "km k kilometre kilometres kilometer kilometers",
    "ft": "ft foot feet",
    "in": "in inch inches",
    "mi": "mi mile miles",
    "l": "l litre litres liter liters",
    "W": "w watt watts",
    "GB": "gb gigabyte gigabytes",
    "kWh": "kwh",
    "px": "px pixel pixels",
}
_PEOPLE = frozenset("people person guest friend kid child adult head serving player student".split())
_IMPERIAL = re.compile(
    r"\b(imperial|feet|foot|ft|inch(es)?|pounds?|lbs?|miles?|mph|mpg|gallons?|ounces?|oz|fahrenheit|us units|"
    r"american units|yards?)\b",
    re.IGNORECASE,
)
_METRIC = re.compile(
    r"\b(metric|kg|kilos?|kilograms?|cm|centimet\w+|met(re|er)s?|km|kilomet\w+|lit(re|er)s?|celsius)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Amount:
    place: int  # in the text
    value: float
    sign: str  # "$"
    word: str  # what stands right after it
    unit: str  # what that word measures in
    near: frozenset[str]  # the words around it


def is_imperial(text: str) -> bool:
    """Whether someone measures in feet and pounds, and in nothing else."""
    return bool(_IMPERIAL.search(text)) and not _METRIC.search(text)


def with_amounts(inputs: Sequence[Sequence[Any]], text: str) -> list[list[Any]]:
    """The inputs, starting from what the text says instead of from the usual."""
    filled = [list(one) for one in inputs]
    amounts = _amounts(text)
    pairs = [(_likeness(one, amount), amount, index) for amount in amounts for index, one in enumerate(filled)]
    taken: dict[int, int] = {}  # input -> where its amount stands
    for likeness, amount, index in sorted(pairs, key=lambda pair: (-pair[0], pair[1].place, pair[2])):
        is_free = index not in taken and amount.place not in taken.values()
        if likeness and is_free and _fits(filled[index], amount):
            taken[index] = amount.place
            filled[index][2] = _plain(amount.value)
    for amount in amounts:
        index = next((index for index in range(len(filled)) if index not in taken), len(filled))
        is_next = index == 0 or index - 1 in taken
        if index == len(filled) or not is_next or amount.place in taken.values():
            continue
        if not amount.unit and not amount.sign and _fits(filled[index], amount):
            taken[index] = amount.place
            filled[index][2] = _plain(amount.value)
    return filled


def _amounts(text: str) -> list[_Amount]:
    found: list[_Amount] = []
    for number in _NUMBER.finditer(text):
        sign, value, word = number[1] or "", float(number[2].replace(",", "")), (number[3] or "").lower()
        unit = _unit_of(word, text[number.end() :])
        if word and number.end(2) == number.start(3) and not unit and word not in _TIMES:
            continue  # "1rm" and "3d" are names
        before = _WORD.findall(text[: number.start()].lower())[-2:]
        after = _WORD.findall(re.split(r"\d", text[number.end() :].lower(), maxsplit=1)[0])[:2]
        near = frozenset(singularize(one) for one in [*before, "percent" if word == "%" else word, *after])
        if word in _TIMES:
            found.append(_Amount(number.start(), value * _TIMES[word], sign, "", "", near))
        found.append(_Amount(number.start(), value, sign, word, unit, near))
    return found


def _unit_of(word: str, rest: str) -> str:
    """What a number measures in; the 5 of "5 by 4 m" in metres as well."""
    if word in {"by", "x"}:
        following = _NUMBER.match(rest.lstrip())
        word = (following[3] or "").lower() if following else ""
    return next((unit for unit, written in _WRITTEN.items() if word in written.split()), "")


def _fits(one: Sequence[Any], amount: _Amount) -> bool:
    _, _, _, lowest, highest, *_ = one
    return bool(lowest <= amount.value <= highest)


def _plain(value: float) -> float:
    return int(value) if value.is_integer() else value


def _likeness(one: Sequence[Any], amount: _Amount) -> int:
    """How well an amount suits an input: by its unit, by its sign, by the words around it."""
    _, label, _, _, _, _, before, after = one
    labelled = {singularize(word) for word in re.findall(r"[^\W\d_]{3,}", str(label).lower())}
    if amount.unit and after != amount.unit:
        return 1 if amount.unit == "%" and "percent" in labelled else 0
    score = 2 if amount.unit and after == amount.unit else 0
    score += 2 if amount.sign and before else 0
    score += 2 if singularize(amount.word) in labelled or (labelled & _PEOPLE and amount.near & _PEOPLE) else 0
    return score + len(labelled & amount.near)
