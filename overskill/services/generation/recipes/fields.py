"""From "Water every: number days" or just "due date" to a field with a type."""

import re
from collections.abc import Iterable
from dataclasses import replace

from overskill.services.generation.recipes.spec import Field, FieldType
from overskill.services.generation.recipes.words import camel, plain, sentence

# The first that matches the label decides.
_TYPES: tuple[tuple[str, FieldType], ...] = (
    (r"\bnames?$", "text"),
    (r"\b(e-?mail)\b", "email"),
    (r"\b(phone|telephone|mobile|whatsapp)\b", "phone"),
    (r"\b(url|link|website|web page|homepage|link(ed)?in|github|instagram)\b", "url"),
    (
        r"\b(playing|running|cooking|baking|prep(aration)?|travel|waiting|screen|finish|lap|driving|total) time$",
        "number",
    ),
    (r"\b(start|end|opening|closing|arrival|departure)? ?time$|^at$| at$", "time"),
    (
        (
            r"\b(date|day|deadline|birthday|anniversary|due|expir\w+|renew\w+|best before|since|started|finished on)\b|"
            r"\w by$|\buntil$|^(arrived|received|born|planted|sown|harvested|opened|delivered)$"
        ),
        "date",
    ),
    (r"\b(last|next) (watered|fed|cleaned|visit|contact\w*|seen|used|serviced|washed|paid|called|done)\b", "date"),
    (r"\w (on|back)$|\bwhen\b|\b(last|next) (?!name\b|steps?\b|actions?\b|tasks?\b|moves?\b|thing\b)\w+$", "date"),
    (
        (
            r"\b(prices?|costs?|amount|budget|salary|fee|fees|down payment|rent|value|"
            r"revenue|spent|income|rate|deposit|balance|total)\b"
        ),
        "money",
    ),
    (r"\b(rating|stars?|score out of 5|review score|pain|stress|energy|happiness|effort|anxiety|focus)\b", "rating"),
    (
        (
            r"\b(status|stage|priority|severity|urgency|importance|condition|temper|temperament|category|categories|type|kind|genre|"
            r"mood|level|"
            r"difficulty|size|room|tags?|colou?r)\b"
        ),
        "select",
    ),
    (
        (
            r"^(is |has )|\b(done|completed|finished|paid|packed|bought|favou?rite|archived|urgent|read|"
            r"watched|available|picked up|collected|returned|confirmed|approved|resolved|solved|fixed|cleaned|booked|"
            r"signed|attended|shipped|answered|voted|invited)\b|\bseen$"
        ),
        "boolean",
    ),
    (
        r"\b(notes?|description|details|comments?|instructions|ingredients|steps|summary|bio|body|message|recipe)\b",
        "longtext",
    ),
    (
        (
            r"\b(number|count|quantity|qty|age|weight|height|hours?|minutes?|duration|distance|pages?|sets|reps|"
            r"calories|"
            r"km|miles|kg|kilos?|lit(?:re|er)s?|grams?|score|scores|copies|pieces|how many|"
            r"bottles|eggs|wins|losses|laps|visitors|seats|boxes|jars|coins|stock|servings|year|vintage|points|"
            r"temperature|humidity|pulse|heart rate|length|width|depth|"
            r"volume|speed|mileage|odometer|floor|cups|glasses|words|holidays|rooms|bedrooms|beds|bathrooms|players|"
            r"members|kids|sessions|calls|orders|sales|downloads|followers|likes|clicks|subscribers|employees|plants|"
            r"animals|acres|hectares|frames|assists|weeks|months|years|nights|attempts|rounds|strokes|units|nappies|diapers|feeds|"
            r"people|guests|portions|every|"
            r"percent|dosage|dose)\b|\w+ left$"
        ),
        "number",
    ),
)
_OPTIONS: dict[str, tuple[str, ...]] = {
    "status": ("To do", "In progress", "Done"),
    "stage": ("Lead", "Contacted", "Proposal", "Won"),
    "priority": ("Low", "Medium", "High"),
    "severity": ("Low", "Medium", "High"),
    "urgency": ("Low", "Medium", "High"),
    "importance": ("Low", "Medium", "High"),
    "category": ("General", "Home", "Work", "Other"),
    "categories": ("General", "Home", "Work", "Other"),
    "type": ("Regular", "Special", "Other"),
    "kind": ("Regular", "Special", "Other"),
    "genre": ("Fiction", "Non-fiction", "Classic", "Other"),
    "mood": ("Great", "Good", "Okay", "Low"),
    "level": ("Low", "Medium", "High"),
    "difficulty": ("Easy", "Medium", "Hard"),
    "size": ("Small", "Medium", "Large"),
    "temper": ("Calm", "Nervous", "Aggressive"),
    "temperament": ("Calm", "Lively", "Shy"),
    "condition": ("New", "Good", "Worn", "Broken"),
    "room": ("Living room", "Kitchen", "Bedroom", "Bathroom"),
    "tag": ("Personal", "Work", "Idea"),
    "tags": ("Personal", "Work", "Idea"),
    "color": ("Red", "Green", "Blue", "Black", "White"),
    "colour": ("Red", "Green", "Blue", "Black", "White"),
}
_UNITS = {
    "hour": "h",
    "minute": "min",
    "duration": "min",
    "playing time": "min",
    "running time": "min",
    "cooking time": "min",
    "baking time": "min",
    "prep time": "min",
    "travel time": "min",
    "screen time": "min",
    "odometer": "km",
    "distance": "km",
    "km": "km",
    "mile": "mi",
    "weight": "kg",
    "kg": "kg",
    "kilo": "kg",
    "litre": "l",
    "liter": "l",
    "gram": "g",
    "height": "cm",
    "calories": "kcal",
    "every": "days",
    "percent": "%",
    "humidity": "%",
    "temperature": "°C",
    "contract length": "months",
    "length": "cm",
    "width": "cm",
    "depth": "cm",
    "mileage": "km",
    "pulse": "bpm",
    "heart rate": "bpm",
}
_TYPE_WORDS: dict[str, FieldType] = {
    "text": "text",
    "string": "text",
    "longtext": "longtext",
    "number": "number",
    "money": "money",
    "date": "date",
    "time": "time",
    "checkbox": "boolean",
    "boolean": "boolean",
    "toggle": "boolean",
    "yes/no": "boolean",
    "rating": "rating",
    "dropdown": "select",
    "select": "select",
    "url": "url",
    "email": "email",
    "phone": "phone",
    "days": "days",
}


def field_from_label(label: str, type_word: str = "") -> Field:
    """A field from what someone calls it; what it holds is guessed from the words unless said."""
    label = sentence(plain(label)[:40])
    label = re.sub(r"(\w+ed (?:on|at)) date$", r"\1", label)
    label = re.sub(r"(?i)\b(price|cost|score|rating|owner|date)s$", r"\1", label)
    in_unit = re.search(r"^(.+?),? (?:in|\()\s?(kg|g|km|miles|mi|min|minutes|hours|h|days|ml|cm|kcal|%)\)?$", label)
    if in_unit:
        unit = {"minutes": "min", "hours": "h", "miles": "mi"}.get(in_unit[2], in_unit[2])
        return Field(id=camel(in_unit[1]), label=in_unit[1], type="number", unit=unit)
    named_type = re.search(r"^(.+) (checkbox|toggle|dropdown|rating)$", label)
    if named_type and not type_word:
        return field_from_label(named_type[1], named_type[2])
    if re.search(r"\bby date$", label):
        return field_from_label(label.removesuffix(" date"), "date")
    lower = label.lower()
    kind = _TYPE_WORDS.get(type_word.lower()) or _type_of(lower)
    options: tuple[str, ...] = ()
    if kind == "select":
        options = next(
            (_OPTIONS[word] for word in reversed(lower.split()) if word in _OPTIONS), ("First", "Second", "Third")
        )
    unit = next((unit for word, unit in _UNITS.items() if kind == "number" and word in lower), "")
    return Field(id=camel(label), label=label, type=kind, options=options, unit=unit)


def _type_of(label: str) -> FieldType:
    for pattern, kind in _TYPES:
        if re.search(pattern, label):
            return kind
    return "text"


def field_from_notation(text: str) -> Field:
    """The lexicon's notation: `Label[!][: type [unit]]` or `Label: One / Two / Three`. `!` is required."""
    label, _, rest = (part.strip() for part in text.partition(":"))
    required = label.endswith("!")
    label = label.rstrip("!")
    if "/" in rest and rest != "yes/no":
        options = tuple(option.strip() for option in rest.split("/"))
        return Field(camel(label), label, "select", options, required=required)
    word, _, unit = rest.partition(" ")
    found = field_from_label(label, word or "text")
    return replace(found, label=label, unit=unit or found.unit, required=required)


def unique_fields(candidates: Iterable[Field]) -> tuple[Field, ...]:
    """Each id once, the first one wins."""
    found: dict[str, Field] = {}
    for one in candidates:
        if one.label:
            found.setdefault(one.id, one)
    return tuple(found.values())
