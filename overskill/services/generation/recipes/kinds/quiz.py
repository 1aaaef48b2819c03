"""Questions, answers, a score, and a page to write one's own."""

import re
from collections.abc import Mapping
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.kinds.flashcards import deck_rows
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.named import find_audience
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity
from overskill.services.generation.recipes.subject import subject_phrase
from overskill.services.generation.recipes.words import fingerprint, headline, low, sentence

PATTERN = (
    r"\bquiz(zes)?\b|\btrivia\b|\btest (my|your|their|our|people'?s?)? ?knowledge\b|"
    r"(?<!word )(?<!number )\bguess(ing)? game\b|\bguess the\b(?! (secret )?(word|number))|\bquestion game\b|"
    r"\bexam practice\b|\bpractice test\b"
)
WEIGHT = 3.4
_FIELDS = ("Question!", "Answer", "Wrong 1", "Wrong 2", "Wrong 3")
_FROM_DECK = 15  # questions that a deck of cards is asked
_EXAMPLES = 4
_NO_SUBJECT = frozenset(
    "a the fun little pub general simple general-knowledge my our an some short multiple-choice daily weekly".split()
)
_NO_WORDS = _NO_SUBJECT | frozenset(
    "make create build me us want need app i for with game to test practice exam practise kids that".split()
)


def plan(brief: Brief) -> AppSpec:
    text = brief.about
    title, questions = _known_questions(text, brief.prompt)
    subject = _subject(text)
    count = _count(text)
    tagline = "How much do you know?"
    if not questions and subject:
        title, questions = _as_title(subject), _examples(subject, count or _EXAMPLES)
        tagline = f"Write your own questions about {low(subject)} on the second page: these are examples."
    elif not questions:
        general = shelf("quizzes")["general"]
        title, questions = general["title"], general["questions"]
    shown = title if not subject or re.fullmatch(r"\d+s", subject) else _as_title(subject)
    audience = find_audience(text)
    if audience and audience.lower() not in shown.lower():
        tagline = f"For {audience}. {tagline}"
    if count > len(questions):
        questions = [*questions, *_examples(subject or title, count)[len(questions) :]]
    fields = tuple(field_from_notation(one) for one in _FIELDS)
    rows = records(fields, [tuple(one) for one in questions[: count or None]])
    entity = Entity("question", "questions", "CircleHelp", fields, samples=rows)
    title = f"How well do you know {subject}?" if subject in {"me", "us"} else sentence(f"{shown} quiz")
    look = {"names": [title[:40]], "hue": "violet", "icon": "Trophy"}
    pages = [page("quiz", "Play", entity), page("table", "Questions", entity)]
    return make_app(brief, "quiz", look, pages, entities=(entity,), tagline=tagline, content={"title": title})


def _known_questions(text: str, seed: str) -> tuple[str, list[Any]]:
    """The title and the questions of the subject: from the quizzes, or made of a deck of cards; none if unknown."""
    hits = search("quizzes", text)
    hits = [hit for hit in hits if hit.key != "general"] or hits  # "pub trivia about the seventies" is about them
    decks = [hit for hit in search("decks", text) if hit.entry.get("quizzed") or "words" in hit.entry]
    if decks and (not hits or decks[0].score > hits[0].score):
        return str(decks[0].entry["title"]), _asked(decks[0].entry, seed)
    if not hits:
        return "", []
    return str(hits[0].entry["title"]), list(hits[0].entry["questions"])


def _asked(deck: Mapping[str, Any], seed: str) -> list[tuple[str, ...]]:
    """Every card as a question; what is wrong stands on other cards."""
    rows = deck_rows(deck)
    asked = str(deck.get("question", "What does “{front}” mean?"))
    order = sorted(range(len(rows)), key=lambda index: fingerprint(seed, rows[index][0]))
    questions = []
    for place, index in enumerate(order[:_FROM_DECK]):
        front, back = rows[index]
        others = [rows[order[(place + step) % len(order)]][1] for step in range(1, len(order))]
        wrong = list(dict.fromkeys(one for one in others if one != back))[:3]
        questions.append((asked.format(front=front), back, *wrong))
    return questions


def _examples(subject: str, count: int) -> list[tuple[str, ...]]:
    places = ("first", "second", "third", "fourth", "fifth")
    about = low(subject)
    return [
        (
            f"Write your {places[index] if index < len(places) else 'next'} question about {about}"
            + (f" ({index + 1})" if index >= len(places) else ""),
            "The right answer",
            "A wrong answer",
            "Another wrong answer",
            "One more wrong answer",
        )
        for index in range(count)
    ]


def _count(text: str) -> int:
    found = re.search(r"\b(\d{1,2})[ -](?:\w+ )?questions?\b", text, re.IGNORECASE)
    return int(found[1]) if found else 0


def _subject(text: str) -> str:
    """ "Our family" of a quiz about our family, "pottery" of a pottery quiz; "" when it is only for someone."""
    after = re.search(
        r"\b(?:about|on|of)\s+((?:the |our |my )?[^\W\d_][\w' -]{1,40}?)(?=$|[,.;:!?\n]|"
        r"\s(?:with|that|which|where|for|and "
        r"(?:show|keep|let|track)|in which|so|called|named)\b)",
        text,
        re.IGNORECASE,
    )
    if after and (re.match(r"our |my ", after[1], re.IGNORECASE) or not find_audience(f"for {after[1]}")):
        return _turned(after[1])
    known = re.search(r"\bhow well (?:do |does )?\w+ (?:really )?know (me|us|my \w+|our \w+)\b", text, re.IGNORECASE)
    if known:
        return known[1]
    before = re.search(r"((?:\b[\w'-]+ ){1,4})(?:quiz|trivia)", text, re.IGNORECASE)
    words = [word for word in (before[1].split() if before else []) if word == "US" or word.lower() not in _NO_WORDS]
    if words and " ".join(words).lower() not in _NO_SUBJECT:
        return " ".join(words)
    found = subject_phrase(text)
    return "" if not found or find_audience(f"for {found}") or find_audience(text) else found


def _as_title(subject: str) -> str:
    """ "Harry Potter", but "Our family"."""
    return sentence(subject) if re.match(r"(?:our|my|the) ", subject, re.IGNORECASE) else headline(subject)


def _turned(phrase: str) -> str:
    """As the app would say it: "my dog" stays "my dog", without an article in front."""
    return re.sub(r"^the ", "", phrase.strip(), flags=re.IGNORECASE)
