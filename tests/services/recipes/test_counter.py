"""Counters: what is counted, in which unit, toward which goal."""

from typing import Any

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def counted(prompt: str) -> dict[str, Any]:
    found: dict[str, Any] = planned(prompt).content["counters"]["today"]
    return found


def tallies(prompt: str) -> list[str]:
    spec = planned(prompt)
    assert spec.main is not None
    return [str(row["name"]) for row in spec.main.samples]


@pytest.mark.parametrize(
    ("prompt", "unit", "goal"),
    [
        ("track how much water i drink", "ml", 2000),
        ("water intake tracker with a goal of 3 litres", "ml", 3000),
        ("8 glasses of water a day", "glasses", 8),
        ("drink more water", "ml", 2000),
        ("count my steps", "steps", 10000),
        ("step counter with a goal of 8,000", "steps", 8000),
        ("daily steps 12k", "steps", 12000),
        ("cigarettes per day", "cigarettes", 8),
        ("i want to smoke less, max 5 cigarettes a day", "cigarettes", 5),
        ("push-up counter", "push-ups", 50),
        ("sit-ups counter, 100 a day", "sit-ups", 100),
        ("coffee intake", "coffees", 3),
        ("how many coffees do i drink", "coffees", 3),
        ("calorie counter", "kcal", 2000),
        ("calorie counter, 1800 kcal a day", "kcal", 1800),
        ("pages read per day", "pages", 20),
        ("reading tracker: 30 pages a day", "pages", 30),
        ("log my daily push ups with goal 60", "push-ups", 60),
        ("minutes of piano practice per day", "minutes", 30),
        ("screen time limit for the kids, 90 minutes", "minutes", 90),
        ("track screen time, under 2 hours", "hours", 2),
        ("protein tracker 150 g", "g", 150),
        ("word count goal: 1000 words per day for my novel", "words", 1000),
        ("count how many times I say um", "times", 0),
    ],
)
def test_what_is_counted_has_its_unit_and_goal(prompt: str, unit: str, goal: float) -> None:
    assert planned(prompt).kind == "counter"
    assert (counted(prompt)["many"], counted(prompt)["goal"]) == (unit, goal)


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("count visitors at the door", ["Adults", "Children"]),
        ("people in and out counter for the museum", ["In", "Out"]),
        ("count red cars, blue cars and white cars", ["Red cars", "Blue cars", "White cars"]),
        ("count the dogs I see", ["Dogs"]),
        ("row counter for knitting", ["Rows"]),
        ("lap counter for swimming", ["Laps"]),
        ("click counter", ["Count"]),
    ],
)
def test_what_is_counted_one_by_one_is_a_tally(prompt: str, names: list[str]) -> None:
    assert planned(prompt).pages[0].view == "tallies"
    assert tallies(prompt) == names


@pytest.mark.parametrize(
    "prompt",
    [
        "a habit tracker with streaks",
        "water as a daily habit with streaks, a habit tracker",
        "how many calories do I need",
        "how many pizzas do I need for 20 people",
        "word counter",
        "countdown to the holidays",
        "landing page for a calorie counter app",
        "score counter for board games",
        "time tracking for projects",
        "track my expenses",
        "kitchen inventory",
        "my running log, with charts please",
        "reading list",
        "workout log",
        "medicine reminder for my dad, dark mode",
        "save for a house",
        "every beer I tasted, with a score and where it was",
        "coffee beans I have tried, with roaster, origin, price and rating",
    ],
)
def test_what_is_no_counter_stays_what_it_is(prompt: str) -> None:
    assert planned(prompt).kind != "counter"


@pytest.mark.parametrize(("prompt", "is_less"), [("cigarettes per day", True), ("count my steps", False)])
def test_less_is_better_where_it_is(prompt: str, is_less: bool) -> None:
    assert counted(prompt)["less"] is is_less


def test_several_things_to_count_get_a_page_each_in_their_order() -> None:
    assert [page.title for page in planned("track water, coffee and steps").pages] == ["Water", "Coffees", "Steps"]


def test_a_limit_is_kept() -> None:
    assert planned("people counter for our shop, max 50").content["limit"] == 50


def test_what_one_is_worth_makes_a_total() -> None:
    spec = plan_app(read_brief("swim lap counter with pool length and total distance"))
    assert spec.content["worth"] == {"each": "Pool length", "total": "Total distance", "amount": 25, "unit": "m"}
    assert "total distance" in write_app(spec)["src/pages/count-page.tsx"]
