"""What is written down once a day: "sleep, mood and coffee" are parts of one entry, not three lists."""

import re
from collections.abc import Sequence

from overskill.services.generation.recipes.asked import parts_of
from overskill.services.generation.recipes.fields import field_from_notation, unique_fields
from overskill.services.generation.recipes.spec import Entity, Field
from overskill.services.generation.recipes.subject import without_lead_in
from overskill.services.generation.recipes.words import sentence

# What someone calls it -> the field, in the lexicon's notation
_MEASURES: tuple[tuple[str, str], ...] = (
    (r"(?:hours of )?sleep(?:ing)?|hours slept", "number h"),
    (r"moods?|how i feel|feelings?", "Great / Good / Okay / Low"),
    (r"(?:cups of )?(?:coffees?|teas?|caffeine)", "number cups"),
    (r"(?:glasses of )?water(?: intake)?|hydration", "number glasses"),
    (r"steps", "number"),
    (r"(?:body ?)?weight", "number kg"),
    (r"exercises?|workouts?|training|meditation|reading|studying|screen ?time|walking|practice", "number min"),
    ((r"energy|stress|pain|anxiety|focus|productivity|happiness|motivation|symptoms?|cravings|(?:sleep|skin) "
     r"quality"), "rating"),
    (r"food|meals|diet|eating|what i (?:eat|ate)|gratitude|thoughts|dreams", "longtext"),
    (r"calories", "number kcal"),
    (r"(?:\w+ )?temperatures?", "number °C"),
    (r"humidity", "number %"),
    (r"(?:heart rate|pulse)", "number bpm"),
    (r"blood pressure", "text"),
    (r"blood sugar|glucose", "number mg/dl"),
    (r"alcohol|cigarettes|drinks|snacks", "number"),
    (r"medication|meds|vitamins|pills|period", "checkbox"),
    (r"spending|money spent", "money"),
    (r"rain(?:fall)?", "number mm"),
)  # fmt: skip
_PHRASE_END = re.compile(
    r"[.;:!?\n]|,? (?:with|to|every|each|for|twice|once|daily|so|in|on|at|throughout|over|during|that|then)\b|"
    r"\bdaily\b",
    re.IGNORECASE,
)
_IN_SHORT = (
    "A slow start",
    "Long day, early night",
    "Good walk at noon",
    "Rain all day",
    "Lunch with Ada",
    "Quiet Sunday",
)
_MEASURED = frozenset({"temperature", "humidity", "rainfall", "pressure"})


def find_measures(text: str) -> tuple[Field, ...]:
    """The parts of a day's entry, when the prompt begins with a list of them."""
    phrase = _PHRASE_END.split(without_lead_in(text), maxsplit=1)[0]
    parts = parts_of(phrase)
    known = [_measure(part) for part in parts]
    if len(parts) < 2 or sum(field is not None for field in known) < max(2, len(parts) - 1):
        return ()
    fields = [field or field_from_notation(f"{sentence(part)}: text") for part, field in zip(parts, known, strict=True)]
    return unique_fields(fields)


def _measure(part: str) -> Field | None:
    label = sentence(re.sub(r"\bi\b", "I", part))
    return next(
        (
            field_from_notation(f"{label}: {kind}")
            for words, kind in _MEASURES
            if re.fullmatch(words, part, re.IGNORECASE)
        ),
        None,
    )


def day_log(measures: Sequence[Field]) -> Entity:
    """An entry a day with each of them."""
    is_reading = any(_MEASURED & set(one.label.lower().split()) for one in measures)
    title = field_from_notation("Reading!" if is_reading else "In short!")
    shown = ("Morning", "Evening") * 3 if is_reading else _IN_SHORT
    fields = (title, field_from_notation("Date: date"), *measures, field_from_notation("Notes: longtext"))
    singular, plural = ("reading", "readings") if is_reading else ("entry", "entries")
    return Entity(
        singular=singular,
        plural=plural,
        icon="Gauge" if is_reading else "NotebookPen",
        fields=unique_fields(fields),
        samples=tuple(
            {title.id: text, "date": -(index // (2 if is_reading else 1))} for index, text in enumerate(shown)
        ),
        filters=tuple(one.id for one in measures if one.type == "select"),
    )
