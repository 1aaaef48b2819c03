"""Checks of games, quizzes, practice and scores. What chance decides is never looked for."""

from overskill.clients.checker import AcceptanceCheck
from overskill.services.generation.recipes.acceptance.steps import At, check, click, fill, see

# What a game of each kind says once it has begun, and how it begins.
_BEGUN_BY_BUTTON = {"snake": "Pause", "whack": "Seconds"}


def quizzed(at: At) -> list[AcceptanceCheck]:
    return [check("The first question is asked", at.open, click("Start"), see("1 of"))]


def practised(at: At) -> list[AcceptanceCheck]:
    return [
        check("A card that is known is put away", at.open, click("I know it"), see("Progress")),
        check("The sides can be swapped", at.open, click("Swap sides"), see("I know it")),
    ]


def drilled(at: At) -> list[AcceptanceCheck]:
    tasks = at.spec.content.get("round", 10)
    return [check("A round begins", at.open, click(f"Start {tasks} tasks"), click("Check"), see("0"))]


def played(at: At) -> list[AcceptanceCheck]:
    game, title = str(at.spec.content["game"]), str(at.spec.content["title"])
    begun = _BEGUN_BY_BUTTON.get(game)
    if begun:
        return [check("The game begins", at.open, click("Start"), see(begun))]
    return [check("A new game can be begun", at.open, click("New game"), see(title))]


def league(at: At) -> list[AcceptanceCheck]:
    return [check("A result can be entered", at.open, see("Enter a result"), see("Save the result"))]


def rounds(at: At) -> list[AcceptanceCheck]:
    name = str(at.spec.content.get("round", "round"))
    saved = click(f"Save the {name}")
    refused = check(f"A {name} without a score is refused", at.open, saved, see("Enter at least one score"))
    if not at.samples():
        return [refused]
    return [check("A score can be entered", at.open, fill(at.samples()[0], "5"), saved, see("saved")), refused]


def tallied(at: At) -> list[AcceptanceCheck]:
    if not at.samples():
        return []
    side = at.samples()[0]
    return [check("A point can be taken back", at.open, click(f"One less for {side}"), click("Undo"), see(side))]


def dealt(at: At) -> list[AcceptanceCheck]:
    return [check("Cards are made of the words", at.open, click("Make cards"), see("Shuffle"))]


def called(at: At) -> list[AcceptanceCheck]:
    return [
        check("The caller draws a word", at.open, click("Draw the next"), see("1 drawn")),
        check("A card to play on is dealt", at.open, click("Deal me a card"), see("Another game")),
    ]
