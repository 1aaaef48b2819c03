"""Questions, answers, a score, and a page to write one's own."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import search, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity
from overskill.services.generation.recipes.subject import subject_phrase
from overskill.services.generation.recipes.words import headline, sentence

PATTERN = (
    r"\bquiz(zes)?\b|\btrivia\b|\btest (my|your|their|our|people'?s?)? ?knowledge\b|"
    r"\bguess(ing)? game\b|\bguess the\b|\bquestion game\b|\bexam practice\b|\bpractice test\b"
)
WEIGHT = 3.4
_FIELDS = ("Question!", "Answer", "Wrong 1", "Wrong 2", "Wrong 3")


def plan(brief: Brief) -> AppSpec:
    hits = search("quizzes", brief.about)
    entry = hits[0].entry if hits else shelf("quizzes")["general"]
    fields = tuple(field_from_notation(text) for text in _FIELDS)
    rows = records(fields, entry["questions"])
    entity = Entity("question", "questions", "CircleHelp", fields, samples=rows)
    subject = _subject(brief.about)
    title = f"{headline(subject)} quiz" if subject else f"{entry['title']} quiz"
    tagline = "How much do you know?"
    if not hits and subject:
        tagline = f"Write your own questions about {subject} on the second page; these warm you up."
    look = {"names": [sentence(title)[:40]], "hue": "violet", "icon": "Trophy"}
    pages = [page("quiz", "Play", entity), page("table", "Questions", entity)]
    return make_app(brief, "quiz", look, pages, entities=(entity,), tagline=tagline, content={"title": sentence(title)})


def _subject(text: str) -> str:
    before = re.search(r"\b([a-z]+) (?:quiz|trivia)", text, re.IGNORECASE)
    words = subject_phrase(text) or (before[1] if before else "")
    return (
        "" if words.lower() in {"a", "the", "fun", "little", "pub", "general", "simple", "general knowledge"} else words
    )
