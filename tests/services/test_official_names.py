"""Nobody passes for this site or its staff."""

import pytest

from overskill.errors import InvalidInput
from overskill.services.official_names import refuse_official


@pytest.mark.parametrize(
    "name",
    [
        "OverSkill",
        "Over Skill",
        "The OverSkill Team",
        "O.v.e.r-S_k_i_l_l",
        "\u041ever\u0405kill",  # Cyrillic
        "0ver5ki11",
        "Over\u200bSkill",
        "O\u0308ver\u200dSk\u00efll",
        "\uff2f\uff36\uff25\uff32\uff33\uff2b\uff29\uff2c\uff2c",  # full width
        "\U0001d4de\U0001d4bf\U0001d4ee\U0001d4fb skill".replace("\U0001d4bf", "v"),  # as in mathematics
        "\u1d0f\u1d20\u1d07\u0280\ua731\u1d0b\u026a\u029f\u029f",  # small capitals
        "Support",
        "Official Support",
        "\u0410dmin",
        "st\u0430ff",
        "Ada \u2705",
        "Ada \u2714\ufe0f",
    ],
)
def test_a_name_that_looks_official_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        refuse_official(name, field="name")
    assert caught.value.field == "name"


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace",
        "Skill Over Luck",
        "Supporters of Ada",
        "Team Rocket",
        "\u041e\u043b\u044c\u0433\u0430",
        "\u0395\u03bb\u03ad\u03bd\u03b7",
        "Zo\u00eb O'Neill",
        "\u6797\u7f8e\u7389",
        "",
    ],
)
def test_any_other_name_is_fine(name: str) -> None:
    refuse_official(name, field="name")
