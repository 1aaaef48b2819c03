"""The things a prompt lists by name: "with push-ups, squats and a plank", "between tacos, ramen or pizza"."""

import re

from overskill.services.generation.recipes.durations import without_lengths
from overskill.services.generation.recipes.subject import STOP_WORDS
from overskill.services.generation.recipes.words import plain, sentence

MOST = 40
_START = re.compile(
    r"(?:[:,]|\((?:e\.?g\.?,? )?|\b(?:with|for|of|between|from|like|including|includes?|such as|are|is|among|named|"
    r"options?|exercises?|entries|e\.g\.?)\b)\s*(?=[\w\"“'])",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.!?;)\n]|\s[-–—]\s|,?\s(?:that|which|so|where|with|using|but|without|every|each|in (?:dark|light|random|a)|"
    r"and (?:then|let|lets|show|shows|it|i|we|they|the|keep|keeps|save|log|make|makes|remember|don'?t|no|never|also|"
    r"not|if|when|can|repeat|\d+ seconds|with|has|have|should|please))\b|"
    r",\s(?=(?:and )?(?:then|repeat|show|keep|no \w|it)\b)",
    re.IGNORECASE,
)
_LAST = re.compile(r"\s+(?:and|or|&)\s+(?=[^,]*$)", re.IGNORECASE)
# Parts of the app, not of the list.
_OF_THE_APP = re.compile(
    r"\b(sounds?|mute|muted|history|log|logs|charts?|stat(s|istics)|dark|light|mode|theme|animations?|confetti|laps?|"
    r"start|stop|pause|reset|buttons?|settings?|progress|notifications?|keyboard|full ?screen|alarms?|bells?|timers?|"
    r"breaks?|rests?|rounds?|sets?|focus|sessions?|undo|work|list|lists|results?|option|switch|wheel|dice|die|"
    r"generator|picker|roller|counter|names?|entries|people|teams?|groups?|class|times|durations?|lengths?|"
    r"minutes?|seconds?|hours?|app|page|me|us|my|our|your|everyone|stopwatch|countdown|title|date|"
    r"repeat\w*|don['’]?t|big|large|loud|nice|beautiful|simple|clean|modern|minimal|mobile|offline|"
    r"days|total|average|sides?|count|colou?rs?|save|saved|recent)\b",
    re.IGNORECASE,
)
_ANSWERS = frozenset({"yes", "no", "maybe"})
_FILLER = re.compile(r"^(?:and|or|the|a|an|some|my|our|maybe|e\.g\.?|names?|named|called|exercises?)\s+", re.IGNORECASE)


def find_listed(text: str) -> list[str]:
    """The longest list in the text; empty when there is none."""
    best: list[str] = []
    for start in _START.finditer(text):
        parts = _parts(text[start.end() :], strict=start[0].strip().lower() in {"for", "of", "is", ","})
        if parts and len(parts) >= len(best):  # the nearer start has less before the first
            best = parts
    return best[:MOST]


def without_list(text: str, listed: list[str]) -> str:
    """What stands before the list."""
    places = [text.lower().find(one.lower()) for one in listed[:1]]
    return text[: places[0]] if places and places[0] > 0 else text


def _parts(text: str, *, strict: bool) -> list[str]:
    end = _END.search(text)
    segment = text[: end.start() if end else len(text)][:600]
    if "," in segment or "/" in segment:
        pieces = [piece for part in re.split(r"\s*[,/]\s*", segment) for piece in _LAST.split(part)]
    else:
        pieces = re.split(r"\s+(?:and|or|vs\.?|&)\s+", segment, flags=re.IGNORECASE)
    parts = [_entry(piece) for piece in pieces]
    kept = list(dict.fromkeys(part for part in parts if _is_entry(part)))
    strange = [
        part for part in parts if part and without_lengths(part) and part not in kept and not _OF_THE_APP.search(part)
    ]
    if len(kept) < 2 or strange:
        return []
    is_sure = len(kept) >= 3 or all(part[:1].isupper() for part in map(_bare, pieces)) or not strict
    return [sentence(part) for part in kept] if is_sure else []


def _bare(piece: str) -> str:
    return piece.strip().strip("\"“”'‘’")


def _entry(piece: str) -> str:
    text = _bare(piece)
    while (shorter := _FILLER.sub("", text, count=1)) != text:
        text = shorter
    return plain(text)


def _is_entry(text: str) -> bool:
    words = without_lengths(text).split()
    return (
        1 <= len(words) <= 5
        and len(text) <= 48
        and bool(re.search(r"[^\W\d_]", text))
        and ":" not in text
        and not _OF_THE_APP.search(text)
        and (text.lower() in _ANSWERS or not all(word.lower() in STOP_WORDS for word in words))
    )
