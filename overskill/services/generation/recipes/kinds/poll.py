"""One question that people vote on."""

import re

from overskill.services.generation.recipes.brief import Brief, split_list
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import best
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity
from overskill.services.generation.recipes.words import sentence

PATTERN = (
    r"\bpolls?\b|\bpick (a|an|the|our) (name|date|day|place|time|winner|title|logo|colou?r|film|movie|"
    r"book)\b|\bvot(e|es|ing)\b|\bsurvey\b|\bdecide (on|where|what|which|when|together)\b|\bballot\b|"
    r"\bhelp (us|my \w+) (choose|decide|pick)\b|\bdoodle\b|"
    r"\b(where|what|which|when)\b( [\w-]+){1,6} should (go|eat|meet|do|watch|play|read|be)\b"
)
WEIGHT = 3.3
_VOTES = (5, 3, 2, 1, 1, 0)


def plan(brief: Brief) -> AppSpec:
    entry = best("polls", brief.about)
    asked = _options(brief.about)
    options = [(name, "") for name in asked] or [(name, why) for name, why in entry["options"]]
    fields = (field_from_notation("Option!"), field_from_notation("Note"), field_from_notation("Votes: number"))
    rows = records(fields, [(name, why, _VOTES[index % len(_VOTES)]) for index, (name, why) in enumerate(options)])
    entity = Entity("choice", "choices", entry["icon"], fields, samples=rows)
    question = _question(brief.about) or entry["question"]
    return make_app(
        brief,
        "poll",
        entry,
        [page("poll", "Vote", entity)],
        entities=(entity,),
        tagline=question,
        content={"question": question},
    )


def _question(text: str) -> str:
    """The question in the prompt's own words, when it has one."""
    asked = re.search(r"((?:what|which|where|who|when|should|shall|do|is|are)\b[^?\n]{4,80}\?)", text, re.IGNORECASE)
    if asked:
        return sentence(asked[1])
    wanted = re.search(
        r"\b(pick|choose|decide|vote|voting)\s+(?:on |for )?"
        r"((?:an?|the|our|where|what|which|when|who)\b[^:.,?\n]{3,60})",
        text,
        re.IGNORECASE,
    )
    if not wanted:
        return ""
    phrase = re.split(r"\b(?:options?|between|from|with)\b", wanted[2], maxsplit=1)[0].strip()
    is_question = phrase.split()[0].lower() in {"where", "what", "which", "when", "who"}
    return f"{sentence(phrase)}?" if is_question else f"Pick {phrase}"


def _options(text: str) -> list[str]:
    found = re.search(
        r"\b(?:options?(?: are)?|between|choices?(?: are)?|choose from)[:\s]+([^.?\n]{3,160})", text, re.IGNORECASE
    )
    options = [sentence(part)[:40] for part in split_list(found[1])] if found else []
    return options[:8] if len(options) >= 2 else []
