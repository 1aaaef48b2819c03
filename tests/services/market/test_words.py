"""What people may write on their pages: what is seen is what is there."""

import pytest

from overskill.errors import InvalidInput
from overskill.services.market.words import line, paragraphs


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u200e", "\u202e", "\u2066", "\U000e0041", "\u3164", "\u2800", "\x07"],
)
def test_what_nobody_sees_is_not_kept(unseen: str) -> None:
    assert line(f"Ha{unseen}bits{unseen}", "A title", most=80, field="title") == "Habits"
    assert paragraphs(f"Ha{unseen}bits\nof{unseen} mine", "A text", most=80, field="text") == "Habits\nof mine"


@pytest.mark.parametrize("blank", ["\u200b\u200b", "\u3164 \u3164", "\u2800", "\u200d", "\u00a0"])
def test_a_name_of_nothing_is_none(blank: str) -> None:
    with pytest.raises(InvalidInput, match="missing"):
        line(blank, "A name", most=80, field="name", least=1)


def test_marks_do_not_cover_the_lines_around() -> None:
    assert line("H" + "\u0336" * 60 + "abits", "A title", most=80, field="title") == "H" + "\u0336" * 4 + "abits"


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "\u0e19\u0e49\u0e33",  # Thai
        "Vi\u1ec7t Nam",
        "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",  # Hebrew with its points
        "\u2764\ufe0f",
    ],
)
def test_what_scripts_and_emoji_are_made_of_is_kept(text: str) -> None:
    assert line(text, "A title", most=80, field="title") == text
