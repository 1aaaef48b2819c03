"""One question that people vote on."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import best, shelf
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.options import options_of
from overskill.services.generation.recipes.said import in_own_words
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity
from overskill.services.generation.recipes.words import sentence

PATTERN = (
    r"\bpolls?\b|\bpick (a|an|the|our) (name|date|day|place|time|winner|title|logo|colou?r|film|movie|"
    r"book)\b|\bvot(e|es|ing)\b|\bsurvey\b|\bdecide (on|where|what|which|when|together)\b|\bballot\b|"
    r"\bhelp (us|my \w+) (choose|decide|pick)\b|\bdoodle\b|"
    r"\b(where|what|which|when)\b( [\w-]+){1,6} should (go|eat|meet|do|watch|play|read|be)\b|"
    r"\b(let|lets|so|help) [\w' ]{2,30} (choose|pick|decide)\b|\bchoose between\b|"
    r"^pick (the|our|a)\b[^:]{2,40}:|\bwhich [\w ]{2,20} (should we|suits)\b"
)
WEIGHT = 3.3
_LISTED = re.compile(
    r"(?:\b(?:options?(?: are)?|between|choices?(?: are)?|choose from|such as)[:\s]+|:\s*(?:options?\b:?\s*)?)"
    r"([^.?\n]{3,160})",
    re.IGNORECASE,
)
_EITHER = re.compile(r"((?:[\w'-]+(?: [\w'-]+)?, )*[\w'-]+ or [\w'-]+)\W*$", re.IGNORECASE)
_VOTES = (5, 3, 2, 1, 1, 0)


def plan(brief: Brief) -> AppSpec:
    entry = best("polls", brief.about)
    asked = _options(brief.about)
    options = [(name, "") for name in asked] or [(name, why) for name, why in entry["options"]]
    is_known = bool(asked) or entry is not shelf("polls")["general"]
    fields = (field_from_notation("Option!"), field_from_notation("Note"), field_from_notation("Votes: number"))
    votes = _VOTES if is_known else (0,)
    rows = records(fields, [(name, why, votes[index % len(votes)]) for index, (name, why) in enumerate(options)])
    entity = Entity("choice", "choices", entry["icon"], fields, samples=rows)
    question = _question(brief.about, asked) or (_own_question(brief) if asked or not is_known else entry["question"])
    return make_app(
        brief,
        "poll",
        entry,
        [page("poll", "Vote", entity)],
        entities=(entity,),
        tagline=question,
        content={"question": question},
    )


def _question(text: str, options: list[str]) -> str:
    """The question in the prompt's own words, when it has one."""
    asked = re.search(r"((?:what|which|where|who|when|should|shall|do|is|are)\b[^?\n]{4,80}\?)", text, re.IGNORECASE)
    if asked:
        return sentence(asked[1])
    wanted = re.search(
        r"\b(pick|choose|decide|vote|voting)\s+(?:on |for |between )?"
        r"((?:an?|the|our|where|what|which|when|who)\b[^:.,?\n]{3,60})|\b(which [^:.,?\n]{3,60})",
        text,
        re.IGNORECASE,
    )
    if not wanted:
        return _of_topic(text)
    phrase = re.split(r"\b(?:options?|between|from|with)\b", wanted[2] or wanted[3], maxsplit=1)[0].strip()
    if not phrase or phrase.lower().split()[-1] in {one.lower() for one in options}:
        return ""
    is_question = phrase.split()[0].lower() in {"where", "what", "which", "when", "who"}
    return f"{sentence(phrase)}?" if is_question else f"Pick {phrase}"


def _of_topic(text: str) -> str:
    """ "Vote on lunch" asks about lunch."""
    topic = re.search(
        r"\b(?:(?:vote|voting) (?:on|for|about)|(?:poll|survey|ballot) (?:on|about)) ([\w' -]{3,50})",
        text,
        re.IGNORECASE,
    )
    if not topic:
        return ""
    phrase = re.split(r"\b(?:every|each|with|between|in|that|this|from)\b", topic[1], maxsplit=1)[0].strip()
    return f"{sentence(phrase)}: what is your vote?" if phrase else ""


def _own_question(brief: Brief) -> str:
    said = in_own_words(re.split(r":|\bbetween\b", brief.about, maxsplit=1)[0])
    return f"{said}?" if len(said.split()) > 1 else "Which one do you prefer?"


def _options(text: str) -> list[str]:
    """What stands after "between" or a colon, or has an "or" in it."""
    found = _LISTED.search(text) or _EITHER.search(text)
    options = [sentence(part)[:40] for part in options_of(found[1])] if found else []
    return options[:8] if len(options) >= 2 else []
