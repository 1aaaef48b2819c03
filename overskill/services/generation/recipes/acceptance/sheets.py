"""Checks of boards, plans, votes and forms."""

from overskill.clients.checker import AcceptanceCheck, BrowserStep
from overskill.services.generation.recipes.acceptance.steps import At, check, choose, click, fill, press, see
from overskill.services.generation.recipes.phrases import WEEKDAYS
from overskill.services.generation.recipes.spec import Field

_RADIOS = 7  # options that a form shows side by side
_TYPED = {
    "text": "Trial answer",
    "longtext": "A trial answer",
    "email": "ana@example.com",
    "phone": "555 0100",
    "number": "3",
    "money": "3",
    "date": "2031-05-17",
    "time": "14:30",
    "url": "https://example.com",
}


def ideas(at: At) -> list[AcceptanceCheck]:
    return [
        check(
            f"What is added to {column} is shown",
            at.open,
            fill(f"Add to {column}", f"Trial {number}"),
            press("Enter"),
            see(f"Trial {number}"),
        )
        for number, column in enumerate(_columns(at)[:3], start=1)
    ]


def _columns(at: At) -> tuple[str, ...]:
    column = at.entity.stage or next(iter(at.entity.of_type("select")), None)
    return column.options if column else ()


def arguments(at: At) -> list[AcceptanceCheck]:
    return [
        check(
            f"{label} that is added is shown",
            at.open,
            fill(f"Add {label.lower()}", f"Trial: {label.lower()}"),
            press("Enter"),
            see(f"Trial: {label.lower()}"),
        )
        for label in ("A pro", "A con")
    ]


def comparison(at: At) -> list[AcceptanceCheck]:
    added = check(
        "A criterion can be added",
        at.open,
        fill("Another criterion", "Trial criterion"),
        press("Enter"),
        click("Delete Trial criterion"),
    )
    return [added, check(f"{at.many.capitalize()} have names", at.open, fill("Name", "Trial"), see("Trial"))]


def planned(at: At) -> list[AcceptanceCheck]:
    """A cell that is empty for sure: next week's, or one that no example is in."""
    day = at.entity.field("day")
    cell = _empty_cell(at)
    if not cell:
        return []
    turned = [click("Next week")] if day is None or day.type == "date" else []
    written = (fill(f"Add to {cell}", at.unheard_of), press("Enter"), see(at.unheard_of))
    return [check("What is written into a day is shown", at.open, *turned, click(f"Add to {cell}"), *written)]


def _empty_cell(at: At) -> str:
    content = at.spec.content
    day = at.entity.field("day")
    slot = at.entity.field(str(content.get("slot", "")))
    slots = slot.options if slot and slot.type == "select" else ("",)
    is_dated = day is None or day.type == "date"
    names = [WEEKDAYS[one] for one in content.get("days", range(7))] if is_dated or not day else list(day.options)
    taken = {(row.get("day"), row.get(slot.id, "") if slot else "") for row in at.entity.samples}
    free = [(one, part) for one in names for part in slots if is_dated or (one, part) not in taken]
    return ", ".join(part for part in free[0] if part) if free else ""


def needed(at: At) -> list[AcceptanceCheck]:
    typed = fill("Something else to buy", "Trial item")
    return [check("Something else can be put on the list", at.open, typed, press("Enter"), click("Remove Trial item"))]


def voted(at: At) -> list[AcceptanceCheck]:
    suggest = fill("Another option", at.unheard_of)
    suggested = check(
        "An option that is suggested is put to the vote", at.open, suggest, press("Enter"), see(at.unheard_of)
    )
    return [suggested, check("The votes can be cleared", at.open, click("Start over"), see("Clear all votes?"))]


def asked(at: At) -> list[AcceptanceCheck]:
    """What has to be answered is asked for; a form that is complete is thanked for."""
    content = at.spec.content
    button, thanks = str(content.get("button", "Send")), str(content.get("thanks", "Thank you!"))
    required = [one for one in at.entity.fields if one.required and one.id != "sentOn"]
    refused = check("A form without its answers is refused", at.open, click(button), see(_complaint(required)))
    answers = [_answer(one) for one in required]
    checks = [refused] if required else []
    if all(answers):
        given = [step for step in answers if step]
        checks.insert(0, check("A form that is filled in is taken", at.open, *given, click(button), see(thanks)))
    return checks


def _complaint(required: list[Field]) -> str:
    """What the first of them that is empty says."""
    first = required[0] if required else Field("none", "None")
    if first.type == "boolean":
        return "This needs your tick."
    if first.type in {"rating", "select"} or first.unit == "of 10":
        return "Choose one."
    return "Enter a number." if first.type in {"number", "money"} else "This needs an answer."


def _answer(field: Field) -> BrowserStep | None:
    """None where a click on a star or a scale is wanted."""
    label = f"{field.label} ({field.unit}) *" if field.unit and field.unit != "of 10" else f"{field.label} *"
    if field.type == "rating" or field.unit == "of 10":
        return None
    if field.type == "boolean":
        return click(label)
    if field.type == "select":
        return click(field.options[0]) if len(field.options) <= _RADIOS else choose(label, field.options[0])
    return fill(label, _TYPED[field.type]) if field.type in _TYPED else None


def seated(at: At) -> list[AcceptanceCheck]:
    steps = (click("Fill the free places"), click("Clear"), see("All places are free"))
    return [check("The places can be filled and cleared", at.open, *steps)]
