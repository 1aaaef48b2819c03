"""What the recipes are going to write, said before they write it: a brief, a plan, a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from overskill.services.generation.brief import Brief, Entity, Page
from overskill.services.generation.recipes import brief as prompts
from overskill.services.generation.recipes.acceptance import acceptance_checks
from overskill.services.generation.recipes.followups import understand
from overskill.services.generation.recipes.kinds import KINDS
from overskill.services.generation.recipes.named import find_audience
from overskill.services.generation.recipes.replies import first_plan, step_of
from overskill.services.generation.recipes.spec import AppSpec, Look
from overskill.services.generation.recipes.views.naming import path
from overskill.services.generation.recipes.words import sentence

# Each is a prompt that the recipes understand by itself.
_KINDS_TO_CHOOSE = (
    "A list to keep track of things",
    "A website for a small business",
    "A calendar for booking appointments",
    "A quiz",
)
_TONES = {"clear": "Clear", "deep": "Deep", "soft": "Soft", "grey": "Greyish"}
_CORNERS = {"sharp": "sharp corners", "normal": "slightly rounded corners", "round": "round corners"}
_FONTS = {"sans": "plain type", "serif": "a serif", "rounded": "rounded type", "mono": "typewriter letters"}


def brief_of(spec: AppSpec, prompt: str = "") -> Brief:
    """An app of the recipes in the words that a model uses too. Their texts are English."""
    return Brief(
        kind="landing page" if spec.kind == "landing" else spec.kind,
        summary=sentence(spec.tagline or spec.name),
        audience=sentence(find_audience(prompt)),
        pages=tuple(Page(path(spec, page), page.title, step_of(page)) for page in spec.pages),
        entities=tuple(
            Entity(sentence(one.singular), tuple(field.label for field in one.fields)) for one in spec.entities
        ),
        look=_look_in_words(spec.look),
        checks=acceptance_checks(spec),
        language="en",
    )


def _look_in_words(look: Look) -> str:
    theme = "" if look.theme == "system" else f", {look.theme}"
    return f"{_TONES[look.tone]} {look.hue}{theme}, {_FONTS[look.font]}, {_CORNERS[look.corners]}."


def questions_about(brief: prompts.Brief) -> Mapping[str, Any] | None:
    """What to ask where a prompt names nothing that is understood; None where it does."""
    about = brief.about.lower()
    says_something = brief.noun or brief.domains or brief.fields or brief.measures or brief.features
    if says_something or any(re.search(kind.PATTERN, about) for kind in KINDS.values()):
        return None
    question = {"id": "q1", "text": "What should it be?", "options": list(_KINDS_TO_CHOOSE), "allows_other": True}
    return {"questions": [question]}


def as_agreed(spec: AppSpec, plan: Sequence[str]) -> AppSpec:
    """The spec after its reader has changed the plan: what was struck out is left out, what was added is tried."""
    if not plan:
        return spec
    known = first_plan(spec)["steps"]
    added = [step for step in plan if step not in known]
    if not added:
        pages = tuple(page for page in spec.pages if step_of(page) in plan)
        sections = tuple(one for one in spec.sections if one.title in plan)
        return replace(spec, pages=pages or spec.pages, sections=sections or spec.sections)
    for step in added:
        spec = understand(step, spec).spec
    return spec
