"""Options side by side, and arguments for and against."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.codenames import EntityCode
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec, Entity


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def matrix(prompt: str) -> Entity:
    spec = planned(prompt)
    assert (spec.kind, spec.pages[0].view) == ("compare", "comparison")
    assert spec.main is not None
    return spec.main


@pytest.mark.parametrize(
    ("prompt", "options"),
    [
        ("compare three job offers by salary, commute, holidays and gut feeling", ["Offer A", "Offer B", "Offer C"]),
        ("what does my commute cost by car vs train vs bike", ["Car", "Train", "Bike"]),
        ("iPhone 16 vs Pixel 9 vs Galaxy S25", ["iPhone 16", "Pixel 9", "Galaxy S25"]),
        ("which phone is better: iPhone or Pixel", ["iPhone", "Pixel"]),
        ("renting vs buying a flat", ["Renting", "Buying a flat"]),
        ("should I buy or rent a house", ["Buy", "Rent a house"]),
        ("compare Netflix, Disney+ and HBO", ["Netflix", "Disney+", "HBO"]),
        ("compare Spain, Portugal and Italy for retirement by cost and weather", ["Spain", "Portugal", "Italy"]),
        ("MacBook Air vs ThinkPad for studying", ["MacBook Air", "ThinkPad"]),
        ("choose between two universities by fees and distance", ["University A", "University B"]),
        ("compare 4 electric cars by range and price", ["Car A", "Car B", "Car C", "Car D"]),
        ("side by side comparison of two houses", ["House A", "House B"]),
        ("is it cheaper to drive or take the train", ["Drive", "Take the train"]),
        (
            "help me decide which of three kindergartens to choose based on distance and cost",
            ["Kindergarten A", "Kindergarten B", "Kindergarten C"],
        ),
        ("rank my options", ["Option A", "Option B", "Option C"]),
        ("compare apartments with rent, size, commute and notes", ["Apartment A", "Apartment B", "Apartment C"]),
    ],
)
def test_options_are_those_that_are_named_or_counted(prompt: str, options: list[str]) -> None:
    assert [row["name"] for row in matrix(prompt).samples] == options


@pytest.mark.parametrize(
    ("prompt", "criteria"),
    [
        (
            "compare three job offers by salary, commute, holidays and gut feeling",
            ["Salary: money", "Commute: number min", "Holidays: number days", "Gut feeling: rating"],
        ),
        (
            "which apartment should we rent: price, size, distance",
            ["Price: money", "Size: number m²", "Distance: number km"],
        ),
        (
            "compare phone plans by price, data, contract length",
            ["Price: money", "Data: number GB", "Contract length: number months"],
        ),
        (
            "compare daycare places: cost, distance, opening hours",
            ["Cost: money", "Distance: number km", "Opening hours: text"],
        ),
        (
            "compare cat food brands by price per kg, protein and how much my cat likes it",
            ["Price per kg: money", "Protein: number g", "How much my cat likes it: rating"],
        ),
        (
            "compare wedding venues by price, capacity, parking",
            ["Price: money", "Capacity: number", "Parking: boolean"],
        ),
    ],
)
def test_criteria_are_those_that_are_named_in_the_right_type(prompt: str, criteria: list[str]) -> None:
    fields = matrix(prompt).fields[1:]
    assert [f"{one.label}: {one.type} {one.unit}".strip() for one in fields] == criteria


def test_less_is_better_where_it_is_spent() -> None:
    spec = planned("compare three job offers by salary, commute, holidays and gut feeling")
    assert spec.content["lower"] == ["commute"]


def test_what_is_known_of_options_is_filled_in() -> None:
    car, _, bike = matrix("what does my commute cost by car vs train vs bike").samples
    assert car["costPerMonth"] > bike["costPerMonth"]  # type: ignore[operator]


def test_no_example_is_the_best_in_everything() -> None:
    offers = matrix("compare three job offers by salary, commute, holidays and gut feeling").samples
    best = [max(offers, key=lambda row: row[one])["name"] for one in ("salary", "holidays")]
    assert len(set(best)) == 2


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("pros and cons of moving to Berlin", "Moving to Berlin"),
        ("pro con list: should I get a dog", "Should I get a dog?"),
        ("pros and cons list for any decision", "Pros and cons"),
    ],
)
def test_pros_and_cons_stand_under_what_they_are_about(prompt: str, title: str) -> None:
    spec = planned(prompt)
    assert (spec.pages[0].view, spec.content["title"]) == ("arguments", title)


def test_pros_and_cons_of_two_things_are_weighed_for_each() -> None:
    entity = planned("pros and cons of renting vs buying").main
    assert entity is not None
    about = entity.field("about")
    assert about is not None
    assert about.options == ("Renting", "Buying")


@pytest.mark.parametrize("word", ["arguments", "package"])
def test_no_word_of_the_language_is_the_name_of_a_variable(word: str) -> None:
    entity = planned("pros and cons of moving").main
    assert entity is not None
    code = EntityCode(Entity(word.rstrip("s"), word, "Box", entity.fields))
    assert word not in {code.one, code.many}


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("compare my expenses month by month", "tracker"),
        ("budget vs actual spending", "tracker"),
        ("player vs computer tic tac toe", "game"),
        ("me vs my brother scoreboard", "scoreboard"),
        ("wins vs losses of our team", "tracker"),
        ("landing page that compares our plans", "landing"),
        ("rank my favourite movies", "tracker"),
        ("let our book club choose between Dune, Circe and Piranesi", "poll"),
        ("what should I watch tonight? keep my movies with a rating", "tracker"),
        ("where the five of us should go on holiday", "poll"),
        ("vote on where to have lunch", "poll"),
        ("income vs expenses chart", "tracker"),
        ("quiz: cats vs dogs", "quiz"),
        ("apartments I have seen, with rent and photos", "tracker"),
        ("can I afford this car? price, down payment, rate, years", "calculator"),
        ("log my runs and compare weeks", "tracker"),
        ("shop with product comparison", "shop"),
        ("blog comparing coffee grinders", "blog"),
    ],
)
def test_lists_votes_games_and_sums_are_other_apps(prompt: str, kind: str) -> None:
    assert planned(prompt).kind == kind
