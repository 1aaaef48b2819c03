"""People on places."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import choose_kind, plan_app
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def test_the_formations_of_the_prompt_come_first() -> None:
    spec = planned("football team line up picker 4-4-2 or 4-3-3")
    assert spec.kind == "lineup"
    assert spec.content["formations"][:2] == ["4-4-2", "4-3-3"]
    assert '"4-4-2"' in write_app(spec)["src/lib/places.ts"]


@pytest.mark.parametrize(
    ("prompt", "groups", "seats", "group"),
    [
        ("table plan 10 tables of 8", 10, 8, "Table"),
        ("seating chart for my classroom with 4 rows of 6", 4, 6, "Row"),
        ("seating chart for our wedding", 4, 6, "Table"),
        ("wedding seating plan, 12 tables with 10 seats each", 12, 10, "Table"),
    ],
)
def test_tables_and_rows_are_as_many_as_named(prompt: str, groups: int, seats: int, group: str) -> None:
    content = planned(prompt).content
    assert (content["groups"], content["seats"], content["group"]) == (groups, seats, group)


def test_the_people_of_the_prompt_are_those_to_be_placed() -> None:
    spec = planned("seating chart for Anna, Ben, Carla and Dan")
    assert spec.main is not None
    assert [row["name"] for row in spec.main.samples] == ["Anna", "Ben", "Carla", "Dan"]


@pytest.mark.parametrize(
    "prompt",
    [
        "page for our festival with the line-up",
        "who is coming to our wedding, what they eat and where they sit",
        "football league table for our club",
        "restaurant table reservations",
        "multiplication table practice",
        "track my car seats inventory",
    ],
)
def test_other_apps_are_no_line_up(prompt: str) -> None:
    assert choose_kind(read_brief(prompt)) != "lineup"
