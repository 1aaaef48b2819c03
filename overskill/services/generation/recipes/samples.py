"""Sample data for what no data file knows: plausible, plainly made up, the same every time."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from overskill.services.generation.recipes.computed import computed
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.spec import Entity, Field, FieldType, Sample, SampleValue
from overskill.services.generation.recipes.words import fingerprint, singularize

_PEOPLE = ("Maya Lindqvist", "Jonas Weber", "Priya Nair", "Omar Haddad", "Sofia Lind", "Ken Ito")
_NOTES = (
    "Worth another look next week.",
    "",
    "Ask Maya about this one.",
    "Went better than expected.",
    "",
    "Keep an eye on it.",
)
_REMARKS = frozenset({"note", "notes", "comment", "comments", "remark", "remarks"})
# For nouns that nobody has titles for: few, and plainly examples.
_ANY_LABEL = frozenset({"name", "title", "what", "which", "where", "when", "in short", "reading", "description"})
_ANY_TITLES = ("First {one}", "Second {one}", "Third {one}")
_EXAMPLE = "An example: change it or delete it."
_OLD_THINGS = frozenset("object artefact artifact exhibit antique".split())
_TITLES: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (
        frozenset("item thing product piece good belonging".split()),
        ("Desk lamp", "Kettle", "Winter coat", "Headphones", "Backpack", "Garden chair"),
    ),
    (
        _OLD_THINGS,
        (
            "Brass ship's clock",
            "Weaver's loom",
            "Painted milk jug",
            "Station lamp",
            "Apothecary scales",
            "Oak sea chest",
        ),
    ),
    (frozenset("bee hive colony beehive".split()), ("Garden hive", "Orchard hive", "The strong one", "Swarm from May")),
    (
        frozenset("tool machine device instrument".split()),
        ("Cordless drill", "Belt sander", "Socket set", "Table saw", "Torque wrench", "Spirit level"),
    ),
    (
        frozenset("song tune melody hymn".split()),
        ("Paper Boats", "Slow Train North", "Kitchen Light", "Salt and Rain", "Seven Windows", "Home by Ten"),
    ),
    (
        frozenset("bird".split()),
        ("Kingfisher", "Blue tit", "Grey heron", "Barn owl", "Goldfinch", "Robin"),
    ),
    (
        frozenset("animal sighting".split()),
        ("Red fox", "Hedgehog", "Roe deer", "Barn owl", "Grass snake", "Pine marten"),
    ),
    (
        frozenset("letter postcard".split()),
        ("From the coast, in spring", "After the long winter", "The one with the pressed flower", "News of the baby"),
    ),
    (
        frozenset("repair fix improvement".split()),
        ("Leak sealed", "New fittings", "Fresh coat of paint", "Pump replaced", "Rust taken off"),
    ),
    (
        frozenset("walk hike trail route ride path".split()),
        ("Round the reservoir", "Ridge path to the chapel", "Old railway line", "Harbour to lighthouse"),
    ),
    (
        frozenset("club lesson course class session workshop talk lecture".split()),
        ("Beginners, Monday evening", "Drawing from life", "Open practice", "Saturday morning group"),
    ),
    (
        frozenset("order request enquiry inquiry ticket job".split()),
        ("Two chairs, repainted", "Birthday cake for twelve", "Replace the back wheel", "Frame for a poster"),
    ),
    (
        frozenset("document paper contract file form certificate".split()),
        ("Rental contract", "Car insurance", "Birth certificate", "Tax return", "Warranty of the boiler", "Passport"),
    ),
    (
        frozenset("dream grumble thought lesson insight mistake regret worry fear".split()),
        ("Said yes too quickly", "The long corridor", "Should have called first", "Missed the last train"),
    ),
    (
        frozenset("company firm supplier shop store brand vendor".split()),
        ("Northwind", "Harbour & Sons", "Brightside", "Lumen Labs", "Ninth Street", "Mill Lane Trading"),
    ),
    (
        frozenset("place spot city town beach lake park church castle door building house flat apartment".split()),
        ("Old Town, Mill Lane 14", "Harbour, pier 2", "North Side corner", "By Market Square", "Riverside", "Hilltop"),
    ),
)
# What money is for one of something, by a word of the label.
_RATES: tuple[tuple[str, tuple[float, ...]], ...] = (
    (r"per (word|character|click|message)", (0.08, 0.1, 0.12, 0.09, 0.11, 0.1)),
    (r"per (lit\w+|kg|kilo|km|mile|minute|unit|piece|page|kwh|gallon)", (1.79, 1.84, 1.76, 1.9, 1.81, 1.87)),
    (r"(per (hour|night|day|person|lesson|session|seat)|hourly)", (45, 60, 38, 72, 55, 80)),
    (r"salary|income|wage", (48_000, 61_500, 52_000, 70_000, 57_500, 44_000)),
    (r"\brent\b|mortgage", (1_150, 980, 1_420, 1_050, 1_300, 890)),
    (r"revenue|deal|budget", (1_800, 2_400, 950, 5_200, 1_250, 3_600)),
)
_AMOUNTS = (12, 24.5, 8.9, 40, 65, 18.75)
_TIMES = ("09:00", "11:30", "14:00", "16:15", "10:45", "18:00")
PERSONS = frozenset(
    "person member student player employee guest client customer volunteer neighbour neighbor patient "
    "teacher singer  colleague cousin sibling parent runner dancer actor artist author friend donor "
    "contact tenant child kid candidate applicant attendee speaker participant pupil".split()
)
COUNT = 6
_DAYS = 56


def fill_samples(entity: Entity, count: int | None = None) -> Entity:
    """Every record with a value for every field; what is there stays."""
    count = count or min(COUNT, len(_titles(entity)))
    rows = [dict(row) for row in entity.samples] or [{} for _ in range(count)]
    for index, row in enumerate(rows):
        for field in entity.fields:
            if field.id not in row:
                row[field.id] = sample(field, index, entity)
    rows = [computed(row, entity) for row in rows]
    return replace(entity, samples=tuple({one.id: row[one.id] for one in entity.fields} for row in rows))


def sample(field: Field, index: int, entity: Entity) -> SampleValue:
    chance = fingerprint(field.id, str(index), entity.plural)
    makers: dict[FieldType, Callable[[], SampleValue]] = {
        "text": lambda: _text(field, index, entity),
        "longtext": lambda: _text(field, index, entity),
        "number": lambda: _number(field, chance, entity),
        "money": lambda: _money(field, index, chance),
        "date": lambda: _date(field, index),
        "time": lambda: _TIMES[index % len(_TIMES)],
        "select": lambda: field.options[(index + chance % 2) % len(field.options)],
        "boolean": lambda: index % 3 == 1,
        "rating": lambda: 3 + (index * 2 + chance) % 3,
        "email": lambda: f"{_PEOPLE[index % 6].split()[0].lower()}@example.com",
        "phone": lambda: f"+1 555 01{10 + index * 7}",
        "url": lambda: f"https://example.com/{index + 1}",
        "days": lambda: check_ins(index, entity.plural),
    }
    return makers[field.type]()


def records(fields: Sequence[Field], rows: Iterable[Sequence[SampleValue]]) -> tuple[Sample, ...]:
    """A table's rows as records, a value for each field."""
    return tuple(dict(zip((one.id for one in fields), row, strict=True)) for row in rows)


def check_ins(index: int, seed: str) -> str:
    """Eight weeks of check-ins, the first mark is today. The first records have the longest streaks."""
    streak = (12, 6, 21, 3, 0, 9)[index % 6]
    marks = ["1"] * streak + ["0"]
    while len(marks) < _DAYS:
        marks.append("0" if fingerprint(seed, str(index), str(len(marks))) % 10 < 3 + index % 3 else "1")
    marks[0] = "1" if index % 2 == 0 and streak else "0"
    return "".join(marks[:_DAYS])


def _text(field: Field, index: int, entity: Entity) -> str:
    if field == entity.title:
        titles = _titles(entity)
        return titles[index % len(titles)]
    if field.type == "longtext" and _titles(entity)[0].startswith("First "):
        return "" if index else _EXAMPLE
    if set(field.label.lower().split()) & _REMARKS or field.type == "longtext":
        values: Sequence[str] = _NOTES
    else:
        values = _values_for(field.label)
    return values[index % len(values)] if values else ""


def _values_for(label: str) -> Sequence[str]:
    """By the last word of the label that the shelf knows; none for what nobody knows: better empty than made up."""
    for word in reversed(re.findall(r"[\w-]+", label.lower())):
        values = next((values for known, values in _by_label() if word in known or singularize(word) in known), ())
        if values:
            return values
    return ()


@cache
def _by_label() -> list[tuple[frozenset[str], tuple[str, ...]]]:
    return [(frozenset(entry["labels"].split()), tuple(entry["values"])) for entry in shelf("values").values()]


def _titles(entity: Entity) -> Sequence[str]:
    """By what a record is called ("Hen", "Route name"), else by what it is."""
    label = re.sub(r" name$", "", entity.title.label.lower())
    nouns = [singularize(entity.singular.split()[-1]).lower()]
    if label not in _ANY_LABEL and not set(label.split()) & {nouns[0]}:
        nouns.insert(0, singularize(label.split()[-1]))
    for noun in nouns:
        if noun in PERSONS or noun in {"who", "person"}:
            return _PEOPLE
        known = next((titles for known, titles in _TITLES if noun in known), None)
        if known:
            return known
    one = singularize(entity.singular) if len(nouns) == 1 else label
    return [title.format(one=one) for title in _ANY_TITLES]


_NUMBERS: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"out of 100\b", (71, 97)),
    (r"sleep|slept", (5, 9)),
    (r"steps", (3_200, 12_400)),
    (r"odometer|mileage", (42_000, 68_000)),
    (r"\bwords\b", (400, 3_200)),
    (r"pulse|heart rate", (58, 84)),
    (r"\b(cups|coffees?|teas?|eggs|cigarettes|drinks|snacks|kids|children|members|players|rooms|bed)", (0, 5)),
    (r"temperature", (16, 28)),
    (r"humidity", (42, 78)),
    (r"glucose|sugar", (84, 140)),
    (r"\bage\b", (4, 62)),
    (r"holidays|days off", (20, 31)),
)


def _number(field: Field, chance: int, entity: Entity) -> int:
    known = next((values for pattern, values in _NUMBERS if re.search(pattern, field.label.lower())), None)
    if known:
        return known[0] + chance % (known[1] - known[0])
    words = set(field.label.lower().split())
    if words & {"year", "built", "vintage"}:
        return 1850 + chance % 110 if entity.singular in _OLD_THINGS else 1980 + chance % 44
    if words & {"goals", "wins", "losses"}:
        return chance % 5
    if words & {"score", "points", "mark"} and not field.unit:
        return 5 + chance % 6
    ranges = {
        "h": (1, 12),
        "min": (15, 90),
        "km": (2, 40),
        "kg": (2, 80),
        "kcal": (120, 800),
        "l": (1, 30),
        "%": (10, 100),
    }
    if field.unit == "days":
        return (3, 7, 14)[chance % 3]
    low, high = ranges.get(field.unit, (1, 20))
    return low + chance % (high - low)


def _money(field: Field, index: int, chance: int) -> float:
    label = field.label.lower()
    rates = next((rates for pattern, rates in _RATES if re.search(pattern, label)), ())
    if rates:
        return rates[index % len(rates)]
    return round(_AMOUNTS[index % len(_AMOUNTS)] * (1 + chance % 3), 2)


def _date(field: Field, index: int) -> int:
    ahead = ("due", "deadline", "until", "expir", "renew", "next", "target", "follow", "return", "before")
    if any(word in field.label.lower() for word in ahead):
        return (1, 4, -1, 9, 0, 16)[index % 6]
    return -(0, 2, 5, 1, 9, 14)[index % 6]
