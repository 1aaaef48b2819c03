"""A message about an app that is there: what it asks for, as steps that change the spec."""

import re
from dataclasses import replace

from overskill.services.generation.recipes.brief import clean, split_list
from overskill.services.generation.recipes.followups import looks, names, order, pages, records, texts
from overskill.services.generation.recipes.followups.steps import Asked, Step, Understood
from overskill.services.generation.recipes.spec import AppSpec

__all__ = ["Step", "Understood", "understand"]

# The first that understands a clause takes it: from what is said most exactly to what is said most loosely.
_READERS = (
    names.rename_app,
    texts.change_text,
    names.rename_part,
    order.sort,
    order.search,
    order.filter_by,
    records.sample_data,
    pages.move,
    pages.show_as,
    pages.remove_page,
    pages.add_page,
    records.add_option,
    records.remove_option,
    records.remove_field,
    looks.theme,
    looks.colour,
    looks.shape,
    records.add_entity,
    records.add_field,
)
_VERBS = (
    r"add|remove|delete|drop|rename|call|name|make|change|use|set|sort|order|filter|show|hide|put|move|switch|turn|give|include|"
    r"create|get rid|clear|start|let|search|replace|also|dark mode|light mode|no"
)
_SPLIT = re.compile(
    (
        rf"[.;!\n]+\s*|,?\s+(?:and then|then|and also)\s+|,?\s+(?:and|&)\s+(?=(?:please\s+)?(?:{_VERBS})\b)|"
        rf",\s*(?=(?:please\s+)?(?:{_VERBS})\b)"
    ),
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:please|pls|can you|could you|would you|can we|could we|i want(?: you)? to|"
    r"i'?d like(?: you)? to|i want|i need|i'?d like|"
    r"let'?s|now|ok(?:ay)?|also|and|then|just|maybe|we need|it (?:should|needs to)(?: have)?|"
    r"there should be|hey|hi|great|thanks|nice)[,\s]+",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\b(page|view|sections?|tab|calendar|board|charts?|kanban|search|filters?)\b", re.IGNORECASE)
_GO_ON = re.compile(
    r"^(?:please )?(?:continue|go on|finish(?: it)?|keep going|carry on|resume|complete it|try again|retry)\W*$",
    re.IGNORECASE,
)


def understand(message: str, spec: AppSpec, *, is_unfinished: bool = False) -> Understood:
    text = clean(message)
    if is_unfinished and _GO_ON.match(text):
        return Understood(spec, (Step("Finish what is missing", spec),), ())
    understood = Understood(spec, (), ())
    field = ""
    for clause in _clauses(text):
        asked = Asked(clause, understood.spec, field)
        step = next((step for reader in _READERS if (step := reader(asked))), None)
        if step is None:
            understood = replace(understood, unclear=(*understood.unclear, clause))
            continue
        field = step.field or field
        if step.spec == understood.spec:
            understood = replace(understood, already=(*understood.already, step.sentence))
        else:
            understood = replace(understood, spec=step.spec, steps=(*understood.steps, step))
    if understood.spec == spec:
        sentences = tuple(step.sentence for step in understood.steps)
        return replace(understood, steps=(), already=(*understood.already, *sentences))
    return understood


def _clauses(text: str) -> list[str]:
    clauses = []
    for part in _protected(text):
        clause = part
        while (shorter := _POLITE.sub("", clause, count=1).strip()) != clause:
            clause = shorter
        clause = re.sub(r"[\s,]*(?:please|thanks|thank you)\W*$", "", clause, flags=re.IGNORECASE).strip(" ,.:")
        if re.search(r"\w", clause):
            clauses += _one_thing_each(clause)
    return clauses[:12]


def _one_thing_each(clause: str) -> list[str]:
    """ "Add a calendar and a priority field" adds a page and a field."""
    added = re.match(r"(add|include|remove|delete)\s+(.+)$", clause, re.IGNORECASE)
    parts = split_list(added[2]) if added else []
    if not added or len(parts) < 2 or not any(_PAGE.search(part) for part in parts):
        return [clause]
    return [f"{added[1]} {part}" for part in parts]


def _protected(text: str) -> list[str]:
    """Split into clauses, but never inside quotes."""
    quoted: list[str] = []

    def keep(found: re.Match[str]) -> str:
        quoted.append(found[0])
        return f"\x00{len(quoted) - 1}\x00"

    hidden = re.sub(r"\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»", keep, text)
    return [re.sub(r"\x00(\d+)\x00", lambda found: quoted[int(found[1])], part) for part in _SPLIT.split(hidden)]
