"""English nouns and identifiers: just enough grammar to name things in an app."""

import hashlib
import re

_IRREGULAR = {
    "person": "people",
    "tradesperson": "tradespeople",
    "salesperson": "salespeople",
    "child": "children",
    "man": "men",
    "woman": "women",
    "mouse": "mice",
    "goose": "geese",
    "foot": "feet",
    "tooth": "teeth",
    "leaf": "leaves",
    "shelf": "shelves",
    "knife": "knives",
    "wife": "wives",
    "life": "lives",
    "wolf": "wolves",
    "loaf": "loaves",
    "scarf": "scarves",
    "half": "halves",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "hero": "heroes",
    "quiz": "quizzes",
    "movie": "movies",
    "cookie": "cookies",
    "selfie": "selfies",
    "hoodie": "hoodies",
    "calorie": "calories",
    "smoothie": "smoothies",
    "zombie": "zombies",
    "bus": "buses",
    "gas": "gases",
    "analysis": "analyses",
    "crisis": "crises",
}
_SINGULAR = {plural: one for one, plural in _IRREGULAR.items()}
_UNCOUNTED = frozenset(
    "sheep fish deer series species news homework laundry equipment gear furniture luggage money rent "
    "water weather music software hardware mail clothing jewelry jewellery food sleep stuff art feedback "
    "maintenance attendance inventory mileage progress research knowledge advice traffic pollen vinyl".split()
)


def pluralize(noun: str) -> str:
    head, _, last = noun.rpartition(" ")
    return f"{head} {_plural_word(last)}".strip()


def _plural_word(word: str) -> str:
    lower = word.lower()
    if lower in _UNCOUNTED or lower in _SINGULAR:
        return word
    if lower in _IRREGULAR:
        return _like(word, _IRREGULAR[lower])
    if re.search(r"[^aeiou]y$", lower):
        return word[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", lower):
        return word + "es"
    return word + "s"


def singularize(noun: str) -> str:
    head, _, last = noun.rpartition(" ")
    return f"{head} {_singular_word(last)}".strip()


def _singular_word(word: str) -> str:
    lower = word.lower()
    if lower in _UNCOUNTED or lower in _IRREGULAR:
        return word
    if lower in _SINGULAR:
        return _like(word, _SINGULAR[lower])
    if lower.endswith("ies") and len(lower) > 4:
        return word[:-3] + "y"
    if re.search(r"(xes|ches|shes|sses|zzes)$", lower):
        return word[:-2]
    if lower.endswith("s") and not re.search(r"(ss|us|is)$", lower) and len(lower) > 3:
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    lower = word.lower()
    return lower in _SINGULAR or (_singular_word(lower) != lower and _plural_word(_singular_word(lower)) == lower)


def _like(model: str, word: str) -> str:
    return word[0].upper() + word[1:] if model[:1].isupper() else word


def ascii_words(text: str) -> list[str]:
    """The parts an identifier can be made of."""
    return re.findall(r"[A-Za-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("'", ""))


def camel(text: str) -> str:
    """ "Last watered" -> lastWatered; what has no Latin letters gets a stable made-up name."""
    words = ascii_words(text)
    name = "".join([words[0].lower(), *(word[0].upper() + word[1:].lower() for word in words[1:])]) if words else ""
    if not name:
        return f"item{fingerprint(text) % 1000}"
    return f"the{name[0].upper()}{name[1:]}" if name[0].isdigit() or name in _UNUSABLE else name


def pascal(text: str) -> str:
    name = camel(text)
    return name[0].upper() + name[1:]


def kebab(text: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", camel(text)).lower()


def plain(text: str) -> str:
    """A name as it may stand anywhere in code and markup: nothing that opens, closes or escapes."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'’&/().,+%#:!?-]", "", text)).strip(" .,:;'")


def sentence(text: str) -> str:
    """First letter large, the rest as it is."""
    text = text.strip()
    return text[:1].upper() + text[1:]


def low(text: str) -> str:
    """For the middle of a sentence: "Due date" is due date, "RSVP" stays."""
    return text if any(letter.isupper() for letter in text[1:]) else text[:1].lower() + text[1:]


def headline(text: str) -> str:
    small = {"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with", "at", "by"}
    words = text.strip().split()
    return " ".join(
        word if any(letter.isupper() for letter in word) or (index and word in small) else sentence(word)
        for index, word in enumerate(words)
    )


def listing(items: list[str], last: str = "and") -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def fingerprint(*parts: str) -> int:
    """A number that is the same for the same text on every machine: what looks like chance is drawn from it."""
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).digest()[:6], "big")


# Every record has an `id` of its own; the others would hide what every object has.
_UNUSABLE = frozenset({"id", "constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "prototype"})
