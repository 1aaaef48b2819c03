"""Weeks laid out as a grid: which prompts get one, with which days, rows and examples."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from tests.services.recipes.turns import prose, started


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def main(spec: AppSpec) -> Entity:
    assert spec.main is not None
    return spec.main


def rows(spec: AppSpec) -> tuple[str, ...]:
    slot: Field | None = main(spec).field(spec.content["slot"])
    return slot.options if slot else ()


def titles(spec: AppSpec) -> set[str]:
    return {str(row[main(spec).title.id]) for row in main(spec).samples}


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("a meal planner for the week", "Breakfast"),
        ("plan our dinners monday to friday", "Dinner"),
        ("meal prep plan for the week with snacks", "Snack"),
        ("my class timetable", "Mathematics"),
        ("class timetable with math, physics and art, 6 periods a day", "Physics"),
        ("weekly schedule for the kids' activities", "Piano"),
        ("weekly schedule for Emma and Noah: swimming, piano, soccer", "Noah"),
        ("study planner for my finals", "Study planner for my finals"),
        ("study schedule for biology, chemistry and maths, weekdays only", "Chemistry"),
        ("cleaning schedule by day", "Clean the bathroom"),
        ("cleaning schedule by day: kitchen, bathroom, windows, floors", "Windows"),
        ("workout plan monday to sunday", "Squats"),
        ("a 5 day gym plan: chest, back, legs, shoulders, arms", "Shoulders"),
        ("marathon training plan by week days", "Tempo run"),
        ("rota for the food bank volunteers", "Rota for the food bank volunteers"),
        ("volunteer rota with morning and evening shifts for Anna, Ben, Carla and Dev", "Carla"),
        ("shift schedule for my cafe staff, early, late and night shifts", "Night"),
        ("content calendar for instagram", "Reel"),
        ("social media calendar for instagram, tiktok and linkedin", "LinkedIn"),
        ("lesson plan", "Materials"),
        ("lesson plan for grade 5 science", "Science: project"),
        ("weekly planner from 9 to 5", "16:00"),
        ("hourly planner for my day", "8:00"),
        ("homeschool schedule for my 3 kids", "Homeschool schedule for my 3 kids"),
        ("i want a planner for my week", "Planner for my week"),
        ("timetable for our yoga studio", "Beginners"),
        ("bin rota for the flat", "Bin rota for the flat"),
        ("dog walking rota for weekends", "Dog walking rota for weekends"),
        ("who cooks which day, for our shared house", "Who"),
        ("on-call roster for the engineering team", "On-call roster for the engineering team"),
        ("posting schedule for my bakery's instagram and facebook", "Facebook"),
        ("teacher planner with 5 periods", "Period 5"),
        ("vegan meal plan for the week", "Tofu stir-fry"),
        ("weekly dinner menu for a family of 4", "family of 4"),
        ("ramadan meal planner with suhoor and iftar", "Iftar"),
        ("training schedule for my football team tuesday and thursday", "Teamwork and tactics"),
        ("youtube content planner with ideas", "Short"),
        ("weekly cleaning rota for 5 housemates", "Laundry"),
        ("babysitting schedule", "Babysitting schedule"),
    ],
)
def test_a_week_is_a_grid_that_shows_what_was_named(prompt: str, shown: str) -> None:
    spec = planned(prompt)
    assert spec.kind == "planner"
    assert shown in str(spec)


@pytest.mark.parametrize(
    "prompt",
    [
        "our volunteer shifts at the animal shelter on a calendar",
        "let people book a haircut with me",
        "appointment calendar for my practice",
        "schedule appointments with patients",
        "room booking calendar",
        "plan the family trip to Portugal",
        "wedding planner",
        "travel planner",
        "party planning checklist",
        "garden planner",
        "budget planner",
        "a habit tracker with streaks",
        "daily routine with check-ins",
        "workout log",
        "to-do list for today",
        "project plan with milestones",
        "a place for grandma's recipes",
        "landing page for a meal planning service",
        "website for my yoga studio with class timetable and contact form",
        "rehearsals and concerts of our choir",
        "time tracking for projects",
        "vote on where to have lunch",
    ],
)
def test_what_is_no_week_stays_what_it_is(prompt: str) -> None:
    assert planned(prompt).kind != "planner"


@pytest.mark.parametrize(
    ("prompt", "days"),
    [
        ("plan our dinners monday to friday", [0, 1, 2, 3, 4]),
        ("study planner, weekdays only", [0, 1, 2, 3, 4]),
        ("dog walking rota for weekends", [5, 6]),
        ("workout plan for mondays, wednesdays and fridays", [0, 2, 4]),
        ("church volunteer roster for sundays", [6]),
        ("meal planner for the week", [0, 1, 2, 3, 4, 5, 6]),
        ("my class timetable", [0, 1, 2, 3, 4]),
    ],
)
def test_the_days_come_from_the_prompt(prompt: str, days: list[int]) -> None:
    assert planned(prompt).content["days"] == days


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("volunteer rota with morning and evening shifts", ("Morning", "Evening")),
        ("shift plan for the bar, shifts: opening, mid, closing", ("Opening", "Mid", "Closing")),
        ("plan our dinners for the week", ("Dinner",)),
        ("class timetable with 4 periods", ("Period 1", "Period 2", "Period 3", "Period 4")),
        ("weekly planner from 2pm to 5pm", ("14:00", "15:00", "16:00")),
        ("cleaning schedule by day", ()),
    ],
)
def test_the_rows_come_from_the_prompt(prompt: str, expected: tuple[str, ...]) -> None:
    assert rows(planned(prompt)) == expected


def test_meals_come_with_a_list_of_what_they_need() -> None:
    assert [page.title for page in planned("meal planner for the week").pages] == ["Week", "Shopping list"]


def test_a_vegan_week_has_no_eggs() -> None:
    examples = str(main(planned("vegan meal planner for the week")).samples).lower()
    assert not [word for word in ("eggs", "chicken", "feta", "honey", "salmon") if word in examples]


def test_a_timetable_is_the_same_every_week_and_a_rota_is_not() -> None:
    kinds = {prompt: main(planned(prompt)).field("day") for prompt in ("my class timetable", "rota for the shop")}
    assert [field.type for field in kinds.values() if field] == ["select", "date"]


def test_people_that_are_named_are_on_the_rota() -> None:
    assert titles(planned("rota for Anna, Ben and Carla at the kiosk")) == {"Anna", "Ben", "Carla"}


def test_a_field_more_reaches_the_week() -> None:
    chat = started("rota for the food bank volunteers")
    assert "add" in prose(chat.say("add a phone number")).lower()
    assert "phone" in chat.files["src/components/shift-dialog.tsx"].lower()


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        (
            "timetable for a homeschool family with maths, reading, science, art and outdoor time",
            {"Maths", "Reading", "Science", "Art", "Outdoor time"},
        ),
        ("weekly plan with piano, football and swimming for my kids", {"Piano", "Football", "Swimming"}),
        ("meal plan for the week with tacos, curry, soup and pizza", {"Tacos", "Curry", "Soup", "Pizza"}),
    ],
)
def test_what_is_named_is_all_that_the_cells_hold(prompt: str, things: set[str]) -> None:
    spec = planned(prompt)
    assert titles(spec) == things
    assert not things & {one.label for one in main(spec).fields}
