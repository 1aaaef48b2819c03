"""What was thought out before, in words for the model that builds: the brief, the plan, what is tried afterwards."""

from collections.abc import Iterator

from overskill.clients.checker import BrowserStep
from overskill.services.generation.brief import Brief
from overskill.services.generation.events import Turn
from overskill.services.generation.prompts.kinds import guide_for

_SAID = {
    "open": "open {target}",
    "click": "click “{target}”",
    "fill": "fill “{target}” with “{value}”",
    "choose": "choose “{value}” in “{target}”",
    "press": "press {target}",
    "see": "see “{target}”",
    "not_see": "don't see “{target}”",
}


def brief_words(turn: Turn) -> str:
    """Part of the request, never of the prefix that stays the same. Empty where nothing was thought out."""
    parts = list(_parts(turn))
    if not parts:
        return ""
    return "\n\n".join(["# Thought out beforehand\n\nWhere the request says otherwise, the request is right.", *parts])


def _parts(turn: Turn) -> Iterator[str]:
    brief = turn.brief
    if facts := list(_facts(brief)):
        yield "\n".join(facts)
    if turn.plan:
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(turn.plan, start=1))
        yield f"The person has seen this plan. Keep to it, and set no other:\n{steps}"
    if brief.checks:
        checks = "\n".join(f"- {check.title}: {_steps(check.steps)}" for check in brief.checks)
        yield (
            "A browser tries these on the finished app, by what a person sees. Make each pass: use these very words "
            f"for the buttons, links and labels that they name.\n{checks}"
        )
    if turn.is_first and (guide := guide_for(brief.kind)):
        yield f"What makes a good app of this kind:\n{guide.text}"


def _facts(brief: Brief) -> Iterator[str]:
    if brief.summary:
        yield f"Summary: {brief.summary}"
    if brief.audience:
        yield f"For: {brief.audience}"
    if brief.pages:
        yield "Pages: " + "; ".join(f"{page.path} {page.title} ({page.purpose})" for page in brief.pages)
    if brief.entities:
        yield "Keeps: " + "; ".join(f"{one.name} ({', '.join(one.fields)})" for one in brief.entities)
    if brief.look:
        yield f"Look: {brief.look}"
    if brief.summary:
        yield f"Language of its texts: {brief.language}"


def _steps(steps: tuple[BrowserStep, ...]) -> str:
    return ", ".join(_SAID[step.do].format(target=step.target, value=step.value) for step in steps)
