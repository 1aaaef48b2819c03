"""The rows and cards of a section, from what a prompt lists by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from overskill.services.generation.recipes.sites.lists import Item
from overskill.services.generation.recipes.words import low, singularize

Items = list[list[str]]
_FEATURE_ICONS = ("Star", "Heart", "CircleCheck", "Sparkles", "Layers", "Compass", "Sun", "Leaf")
_ENOUGH = 3  # named things that fill a section by themselves
_SYMBOL = re.compile(r"[$€£]")


def named_items(kind: str, named: Sequence[Item], known: Sequence[Any], family: Mapping[str, Any]) -> list[Any]:
    """Items called as the prompt calls them; what is known of one of that name comes along."""
    if kind == "gallery":
        return [item.name for item in named] + _rest(named, known)
    made: list[Any] = []
    priced = [_price_of(kind, one) for one in known]
    for index, item in enumerate(named):
        alike = None if kind == "prices" else _alike(item.name, kind, known)
        price = item.price or (_price_of(kind, alike) if alike else priced[index % len(priced)] if priced else "")
        made.append(_item(kind, index, replace(item, price=price), alike, known, family))
    return made + _rest(named, known)


def _rest(named: Sequence[Item], known: Sequence[Any]) -> list[Any]:
    return list(known)[len(named) : _ENOUGH] if len(named) < _ENOUGH else []


def _item(
    kind: str, index: int, item: Item, alike: list[str] | None, known: Sequence[Any], family: Mapping[str, Any]
) -> list[str]:
    name, price = item.name, item.price
    details = list(family.get("details", [""]))
    detail = details[index % len(details)].replace("{item}", low(name))
    icons = list(family.get("icons", _FEATURE_ICONS))
    made = {
        "features": [icons[index % len(icons)], name, detail],
        "prices": [name, price, known[index][2] if index < len(known) else "", _INCLUDED[min(index, 2)]],
        "people": [name, _ROLES[index % len(_ROLES)], ""],
        "tracks": [name, f"{3 + index % 3}:{(17 * index + 12) % 60:02}", ""],
        "faq": [name, "Write to us and we tell you. The answer will also be here soon."],
        "quotes": [name, "A customer", ""],
    }.get(kind, [name, detail, price, ""])
    if not alike:
        return made
    at = 1 if kind == "features" else 0
    made = [*alike[:at], name, *alike[at + 1 :]]
    if kind in _PRICE_AT:
        made[_PRICE_AT[kind]] = price
    return made


_ROLES = ("From the beginning", "With us for three years", "Ask for the next date", "Joined this year")


_INCLUDED = ("The essentials", "Everything in the one before · More of it", "Everything · Help whenever you need it")
_PRICE_AT = {"rows": 2, "prices": 1}


def _alike(name: str, kind: str, known: Sequence[Any]) -> list[str] | None:
    at = 1 if kind == "features" else 0
    words = _stems(name)
    for one in known:
        title = _stems(one[at])
        if words and title and (words <= title or title <= words):
            return list(one)
    return None


def _stems(text: str) -> set[str]:
    return {singularize(word) for word in re.findall(r"[^\W\d_]{3,}", text.lower())}


def _price_of(kind: str, one: Sequence[str]) -> str:
    if kind == "prices":
        return one[1]
    return one[2] if kind == "rows" and (_SYMBOL.search(one[2]) or one[2] == "Free") else ""


def priced_from(items: Items, kind: str, price: str) -> Items:
    """With the price that the prompt tells at the first, and the others in step with it."""
    at = 1 if kind == "prices" else 2
    number = re.search(r"\d[\d.,]*", price)
    if not number or not items:
        return items
    base = float(number[0].rstrip(".,").replace(",", ""))
    old = [_amount(one[at]) for one in items]
    amounts = [amount for amount in old if amount]
    lowest = min(amounts, default=0.0) if price.lower().startswith(("from", "starting")) else next(iter(amounts), 0.0)
    symbol = "€" if re.search(r"€|eur", price.lower()) else "£" if re.search(r"£|pound", price.lower()) else "$"
    changed, is_told = [], False
    for one, amount in zip(items, old, strict=True):
        cell = one[at]
        if amount and lowest:
            is_first = amount == lowest and not is_told
            cell = price if is_first else f"{symbol}{round(base * amount / lowest):,}"
            is_told = is_told or is_first
        changed.append([*one[:at], cell, *one[at + 1 :]])
    if not is_told:
        changed[0][at] = price
    return changed


def _amount(text: str) -> float:
    found = re.search(r"[$€£](\d[\d,]*(?:\.\d+)?)", text)
    return float(found[1].replace(",", "")) if found else 0.0


def in_currency(content: Mapping[str, Any], symbol: str) -> dict[str, Any]:
    """A section's content with every example price in the currency that the prompt uses."""
    return {key: _exchanged(value, symbol) for key, value in content.items()}


def _exchanged(value: object, symbol: str) -> object:
    if isinstance(value, str):
        return re.sub(r"\$(?=\d)", symbol, value)
    return [_exchanged(one, symbol) for one in value] if isinstance(value, list) else value


def starting_at(items: Items, time: str) -> Items:
    """A programme whose clock times begin when the prompt says that it begins."""
    start = minutes_of(time)
    first = next((minutes_of(one[2]) for one in items if re.fullmatch(r"\d{1,2}:\d{2}", one[2])), None)
    if start is None:
        return items
    if first is None:
        return [[*items[0][:2], time, *items[0][3:]], *items[1:]] if items else items
    moved = []
    for one in items:
        at = minutes_of(one[2]) if re.fullmatch(r"\d{1,2}:\d{2}", one[2]) else None
        clock = one[2] if at is None else _clock((at - first + start) % (24 * 60))
        moved.append([*one[:2], clock, *one[3:]])
    moved[0][2] = re.split(r" ?(?:-|–|to|until|till) ?", time)[0]
    return moved


def minutes_of(time: str) -> int | None:
    found = re.match(r"(\d{1,2})(?:[:.](\d{2}))? ?([ap])?", time.strip().lower())
    if not found:
        return None
    hours = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
    return (hours % 24) * 60 + int(found[2] or 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
