"""What seeded listings are made of: words that fit together, from words.json beside this file."""

import json
import random
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from overskill.models import Category


@dataclass(frozen=True)
class Pitch:
    """What one listing says of itself."""

    category: Category
    title: str
    tagline: str
    description: str
    keywords: str
    accent: str
    words: dict[str, str]  # what its texts, and what is said of it, are filled in with


@cache
def vocabulary() -> dict[str, Any]:
    text = files(__package__).joinpath("words.json").read_text("utf-8")
    words: dict[str, Any] = json.loads(text)
    return words


def pitch(chance: random.Random) -> Pitch:
    said, category = vocabulary(), chance.choice(list(Category))
    own = said["categories"][category.value]
    keywords = chance.sample(own["keywords"], 3)
    words = {
        "subject": chance.choice(own["subjects"]),
        "form": chance.choice(said["forms"]),
        "audience": chance.choice(own["audiences"]),
        "keyword": keywords[0],
        "category": category.value,
    }
    words["title"] = _title(chance, words, said["brands"])
    return Pitch(
        category=category,
        title=words["title"],
        tagline=chance.choice(said["taglines"]).format(**words),
        description=_description(chance, words),
        keywords=" ".join([*keywords, words["form"]]),
        accent=chance.choice(said["accents"]),
        words=words,
    )


def person(chance: random.Random) -> str:
    said = vocabulary()
    return f"{chance.choice(said['first_names'])} {chance.choice(said['last_names'])}"


def address_of(name: str) -> str:
    """Lower case, for an address: "Q&A board" is "q-a-board"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "app"


def _title(chance: random.Random, words: dict[str, str], brands: list[list[str]]) -> str:
    brand = chance.choice(brands[0]) + chance.choice(brands[1])
    shapes = (
        "{subject} {form}",
        "{brand}",
        "{brand} {form}",
        "{subject} {form} for {audience}",
        "{brand}: {subject} {form}",
    )
    title = chance.choice(shapes).format(brand=brand, **words)[:80]
    return title[0].upper() + title[1:]


def _description(chance: random.Random, words: dict[str, str]) -> str:
    said = vocabulary()
    features = [f"- {line.format(**words)}" for line in chance.sample(said["features"], chance.randint(3, 6))]
    parts = (
        chance.choice(said["openings"]).format(**words),
        "## What it does",
        "\n".join(features),
        " ".join(chance.sample(said["closings"], 2)),
    )
    return "\n\n".join(parts)
