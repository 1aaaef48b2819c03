"""Converters that open on what was named: two units, ingredients in cups and grams, or two currencies."""

import re
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.words import headline, listing, sentence

# The names in templates/calculator/units.ts, and how people write them.
_UNITS: dict[str, dict[str, str]] = {
    "Length": {
        "metres": r"met(?:re|er)s?",
        "feet": r"feet|foot|ft",
        "kilometres": r"kilomet(?:re|er)s?|kms?",
        "miles": r"miles?",
        "centimetres": r"centimet(?:re|er)s?|cms?",
        "inches": r"inch(?:es)?",
        "yards": r"yards?",
    },
    "Weight": {
        "kilograms": r"kilograms?|kilogrammes?|kilos?|kgs?",
        "pounds": r"pounds?|lbs?",
        "grams": r"grams?|grammes?|gr?",
        "ounces": r"ounces?|oz",
        "tonnes": r"tonnes?|tons?",
        "stone": r"stones?",
    },
    "Temperature": {
        "celsius": r"celsius|centigrade|°c",
        "fahrenheit": r"fahrenheit|farenheit|°f",
        "kelvin": r"kelvins?",
    },
    "Volume": {
        "litres": r"lit(?:re|er)s?",
        "US gallons": r"gallons?",
        "millilitres": r"millilit(?:re|er)s?|mls?",
        "US cups": r"cups?",
        "tablespoons": r"tablespoons?|tbsps?",
        "teaspoons": r"teaspoons?|tsps?",
    },
    "Area": {
        "square metres": r"square met(?:re|er)s?|sqm|m2|m²",
        "square feet": r"square f(?:ee|oo)t|sq ?ft",
        "hectares": r"hectares?",
        "acres": r"acres?",
    },
    "Speed": {"km/h": r"km/h|kmh|kph", "mph": r"mph", "m/s": r"m/s", "knots": r"knots?"},
}
_CURRENCIES = {
    "EUR": (r"euros?|eur|€", 1.0),
    "USD": (r"(?:us )?dollars?|usd|\$", 1.1),
    "GBP": (r"(?:british )?pounds?|gbp|£|sterling", 0.85),
    "JPY": (r"yen|jpy|¥", 165.0),
    "CHF": (r"(?:swiss )?francs?|chf", 0.95),
    "CAD": (r"canadian dollars?|cad", 1.5),
    "AUD": (r"(?:australian|aussie) dollars?|aud", 1.65),
    "INR": (r"(?:indian )?rupees?|inr", 92.0),
    "MXN": (r"(?:mexican )?pesos?|mxn", 20.0),
    "SEK": (r"swedish (?:kronor|crowns?|krona)|kronor|sek", 11.3),
    "PLN": (r"zlot(?:y|ys|ies)|pln", 4.3),
    "CNY": (r"yuan|renminbi|cny|rmb", 7.8),
    "BRL": (r"reais|brl", 6.0),
}
# Grams in a US cup.
_GRAMS_A_CUP = {
    "Flour": 125, "Sugar": 200, "Brown sugar": 213, "Icing sugar": 120, "Butter": 227, "Rice": 185, "Oats": 90,
    "Honey": 340, "Milk": 245, "Water": 237, "Oil": 218, "Cocoa": 85, "Cream": 240, "Yoghurt": 245, "Almonds": 143,
    "Ground almonds": 96, "Walnuts": 117, "Chocolate chips": 170, "Raisins": 150, "Cornflour": 128, "Bread flour": 130,
    "Wholemeal flour": 120, "Rye flour": 102, "Breadcrumbs": 108, "Coconut": 85, "Maple syrup": 322,
    "Peanut butter": 270, "Lentils": 192, "Quinoa": 170, "Couscous": 173, "Parmesan": 100, "Salt": 288, "Polenta": 157,
}  # fmt: skip
_SPELLINGS = {
    "Icing sugar": r"(?:icing|powdered|confectioner'?s'?) sugar",
    "Yoghurt": r"yogh?urt",
    "Cornflour": r"corn ?(?:flour|starch)",
    "Wholemeal flour": r"whole ?(?:meal|wheat) flour",
    "Oats": r"oats?|oatmeal",
    "Cocoa": r"cocoa(?: powder)?",
    "Oil": r"(?:olive |vegetable )?oil",
}
_USUAL = ("Flour", "Sugar", "Brown sugar", "Butter", "Rice", "Oats", "Honey", "Milk", "Cocoa")
_KITCHEN = ("US cups", "tablespoons", "teaspoons", "millilitres", "grams", "ounces")
_ALL_UNITS = "|".join(pattern for units in _UNITS.values() for pattern in units.values() if pattern)
_MONEY = "|".join(pattern for pattern, _ in _CURRENCIES.values())
_PAIRS = tuple(
    re.compile(rf"(?<!\w)(?P<one>{_ALL_UNITS})\s*(?:{joint})\s*(?P<other>{_ALL_UNITS})(?!\w)", re.IGNORECASE)
    for joint in (r"(?:in)?to|->|→", r"<->|vs\.?|and|&|or|/")
)
_MONEY_PAIR = re.compile(
    rf"(?<!\w)(?P<one>{_MONEY})\s*(?:(?:in)?to|->|→|<->|and|&|/)\s*(?P<other>{_MONEY})(?!\w)", re.IGNORECASE
)
_AMOUNT_OF = re.compile(rf"(?<![\w.,])\d+(?:\.\d+)? ?({_ALL_UNITS})(?!\w)", re.IGNORECASE)
_LONE = re.compile(rf"(?<!\w)(?=\S\S)(?:{_ALL_UNITS})(?!\w)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<![\w.,])(\d{1,6}(?:\.\d+)?)(?![\w.,:]*\d)")
# For the pattern of calculators: two units beside each other, neither of a single letter.
PATTERN = (
    rf"(?<!\w)(?=\S\S)(?:{_ALL_UNITS}) (?:to|into) (?=\S\S)(?:{_ALL_UNITS})(?!\w)|"
    rf"(?<!\w)(?:{_MONEY}) (?:to|into) (?:{_MONEY})(?!\w)"
)


def named_conversion(brief: Brief) -> AppSpec | None:
    """The app for the units, ingredients or currencies of the prompt; None when it names none of them."""
    text = brief.about
    money = _MONEY_PAIR.search(text)
    if money:
        return _currencies(brief, money)
    units = _named_units(text)
    measures = {measure for measure, _ in units}
    foods = _ingredients(text)
    if measures == {"Volume", "Weight"} or (foods and measures <= {"Volume", "Weight"}):
        return _kitchen(brief, foods, [name for _, name in units])
    if units:
        other = units[1] if len(units) > 1 and len(measures) == 1 else _partner(units[0])
        return _two_units(brief, units[0], other)
    return None


def _named_units(text: str) -> list[tuple[str, str]]:
    """The two of "feet to cm", of "200 g butter in cups", or all that are named."""
    counted = _AMOUNT_OF.search(text)
    pair = next((found for pattern in _PAIRS if (found := pattern.search(text))), None)
    named = [_unit(counted[1])] if counted else []
    named += [_unit(pair["one"]), _unit(pair["other"])] if pair else [_unit(one[0]) for one in _LONE.finditer(text)]
    return list(dict.fromkeys(named))[:2]


def _unit(word: str) -> tuple[str, str]:
    return next(
        (measure, name)
        for measure, units in _UNITS.items()
        for name, pattern in units.items()
        if re.fullmatch(pattern, word, re.IGNORECASE)
    )


def _partner(one: tuple[str, str]) -> tuple[str, str]:
    measure, name = one
    return measure, next(other for other in _UNITS[measure] if other != name)


def _amount(text: str, usual: float) -> float:
    found = _AMOUNT.search(text)
    return float(found[1]) if found else usual


def _two_units(brief: Brief, one: tuple[str, str], other: tuple[str, str]) -> AppSpec:
    title = f"{sentence(one[1])} to {_shown(other[1])}"
    usual = 20 if one[0] == "Temperature" else 1
    content = {"measure": one[0], "from": one[1], "to": other[1], "amount": _amount(brief.about, usual)}
    return _app(brief, title, content, f"{title} and back, with the other units of {one[0].lower()}.")


def _shown(unit: str) -> str:
    return {"celsius": "Celsius", "fahrenheit": "Fahrenheit"}.get(unit, unit)


def _ingredients(text: str) -> list[str]:
    """Those that the prompt names, in its order; "brown sugar" is not sugar."""
    found: list[tuple[int, str]] = []
    rest = text.lower()
    for name in sorted(_GRAMS_A_CUP, key=len, reverse=True):
        pattern = rf"\b(?:{_SPELLINGS.get(name, name.lower())})\b"
        match = re.search(pattern, rest)
        if match:
            found.append((match.start(), name))
            rest = re.sub(pattern, lambda one: "_" * len(one[0]), rest)
    return [name for _, name in sorted(found)]


def _kitchen(brief: Brief, foods: list[str], units: list[str]) -> AppSpec:
    usable = [one for one in units if one in _KITCHEN]
    first, second = usable if len(usable) == 2 and usable[0] != usable[1] else ("US cups", "grams")
    shown = [one.removeprefix("US ") for one in (first, second)]
    title = f"{sentence(shown[0])} to {shown[1]}"
    known = [*foods, *(one for one in _USUAL if one not in foods)]
    known += [one for one in _GRAMS_A_CUP if one not in known]
    content: dict[str, Any] = {
        "foods": [[name, _GRAMS_A_CUP[name]] for name in known],
        "named": len(foods) or len(_USUAL),
        "from": first,
        "to": second,
        "amount": _amount(brief.about, 1),
    }
    about = f" for {listing([one.lower() for one in foods])}" if foods else " for what is in most kitchens"
    return _app(brief, title, content, f"{title}{about}, and back.", hue="amber", icon="CookingPot")


def _currencies(brief: Brief, pair: re.Match[str]) -> AppSpec:
    one, other = _currency(pair["one"]), _currency(pair["other"])
    if one == other:
        one, other = "EUR", "USD"
    rate = _CURRENCIES[other][1] / _CURRENCIES[one][1]
    content = {
        "currencies": list(_CURRENCIES),
        "from": one,
        "to": other,
        "rate": float(f"{rate:.4g}"),
        "amount": _amount(brief.about, 100),
    }
    title = f"{sentence(pair['one'])} to {pair['other'].lower()}"
    tagline = f"{one} and {other}, at the rate you set."
    return _app(brief, title, content, tagline, hue="emerald", icon="Coins")


def _currency(word: str) -> str:
    exact = [code for code, (pattern, _) in _CURRENCIES.items() if re.fullmatch(pattern, word, re.IGNORECASE)]
    return exact[0]


def _app(
    brief: Brief, title: str, content: dict[str, Any], tagline: str, *, hue: str = "cyan", icon: str = "Scale"
) -> AppSpec:
    look = {"names": [headline(title)[:40]], "hue": hue, "icon": icon}
    return make_app(
        brief, "calculator", look, [page("converter", title, id="converter")], content=content, tagline=tagline
    )
