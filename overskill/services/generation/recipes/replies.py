"""What the recipes say in the chat: short, exact, and honest about what they can't do."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.followups.steps import Understood
from overskill.services.generation.recipes.spec import AppSpec, Entity, Page
from overskill.services.generation.recipes.words import listing, low, sentence

_CONNECT = "Connect a model in the settings for anything beyond that."
_VIEW_STEPS = {
    "cards": "A card for each of the {many}, with search, filters and sorting",
    "table": "A table of the {many}, with search, filters and sorting",
    "checklist": "A check list of the {many}",
    "streaks": "Daily check-ins with streaks",
    "board": "A board to move the {many} along",
    "calendar": "A calendar of the {many}",
    "insights": "Charts over the {many}",
    "notes": "A list of notes with an editor beside it",
    "quiz": "The questions, one by one, and the score",
    "poll": "The question, the votes and who leads",
    "calculator": "Inputs to drag, results that follow",
    "converter": "Units to convert between",
    "keypad": "A keypad with a history",
    "split": "The amount, the people and their parts",
    "expenses": "The payments, the balances and who owes whom",
    "comparison": "A matrix with weights, the best of each row and a winner",
    "arguments": "Arguments for and against, with their weight",
    "attendance": "A grid of the {many} and the dates, with rates",
    "ideas": "Notes to write, move and vote on",
    "documents": "A list of the {many}, an editor with totals and a page to print",
    "flashcards": "Cards to turn, asked again until they are known",
    "drill": "Tasks against the clock, slips come back",
    "league": "Results, standings and a chart",
    "rounds": "A sheet of rounds, totals and a chart",
    "tally": "A counter for each side, with undo",
    "game": "The game, by keyboard and by touch",
    "shop": "A catalogue with a cart",
    "blog": "The posts, and a page for each",
    "feed": "Messages by topic",
    "interval": "A clock for one step after the other, with sound",
    "stopwatch": "A stopwatch with laps",
    "timers": "The {many}, each with its own clock",
    "countdown": "The days, hours, minutes and seconds that are left",
    "picker": "The {many} to draw from, and what came up",
    "groups": "The {many}, dealt into groups",
    "order": "The {many}, in an order of chance",
    "pairs": "Who gives to whom, each hidden from the others",
    "dice": "Dice to roll, and what came before",
    "coin": "A coin to flip, and how often it was which",
    "numbers": "Numbers of any range",
    "planner": "A week of {many}, day by day",
    "needs": "A list of what the {many} of the week need",
    "form": "The questions, checked as they are answered",
    "answers": "The answers with charts, a table and a CSV file",
    "texttool": "Text in, text out, as you type",
    "bingo": "Bingo cards to shuffle and print",
    "caller": "A card to play on, and a caller that draws",
    "lineup": "Places to fill by click or by dragging",
    "counter": "Quick buttons, a ring toward the goal and the last 14 days",
    "history": "Every day and how it went",
    "tallies": "Tallies that count up with one tap",
}
# What a browser alone can't do
_BEYOND: tuple[tuple[str, str], ...] = (
    (r"\b(log ?in|sign[- ]?(in|up)|accounts?|users? can|multi-?user|password)\b", "accounts"),
    (r"\b(notif\w+|reminders? by|push|sms|text me|e-?mail (me|them|us|reminders?))\b", "notifications"),
    (r"\b(payments?|stripe|paypal|charge)\b", "real payments"),
    (r"\b(real-?time|live sync|sync\w* between|collaborat\w+|multiplayer)\b", "sharing between people"),
    (r"\b(upload\w*|photos? of|attach\w*)\b", "uploads"),
    (r"\b(gps|map|weather|exchange rates?|stock prices?|api|chatgpt|gpt|ai[- ]powered)\b", "outside data"),
)


def first_plan(spec: AppSpec) -> Mapping[str, Any]:
    if spec.kind == "landing":
        steps = ["Colours and type", "The opening of the page", *(section.title for section in spec.sections)]
        return {"summary": f"A site for {spec.name}", "steps": steps}
    steps = ["Colours and type"]
    if spec.main and spec.main.samples:
        steps.append(f"What one of the {spec.main.plural} holds, with examples")
    steps += [step_of(page) for page in spec.pages]
    return {"summary": f"{spec.name}: {low(spec.tagline.rstrip('.'))}", "steps": steps}


def step_of(page: Page) -> str:
    """The step of the plan that makes this page."""
    return _VIEW_STEPS.get(page.view, page.title).format(many=page.entity)


def introduction(brief: Brief, spec: AppSpec) -> str:
    parts = [_what_it_is(spec)]
    if spec.kind == "tracker" and not brief.domains:
        parts.append(_guessed(brief))
    beyond = [what for pattern, what in _BEYOND if re.search(pattern, brief.about, re.IGNORECASE)]
    beyond = [what for what in beyond if (spec.kind, what) != ("form", "accounts")]  # "sign up" is what it is for
    if beyond:
        parts.append(f"Not in it: {listing(beyond, 'or')}. The recipes keep everything in the browser. {_CONNECT}")
    parts.append(str(spec.content.get("reply", "")))
    if spec.kind in {"feed", "poll", "form"}:
        parts.append("For now everything stays in this browser: others see it once the app has a backend.")
    examples = suggestions(spec)[:2]
    parts.append(f"Tell me what to change, for example “{examples[0]}” or “{examples[1]}”.")
    return "\n\n".join(part for part in parts if part)


def _what_it_is(spec: AppSpec) -> str:
    name = f"**{spec.name}**"
    if spec.kind == "landing":
        titles = listing([low(section.title) for section in spec.sections])
        forms = "All texts are examples to make your own; the forms keep what is sent in the browser."
        return f"{name} is a one-page site with {titles}. {forms}"
    if spec.kind == "calculator":
        return f"{name} is ready: {low(spec.tagline)} It remembers your numbers."
    if spec.kind in {"timer", "picker"}:
        return f"{name} is ready. {sentence(spec.tagline)} What you set and what came of it is kept."
    entity = spec.main
    if not entity:
        return f"{name} is ready."
    if spec.kind in {"flashcards", "scoreboard", "game", "quiz", "poll", "split", "notes", "blog", "feed", "shop"}:
        count = f"{len(entity.samples)} {entity.plural}"
        return f"{name} is ready, with {count} to begin with. {sentence(spec.tagline)}"
    fields = listing([low(one.label) for one in entity.fields[1:7] if one.type != "days"])
    views = listing([f"*{page.title}*" for page in spec.pages])
    action = f" One click on *{entity.action.label}* notes today." if entity.action else ""
    return (
        f"{name} keeps your {listing([one.plural for one in spec.entities])} with {fields}, on {views}.{action} "
        f"It starts with {len(entity.samples)} examples; delete has an undo."
    )


def _guessed(brief: Brief) -> str:
    if not brief.noun:
        return (
            "I could not make out what it should be about, so this is a general list that works for many things. "
            f"The recipes read plain English best. {_CONNECT}"
        )
    if brief.fields:
        return ""
    return f"I don't know much about {brief.noun}, so I guessed the fields: say “add …” or “remove …” to fit them."


def done(understood: Understood) -> str:
    sentences = [f"{step.sentence}." for step in understood.steps]
    text = "\n".join(f"- {one}" for one in sentences) if len(sentences) > 1 else "".join(sentences)
    if understood.unclear:
        unclear = listing([f"“{_short(one)}”" for one in understood.unclear])
        text += f"\n\nI did not understand {unclear}, so that is left as it was."
    return text


def plan_of(understood: Understood) -> Mapping[str, Any]:
    steps = [step.sentence for step in understood.steps]
    return {"summary": steps[0] if len(steps) == 1 else f"{len(steps)} changes", "steps": steps}


def not_understood(understood: Understood, spec: AppSpec) -> str:
    if understood.already and not understood.unclear:
        return f"Nothing to do: {_inner(listing(list(understood.already)))}. It is that way already."
    lines = "\n".join(f"- “{one}”" for one in suggestions(spec))
    return (
        "I did not understand that, so nothing is changed. No model is connected; the recipes can change names, "
        f"fields, pages, order, colours and examples. In this app, for instance:\n\n{lines}\n\n{_CONNECT}"
    )


def not_ours() -> str:
    return (
        "This app was not written by the recipes (or its overskill.json is gone), so I can't tell what may be changed, "
        f"and changed nothing. {_CONNECT}"
    )


def in_the_way(paths: Sequence[str], understood: Understood) -> str:
    files = listing([f"`{path}`" for path in paths])
    were, them = ("was", "it") if len(paths) == 1 else ("were", "them")
    wanted = listing([_inner(step.sentence) for step in understood.steps])
    return (
        f"To {wanted} I would have to rewrite {files}, which {were} changed by hand since I wrote {them}. "
        "So as not to lose that work I changed nothing. Undo those changes first, or make this one by hand."
    )


def suggestions(spec: AppSpec) -> list[str]:
    """What can be said about this very app."""
    if spec.kind == "landing":
        last = low(spec.sections[-1].title if spec.sections else "contact")
        return [
            "make it dark green",
            "add a FAQ section",
            f"remove the {last} section",
            "change the headline to “…”",
            "rename it to …",
        ]
    if spec.kind == "calculator" or not spec.main:
        return ["make it dark green", "rename it to …", "use a serif font", "dark mode"]
    if spec.kind in {"timer", "picker", "quiz", "split", "flashcards", "scoreboard", "game", "planner", "counter"}:
        return ["make it violet", "rename it to …", "dark mode", "remove the sample data"]
    return _entity_suggestions(spec, spec.main)


def _entity_suggestions(spec: AppSpec, entity: Entity) -> list[str]:
    found = ["make it dark green"]
    if spec.kind == "form":
        return ["add a phone number", "remove the sample data", *found, "rename it to …"]
    if spec.kind in {"expenses", "compare", "attendance", "retro", "invoice"}:
        return [f"rename {entity.plural} to …", *found, "remove the sample data", "rename it to …", "dark mode"]
    if spec.kind == "poll":
        return ["change the question to “…”", "add option …", *found, "rename it to …"]
    if not entity.due:
        found.insert(0, "add a due date and sort by it")
    elif not any(page.view == "calendar" for page in spec.pages):
        found.insert(0, "add a calendar page")
    else:
        found.insert(0, "add a rating")
    if not any(page.view == "insights" for page in spec.pages):
        found.append("add a page with charts")
    removable = [one for one in entity.fields[1:] if one.type != "days"]
    if removable:
        found.append(f"remove the {low(removable[-1].label)} field")
    return [*found, f"rename {entity.plural} to …", "remove the sample data"]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _inner(sentence_: str) -> str:
    return sentence_[:1].lower() + sentence_[1:]
