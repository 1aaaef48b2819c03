"""Bingo cards."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import choose_kind, plan_app
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


@pytest.mark.parametrize(
    ("prompt", "word", "size", "cards"),
    [
        ("bingo card maker for a baby shower", "Bottle", 5, 8),
        ("wedding bingo for 40 guests", "First dance", 5, 40),
        ("road trip bingo 4x4 for my kids", "Red car", 4, 8),
        ("bingo with numbers 1-75 for 20 players", "75", 5, 20),
        ("bingo", "75", 5, 8),
        ("meeting bingo", "You're on mute", 5, 8),
        ("christmas bingo generator 3x3", "Santa Claus", 3, 8),
        ("bingo cards: apple, pear, plum, cherry, grape", "Plum", 5, 8),
    ],
)
def test_the_cards_hold_words_of_the_occasion(prompt: str, word: str, size: int, cards: int) -> None:
    spec = planned(prompt)
    assert spec.main is not None
    assert (spec.kind, spec.content["size"], spec.content["cards"]) == ("bingo", size, cards)
    assert word in {row["word"] for row in spec.main.samples}
    assert "src/pages/play-page.tsx" in write_app(spec)


@pytest.mark.parametrize("prompt", ["site for our bingo hall", "baby shower guest list", "road trip planner"])
def test_other_apps_are_no_bingo(prompt: str) -> None:
    assert choose_kind(read_brief(prompt)) != "bingo"
