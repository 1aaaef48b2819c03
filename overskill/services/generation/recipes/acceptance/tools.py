"""Checks of calculators, timers, what chance decides, texts and counters."""

from overskill.clients.checker import AcceptanceCheck
from overskill.services.generation.recipes.acceptance.steps import At, check, click, fill, press, see

# What is typed into a text tool, and what becomes of it
_REWRITTEN = {
    "case": ("the old man", "The Old Man"),
    "reverse": ("stressed", "desserts"),
    "morse": ("sos", "... --- ..."),
    "binary": ("Hi", "01001000 01101001"),
    "roman": ("2026", "MMXXVI"),
    "caesar": ("Meet", "Text"),
    "pig-latin": ("happy", "appyhay"),
    "lines": ("beta", "beta"),
    "spelled": ("42", "forty-two"),
}


def calculated(at: At) -> list[AcceptanceCheck]:
    """The result stays there whatever is typed, and reset brings the first values back."""
    content = at.spec.content
    label, lowest = str(content["inputs"][0][1]), content["inputs"][0][3]
    result = str(content["results"][0][0])
    return [
        check("The result follows what is typed", at.open, fill(label, str(lowest)), see(result)),
        check("Reset begins again", at.open, fill(label, str(lowest)), click("Reset"), see(result)),
    ]


def converted(at: At) -> list[AcceptanceCheck]:
    swap = "Swap the currencies" if "rate" in at.spec.content else "Swap the units"
    return [
        check("An amount is converted", at.open, fill("Amount", "3"), see("3")),
        check("Both can be swapped", at.open, click(swap), see(at.page.title)),
    ]


def keyed(at: At) -> list[AcceptanceCheck]:
    return [check("The keys write a number", at.open, click("7"), click("8"), see("78"))]


def split(at: At) -> list[AcceptanceCheck]:
    return [check("Someone can be added", at.open, click("Add"), click("Split evenly"), see("Who pays what"))]


def started(at: At) -> list[AcceptanceCheck]:
    return [
        check("The clock starts and pauses", at.open, click("Start"), click("Pause"), see("Go on")),
        check("A step can be skipped", at.open, click("Skip"), click("Reset"), see("Start")),
    ]


def stopped(at: At) -> list[AcceptanceCheck]:
    return [
        check("The watch starts and stops", at.open, click("Start"), click("Stop"), see("Go on")),
        check("A lap can be taken", at.open, click("Start"), click("Lap"), see("This lap")),
    ]


def counted_down(at: At) -> list[AcceptanceCheck]:
    return [check("Days and hours are counted", at.open, see("Days"), see("Hours"), see("Minutes"))]


def picked(at: At) -> list[AcceptanceCheck]:
    return [_entered(at)]


def grouped(at: At) -> list[AcceptanceCheck]:
    first = at.samples()[0] if at.samples() else at.page.title
    return [check("Everybody is in a group", at.open, press("Space"), see("Again"), see(first)), _entered(at)]


def ordered(at: At) -> list[AcceptanceCheck]:
    first = at.samples()[0] if at.samples() else at.page.title
    return [check("An order is drawn", at.open, click("Shuffle"), see(first)), _entered(at)]


def paired(at: At) -> list[AcceptanceCheck]:
    return [check("The names are drawn", at.open, click("Draw"), see("Draw again")), _entered(at)]


def rolled(at: At) -> list[AcceptanceCheck]:
    content = at.spec.content
    roll = f"Roll {content['count']}d{content['sides']}"
    return [check("The dice can be rolled", at.open, click(roll), see("History"))]


def flipped(at: At) -> list[AcceptanceCheck]:
    return [check("The coin can be flipped", at.open, click("Flip the coin"), see("Heads"), see("Tails"))]


def drawn(at: At) -> list[AcceptanceCheck]:
    return [check("Numbers can be drawn", at.open, click("Draw"), see("History"))]


def rewritten(at: At) -> list[AcceptanceCheck]:
    tool = str(at.spec.content["tools"][at.page.id])
    if tool in _REWRITTEN:
        text, result = _REWRITTEN[tool]
        shift = [fill("Letters to move by (13 is ROT13)", "7")] if tool == "caesar" else []
        return [check(f"{at.page.title}: the text is rewritten", at.open, *shift, fill("Your text", text), see(result))]
    if tool == "count":
        return [check("Words are counted", at.open, fill("Your text", "one two three"), see("Words"), see("3"))]
    if tool == "diff":
        typed = (fill("Before", "one"), fill("After", "two"))
        return [check("Two texts are compared", at.open, *typed, see("one"), see("two"))]
    return [check("A password is made", at.open, see("bits"))]


def counted(at: At) -> list[AcceptanceCheck]:
    unit = at.spec.content.get("counters", {}).get(at.page.id, {}).get("many", "times")
    return [
        check("An amount is added", at.open, fill(f"Amount in {unit}", "7"), press("Enter"), see("added")),
        check("The last days are shown", at.open, see("Last 14 days")),
    ]


def tapped(at: At) -> list[AcceptanceCheck]:
    title = at.unheard_of
    named = (fill("Something else to count", title), press("Enter"))
    return [check("Something else can be counted", at.open, *named, click(f"One more: {title}, now 0"), see("1"))]


def _entered(at: At) -> AcceptanceCheck:
    name = at.unheard_of
    typed = (fill(f"Add {at.many}", name), press("Enter"), click(f"Remove {name}"))
    return check(f"{at.article.capitalize()} {at.one} can be added and removed", at.open, *typed)
