"""Text in, text out."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import choose_kind, plan_app
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


@pytest.mark.parametrize(
    ("prompt", "tools"),
    [
        ("morse code translator", ["morse"]),
        ("morse code translator with sound", ["morse"]),
        ("binary to text converter", ["binary"]),
        ("caesar cipher for my kids", ["caesar"]),
        ("rot13 tool", ["caesar"]),
        ("pig latin translator", ["pig-latin"]),
        ("reverse text tool", ["reverse"]),
        ("text case converter: upper, lower, title and slug", ["case"]),
        ("word counter with reading time", ["count"]),
        ("character counter", ["count"]),
        ("remove duplicate lines", ["lines"]),
        ("sort lines alphabetically", ["lines"]),
        ("text diff checker", ["diff"]),
        ("make me a strong password", ["password"]),
        ("passphrase generator", ["password"]),
        ("roman numeral converter", ["roman"]),
        ("number to words converter", ["spelled"]),
        ("morse, binary and pig latin translator", ["morse", "pig-latin", "binary"]),
    ],
)
def test_the_tools_are_those_that_are_named(prompt: str, tools: list[str]) -> None:
    spec = planned(prompt)
    assert spec.kind == "texttool"
    assert list(spec.content["tools"].values()) == tools
    assert all(f"src/pages/{page.id}-page.tsx" in write_app(spec) for page in spec.pages)


def test_the_numbers_of_the_prompt_are_set() -> None:
    secret = planned("password generator with 20 characters and no symbols").content["settings"]
    assert (secret["length"], secret["symbols"]) == (20, False)
    assert planned("caesar cipher with shift 5").content["settings"]["shift"] == 5


@pytest.mark.parametrize(
    "prompt",
    [
        "track the word count of my novel per day",
        "password manager for my family",
        "quiz about the roman empire",
        "caesar salad recipes",
        "flashcards for morse code",
        "my secret messages journal",
        "reading time log for my kids",
        "hex bolt inventory",
        "word game for kids",
        "pig farm records",
        "case tracker for a law firm",
        "password change log for the office",
        "convert cups to millilitres and so on",
    ],
)
def test_what_only_speaks_of_such_words_is_another_app(prompt: str) -> None:
    assert choose_kind(read_brief(prompt)) != "texttool"
