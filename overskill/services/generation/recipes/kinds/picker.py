"""Whatever chance decides: a name, tonight's dinner, groups, an order, dice, a coin, numbers, who gives to whom."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes import draws
from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.durations import find_count, number
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.listed import find_listed, without_list
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import fill_samples, records
from overskill.services.generation.recipes.spec import AppSpec, Entity, SampleValue
from overskill.services.generation.recipes.words import headline, is_plural, pluralize, sentence, singularize

PATTERN = draws.ANY
WEIGHT = 4.1
_PERSON = (
    r"students?|pupils?|people|persons?|players?|kids|children|names|participants|colleagues|members|employees|guests|"
    r"friends|team ?mates"
)
_CLASS = re.compile(r"\b(?:class(?:room)?|team|group|family|crew) of (\d{1,2})\b", re.IGNORECASE)
_MORE_NAMES = (
    "Hana", "Leo", "Ruth", "Samir", "Elin", "Diego", "Nia", "Oskar", "Yuki", "Clara", "Tariq", "Eva", "Bruno", "Lina",
    "Andre", "Freya", "Ravi", "Mona", "Theo", "Alma", "Kofi", "Greta", "Noel", "Isla", "Pavel", "Rosa", "Emil", "Tess",
)  # fmt: skip
_UNIQUE = re.compile(r"\bunique\b|\b(?:no|without|never|not|don'?t)\b.{0,12}(?:repeat|duplicat|twice)")
_SIDES = re.compile(r"\b(\d{1,4}|four|six|eight|ten|twelve|twenty)[ -](?:sided|sides?|faces?)\b")
_DEFAULT_SIDES = 6


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    tools = [tool for tool, pattern in (("dice", draws.DICE), ("coin", draws.COIN)) if re.search(pattern, text)]
    if tools and not re.search(draws.WHEEL, text):
        return _dice(brief, tools)
    if re.search(draws.BINGO, text):
        return _bingo(brief)
    if re.search(draws.NUMBERS, text) and not find_listed(brief.about):
        return _numbers(brief)
    for pattern, of_people in ((draws.SANTA, _santa), (draws.GROUPS, _groups)):
        if re.search(pattern, text):
            return of_people(brief, _entries(brief, shelf("pickers")["persons"]))
    entry = _entry(brief)
    if re.search(draws.ORDER, text):
        is_of_things = str(entry.get("again", "")).startswith("Pick")
        return _order(brief, _entries(brief, entry if is_of_things else shelf("pickers")["persons"]))
    return _picker(brief, entry, _entries(brief, entry))


def _picker(brief: Brief, entry: Mapping[str, Any], entity: Entity) -> AppSpec:
    text = brief.about.lower()
    is_wheel = bool(re.search(draws.WHEEL, text)) or (entry.get("style") == "wheel" and len(entity.samples) <= 24)
    winners = (
        find_count(text, "winners?|names?|prizes|students?|people")
        if re.search(r"\bdraw|\bpick|raffle|winner", text)
        else 1
    )
    is_told = bool(
        re.search(
            r"\b(don'?t|no|never|without|not) (repeat|twice|pick)\w*|\bonce\b|\buntil (all|every)|\bno repeats?\b", text
        )
    )
    content = {
        "style": "wheel" if is_wheel else "reel",
        "again": _again(entry, entity),
        "count": min(winners or 1, 20) if (winners or 1) < len(entity.samples) else 1,
        "once": is_told or "once" in entry or bool(re.search(r"\braffle|winners?\b", text)),
    }
    title = _title(brief, entity, str(entry.get("title", f"{sentence(entity.singular)} picker")), is_wheel=is_wheel)
    return make_app(
        brief,
        "picker",
        entry,
        [page("picker", title, entity, id="pick")],
        entities=(entity,),
        tagline=str(entry.get("tagline", "Chance decides.")),
        content=content,
    )


def _again(entry: Mapping[str, Any], entity: Entity) -> str:
    again = str(entry.get("again", "Pick"))
    return f"Pick {_article(entity.singular)} {entity.singular}" if again.startswith("Pick") else again


def _title(brief: Brief, entity: Entity, usual: str, *, is_wheel: bool) -> str:
    """ "Random excuse generator", as the prompt has it; else by what is picked."""
    found = re.search(
        r"\b((?:[\w'’-]+ ){1,4})(generator|picker|wheel|randomi[sz]er|roulette|decider|raffle)\b",
        brief.about,
        re.IGNORECASE,
    )
    words = [word for word in found[1].split() if word.lower() not in _SMALL] if found else []
    if found and words:
        return sentence(" ".join([*words[-4:], found[2].lower()]))[:40]
    if is_wheel:
        return f"Wheel of {entity.plural}"
    return "Raffle" if re.search(r"\braffle\b", brief.about, re.IGNORECASE) else usual


_SMALL = frozenset(
    "a an the of my our simple make build create me for i want need app cute fun please with and random which spin "
    "that little".split()
)


def _entry(brief: Brief) -> Mapping[str, Any]:
    """What is drawn from: of the shelf, else the examples of a domain, else only the noun is known."""
    before = without_list(brief.about, find_listed(brief.about))
    if re.search(draws.OF_PEOPLE, before, re.IGNORECASE):
        return shelf("pickers")["persons"]
    hits = search("pickers", _asked(before)) or search("pickers", before)
    if hits:
        return hits[0].entry
    noun = singularize(brief.noun) if brief.noun else ""
    for hit in brief.domains[:1]:
        one = noun or str(hit.entry["entity"])
        return {**hit.entry, **_plain(one), "icon": hit.entry["icon"], "items": [row[0] for row in hit.entry["rows"]]}
    return _plain("entry" if noun in {"", "generator", "picker", "wheel", "thing"} else noun)


def _plain(one: str) -> Mapping[str, Any]:
    return {"one": one, "icon": "Shuffle", "names": (f"Random {headline(one)}"[:40],), "tagline": "Chance decides."}


def _asked(text: str) -> str:
    """The words beside "generator" or "picker": in "a random excuse generator for my class" excuses are meant."""
    found = re.search(
        r"((?:[\w'’-]+ ){1,3})(?:generator|picker|wheel|randomi[sz]er|roulette|decider)|"
        r"(?:wheel of|generator (?:of|for)|pick(?:s|ing)?|draw|random|what to|which|decide what) ((?:[\w'’-]+ ?){1,4})",
        text,
        re.IGNORECASE,
    )
    return (found[1] or found[2] or "") if found else ""


def _entries(brief: Brief, entry: Mapping[str, Any]) -> Entity:
    listed = find_listed(brief.about)
    one = str(entry.get("one", "entry"))
    items = listed or [str(item) for item in entry.get("items", ())]
    tickets = find_count(brief.about, "tickets?")
    if tickets and entry.get("people") and not listed:
        one, items = "ticket", [f"Ticket {number}" for number in range(1, min(tickets, 200) + 1)]
    elif entry.get("people"):
        person = re.search(rf"\b({_PERSON})\b", brief.about, re.IGNORECASE)
        word = (
            {"people": "person", "kids": "child"}.get(person[1].lower(), singularize(person[1].lower()))
            if person
            else one
        )
        one = word
        count = find_count(brief.about, _PERSON) or _class_size(brief.about)
        if count and not listed:
            items = [*items, *_MORE_NAMES][: min(count, 40)]
    fields = (field_from_notation("Name!"),)
    rows: list[tuple[SampleValue]] = [(item,) for item in items]
    entity = Entity(one, pluralize(one), str(entry.get("icon", "Shuffle")), fields, samples=records(fields, rows))
    return entity if items else fill_samples(entity)


def _class_size(text: str) -> int | None:
    found = _CLASS.search(text)
    return int(found[1]) if found else None


def _order(brief: Brief, entity: Entity) -> AppSpec:
    look = {"names": ["Who Is First", "In Any Order"], "hue": "teal", "icon": "ListOrdered"}
    pages = [page("order", "Order", entity)]
    return make_app(brief, "picker", look, pages, entities=(entity,), tagline="A fair order, made by chance.")


def _groups(brief: Brief, entity: Entity) -> AppSpec:
    text = brief.about.lower()
    word = "team" if re.search(r"\bteams?\b", text) else "pair" if re.search(r"\bpairs?\b", text) else "group"
    size = re.search(r"\b(?:groups?|teams?) of (\d+|two|three|four|five|six|seven|eight)\b", text)
    per = number(size[1]) if size else 2 if word == "pair" else 0
    count = None if per else find_count(text, "groups?|teams?")
    content = {"word": word, "count": count or (-(-len(entity.samples) // per) if per else 2)}
    look = {"names": ["Fair Sides", "Shuffle and Split", "Odd One In"], "hue": "emerald", "icon": "Users"}
    tagline = f"Everyone in a {word}, and nobody picked last."
    pages = [page("groups", sentence(pluralize(word)), entity, id="groups")]
    return make_app(brief, "picker", look, pages, entities=(entity,), tagline=tagline, content=content)


def _santa(brief: Brief, entity: Entity) -> AppSpec:
    look = {"names": ["Secret Santa", "Shh, a Gift"], "hue": "red", "icon": "Gift"}
    budget = re.search(r"[$€£]\s?\d+|\b\d+\s?(?:dollars?|euros?|eur|usd|pounds?|bucks)\b", brief.about, re.IGNORECASE)
    content = {"budget": budget[0] if budget else ""}
    tagline = "Everyone draws someone, and nobody themselves."
    pages = [page("pairs", "Secret Santa" if "santa" in brief.about.lower() else "Gift exchange", entity, id="draw")]
    return make_app(brief, "picker", look, pages, entities=(entity,), tagline=tagline, content=content)


def _dice(brief: Brief, tools: list[str]) -> AppSpec:
    text = brief.about.lower()
    notation = re.search(r"\b(\d{1,2})?d(\d{1,3})\b", text)
    named = _SIDES.search(text)
    sides = number(named[1]) if named else int(notation[2]) if notation else None
    count = int(notation[1]) if notation and notation[1] else find_count(text, r"(?:[\w-]+ )?(?:dice|d\d+)")
    is_fantasy = bool(
        re.search(r"\bd&d\b|\bdnd\b|\bdungeons\b|\brpg\b|\brole ?play\w*|\btabletop\b|\bpolyhedral\b", text)
    )
    sides = sides or (20 if is_fantasy else _DEFAULT_SIDES)
    look = {"names": ["Roll the Bones", "Lucky Dice", "Six Up"], "hue": "rose", "icon": "Dices"}
    tagline = "Roll them, and see what came before."
    if tools == ["coin"]:
        look = {"names": ["Heads or Tails", "Fair Flip"], "hue": "amber", "icon": "Coins"}
        tagline = "Two sides, no arguments."
    titles = {"dice": "Dice", "coin": "Coin"}
    content = {"sides": max(2, min(sides, 1000)), "count": max(1, min(count or (1 if sides > 6 else 2), 10))}
    pages = [page("dice" if tool == "dice" else "coin", titles[tool]) for tool in tools]
    return make_app(brief, "picker", look, pages, tagline=tagline, content=content)


def _bingo(brief: Brief) -> AppSpec:
    highest = 90 if re.search(r"\b90\b", brief.about) else 75
    items = [str(one) for one in range(1, highest + 1)]
    entry = {
        "names": ["Full House", "Eyes Down"],
        "hue": "fuchsia",
        "icon": "Hash",
        "again": "Call a number",
        "once": True,
    }
    entry |= {
        "one": "number",
        "items": items,
        "title": "Bingo numbers",
        "tagline": "Every number once, none forgotten.",
    }
    return _picker(brief, entry, _entries(brief, entry))


def _numbers(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    span = re.search(r"\b(?:between|from)?\s*(\d{1,7})\s*(?:and|to|-|–|until)\s*(\d{1,7})\b", text)
    of = re.search(r"\b(\d{1,2})\s*(?:numbers? )?(?:of|out of|from|aus)\s*(\d{1,4})\b(?! ?(?:to|-|–))", text)
    is_draw = bool(re.search(r"\blott", text))
    lowest, highest = (int(span[1]), int(span[2])) if span else (1, 49 if is_draw else 100)
    count = find_count(text, r"(?:\w+ )?numbers?") or (6 if is_draw else 1)
    if of:
        count, lowest, highest = int(of[1]), 1, int(of[2])
    content = {
        "lowest": min(lowest, highest),
        "highest": max(lowest, highest),
        "count": max(1, min(count, 50, abs(highest - lowest) + 1)),
        "once": is_draw
        or bool(re.search(r"\b(no|without|don'?t|unique|never)\b.{0,12}(repeat|duplicat|twice)?", text)),
    }
    look = {"names": ["Any Number", "Lucky Numbers", "Draw Six"][: 3 if is_draw else 2], "hue": "cyan", "icon": "Hash"}
    title = "Lottery numbers" if is_draw else "Random numbers"
    return make_app(
        brief, "picker", look, [page("numbers", title, id="numbers")], tagline="Drawn by chance.", content=content
    )


def _article(word: str) -> str:
    return "some" if is_plural(word) else "an" if word[:1].lower() in "aeiou" else "a"
