"""Which kind of app a prompt wants. A kind is a module with `PATTERN`, `WEIGHT` and `plan`."""

import re
from types import ModuleType

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.kinds import (
    attendance,
    bingo,
    blog,
    booking,
    calculator,
    compare,
    counter,
    crm,
    dashboard,
    feed,
    flashcards,
    form,
    game,
    habits,
    invoice,
    kanban,
    landing,
    lineup,
    notes,
    picker,
    planner,
    poll,
    quiz,
    retro,
    scoreboard,
    shop,
    split,
    texttool,
    timer,
    tracker,
)
from overskill.services.generation.recipes.said import show_what_was_named
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.subject import head_end
from overskill.services.generation.recipes.words import singularize

KINDS: dict[str, ModuleType] = {
    "split": split,
    "timer": timer,
    "picker": picker,
    "retro": retro,
    "invoice": invoice,
    "attendance": attendance,
    "compare": compare,
    "texttool": texttool,
    "bingo": bingo,
    "lineup": lineup,
    "calculator": calculator,
    "quiz": quiz,
    "flashcards": flashcards,
    "game": game,
    "scoreboard": scoreboard,
    "poll": poll,
    "form": form,
    "counter": counter,
    "planner": planner,
    "habits": habits,
    "kanban": kanban,
    "dashboard": dashboard,
    "crm": crm,
    "booking": booking,
    "blog": blog,
    "shop": shop,
    "feed": feed,
    "notes": notes,
    "landing": landing,
    "tracker": tracker,
}
# What stands after these is what the app is about, not what it is: "a page for my coffee shop".
_SUBJECT = re.compile(
    r"\b(for|about|of|at|from|with|including)\b (?!people\b|users\b|customers\b|everyone\b|visitors\b)", re.IGNORECASE
)
# A "quiz scoreboard" is a scoreboard: the last word of the phrase that names the app says what it is.
_LAST_OF_HEAD = 1.3
_WRITTEN_FREELY = frozenset({"meetings", "minutes", "ideas", "dreams"})
_OF_CRM = frozenset({"clients", "people", "deals", "leads", "donors"})
# What is below stands after "for" or in a list: where the subject is known, that decides.
_SAID_OF_SUBJECT = 1.5


def plan_app(brief: Brief) -> AppSpec:
    spec: AppSpec = KINDS[choose_kind(brief)].plan(brief)
    return show_what_was_named(spec, brief)


def choose_kind(brief: Brief) -> str:
    text = brief.about.lower()
    subject = _SUBJECT.search(text)
    start = subject.start() if subject else len(text)
    if brief.only_these:  # nor what stands in a list of fields
        start = min(start, len(brief.subject))
    named_by = head_end(text)
    best, best_score = "", 0.0
    for kind, module in KINDS.items():
        if _is_told_otherwise(kind, brief):
            continue
        for found in re.finditer(module.PATTERN, text):
            score = module.WEIGHT * (1.0 if found.start() < start or kind == "split" else 0.35)
            score *= _LAST_OF_HEAD if 0 <= named_by - found.end() <= 1 else 1.0
            score -= found.start() / 10_000
            if score > best_score:
                best, best_score = kind, score
    if best and best_score > (_SAID_OF_SUBJECT if brief.domains else 0.9):
        return best
    if brief.domains:
        return str(brief.domains[0].entry.get("kind", "tracker"))
    return best or "tracker"


def _is_told_otherwise(kind: str, brief: Brief) -> bool:
    """ "My clients' birthdays" are birthdays, "behaviour notes" are no notebook."""
    if not brief.domains:
        return False
    first = brief.domains[0]
    pair = "-".join(singularize(word) if index else word for index, word in enumerate(brief.noun.split()[-2:]))
    is_known_whole = {pair, "-".join(brief.noun.split()[-2:])} & set(str(first.entry["match"]).split())
    is_list = bool(is_known_whole) and first.key not in _WRITTEN_FREELY
    is_scheduled = "calendar" in first.entry or first.entry.get("kind") == "booking"
    if kind == "booking" and brief.only_these and not is_scheduled:
        return True  # "medicine schedule: pill, dose, taken or not" keeps records
    if kind == "counter" and re.search(r"\band how (?:many|much)\b", brief.about, re.IGNORECASE):
        return True  # a figure of each, not one to count by the day
    return (kind == "crm" and first.key not in _OF_CRM) or (kind == "notes" and is_list)
