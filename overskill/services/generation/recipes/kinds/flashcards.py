"""Cards to learn by heart, and arithmetic to drill."""

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds import drill
from overskill.services.generation.recipes.lexicon import Hit, search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.named import find_audience
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.subject import subject_phrase
from overskill.services.generation.recipes.words import camel, listing, low, plain, sentence

PATTERN = (
    r"\bflash ?-?cards?\b|\b(spaced repetition|leitner|anki|memori[sz]ation)\b|"
    r"\b(study|index|learning|vocab(ulary)?) cards?\b|"
    r"\bvocab(ulary)? (trainer|practice|practise|drill|quizzer|app|builder|game|test)\b|"
    r"\b(learn|memori[sz]e|practi[cs]e|revise|study|drill)(ing)? (my |the |some |all |basic |new )*(\w+ ){0,2}"
    r"(vocab(ulary)?|words|capitals|elements|periodic table|bones|alphabet|spelling)\b(?! i\b)|"
    r"\b(learn|practi[cs]e|study)(ing)? (some |basic )*(spanish|french|german|italian|portuguese|japanese|korean|"
    r"chinese|mandarin|dutch|swedish|norwegian|danish|polish|turkish|greek|russian|arabic|latin)\b|" + drill.PATTERN
)
WEIGHT = 3.45
_NEW_A_DAY = 20
_MOST_PARTS = 3  # of a language in one app
_NO_PART_OF_IT = re.compile(
    r"^(?:(?:learn(?:ing)?|study(?:ing)?|memori[sz](?:e|ing)|my|the|our|an?|simple|create|make|app|with)\b\s*)+",
    re.IGNORECASE,
)
_ON_A_CARD = frozenset(
    "front back word words term translation meaning definition example sentence pronunciation question answer "
    "reading".split()
)
_EXAMPLES = (
    ("Your first question about {subject}", "Its answer. This card is an example: write your own on the second page."),
    ("Your second question about {subject}", "A short answer is easiest to remember."),
    ("A word or name from {subject}", "What it means. An example, to change or delete."),
)


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    if re.search(drill.PATTERN, text.lower()):
        return drill.plan(brief)
    decks = [part for hit in _decks(text) for part in _named_parts(hit, text)]
    subject = " and ".join(deck["title"] for deck in decks) or sentence(_subject(text))
    asked = _asked_sides(brief)
    if brief.only_these:
        subject = subject or sentence(listing(asked[:2]).lower())
    entity = _cards(decks, subject, asked)
    title = sentence(f"{subject} flashcards") if subject else "Flashcards"
    content: dict[str, Any] = {"title": title, "newADay": _new_a_day(text)}
    if voices := {deck["title"]: deck["speech"] for deck in decks if "speech" in deck}:
        content["voices"] = voices if len(decks) > 1 else {"": next(iter(voices.values()))}
    first = decks[0] if decks else {}
    look = {
        "names": [title[:40]],
        "hue": first.get("hue", "violet"),
        "icon": first.get("icon", "Languages" if "words" in first else "Layers"),
    }
    pages = [page("flashcards", "Practice", entity), page("table", "Cards", entity)]
    tagline = _tagline(brief, subject, known=bool(decks))
    return make_app(brief, "flashcards", look, pages, entities=(entity,), tagline=tagline, content=content)


def deck_rows(deck: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Front and back of every card; languages share their English side."""
    if "words" in deck:
        return list(zip(deck["words"], shelf("decks")["base"]["words"], strict=True))
    return [(front, back) for front, back in deck["cards"]]


def _decks(text: str) -> list[Hit]:
    """The deck that is meant; several when several are named beside each other, as languages often are."""
    hits = search("decks", text)
    if not hits:
        return []
    languages = [hit for hit in hits if "words" in hit.entry]
    if languages:
        return languages[:4]
    joined = [hit for hit in hits[1:] if _beside(text.lower(), hits[0].word, hit.word)]
    return [hits[0], *joined][:3]


def _named_parts(hit: Hit, text: str) -> list[Mapping[str, Any]]:
    """Of a language the verbs, the food, the numbers, where those are named; otherwise its first words."""
    if "words" not in hit.entry:
        return [hit.entry]
    language = {key: value for key, value in hit.entry.items() if key != "words"}
    parts = [one.entry for one in search("vocabulary", text) if hit.key in one.entry][:_MOST_PARTS]
    return [
        {
            **language,
            "title": f"{hit.entry['title']} {low(str(part['title']))}",
            "sides": [hit.entry["title"], "English"],
            "icon": "Languages",
            "cards": list(zip(part[hit.key], part["words"], strict=True)),
        }
        for part in parts
    ] or [hit.entry]


def _beside(text: str, one: str, other: str) -> bool:
    joints = (" and ", ", ", " & ", ", and ")
    return one != other and any(f"{a}{joint}{b}" in text for joint in joints for a, b in ((one, other), (other, one)))


def _cards(decks: list[Mapping[str, Any]], subject: str, asked: list[str]) -> Entity:
    front, back = ("Front", "Back") if len(decks) != 1 else _sides(decks[0])
    front, back, *more = [*asked, front, back] if len(asked) < 2 else asked
    fields = [Field("front", front, "text", required=True), Field("back", back, "text")]
    rows: list[tuple[str, ...]] = [row for deck in decks for row in deck_rows(deck)]
    if len(decks) > 1:
        titles = tuple(deck["title"] for deck in decks)
        fields.append(Field("deck", "Deck", "select", titles))
        mixed = zip_longest(*([(*row, deck["title"]) for row in deck_rows(deck)] for deck in decks))
        rows = [row for dealt in mixed for row in dealt if row]
    if not decks:
        about = low(subject) or "your subject"
        rows = [(question.format(subject=about), answer) for question, answer in _EXAMPLES]
    if len(asked) >= 2:
        fields += [Field(camel(label), label) for label in more]
        rows = [(*row, *("" for _ in more)) for row in rows]
    filters = ("deck",) if len(decks) > 1 else ()
    return Entity("card", "cards", "Layers", tuple(fields), samples=records(fields, rows), filters=filters)


def _asked_sides(brief: Brief) -> list[str]:
    """ "Word, translation and example": what stands on the cards, in the prompt's order."""
    labels = [one.label for one in brief.fields if one.id not in {"front", "back", "deck"}]
    is_listed = brief.only_these or any(_ON_A_CARD & set(label.lower().split()) for label in labels)
    return labels if is_listed and len(labels) >= 2 else []


def _sides(deck: Mapping[str, Any]) -> tuple[str, str]:
    front, back = deck.get("sides") or (deck["title"], "English")
    return front, back


def _subject(text: str) -> str:
    before = re.search(r"\b([\w-]+(?: [\w-]+)?) flash ?-?cards?\b", text, re.IGNORECASE)
    found = subject_phrase(text) or (before[1] if before else "")
    found = _NO_PART_OF_IT.sub("", plain(found))
    return "" if not found or find_audience(f"for {found}") or len(found) < 2 else found


def _new_a_day(text: str) -> int:
    found = re.search(r"\b(\d{1,3}) (?:new )?(?:words?|cards?|\w+) (?:a|per|each|every) day\b", text, re.IGNORECASE)
    return max(1, int(found[1])) if found else _NEW_A_DAY


def _tagline(brief: Brief, subject: str, *, known: bool) -> str:
    audience = find_audience(brief.about)
    whose = f" for {audience}" if audience else ""
    if not known:
        about = f" on {low(subject)}" if subject else ""
        return f"Your own cards{about}{whose}: what you don't know comes back first."
    daily = _new_a_day(brief.about)
    pace = f", {daily} new cards a day" if daily != _NEW_A_DAY else ""
    return f"{sentence(subject)}{whose}: what you don't know comes back first{pace}."
