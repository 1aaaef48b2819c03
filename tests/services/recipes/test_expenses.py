"""Costs that a few people share."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def people(spec: AppSpec) -> tuple[str, ...]:
    assert spec.main is not None
    payer = spec.main.field("paidBy")
    return payer.options if payer else ()


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("an app for couples to track who paid for what and who owes who", 2),
        ("trip costs shared by 5 friends", 5),
        ("roommate expenses", 3),
        ("settle up after a weekend trip with 6 people", 6),
        ("utility bills shared by three flatmates", 3),
        ("shared expenses with my girlfriend", 2),
    ],
)
def test_those_who_share_are_as_many_as_the_prompt_says(prompt: str, count: int) -> None:
    spec = planned(prompt)
    assert (spec.kind, len(people(spec))) == ("expenses", count)


def test_those_who_are_named_share() -> None:
    assert people(planned("a splitwise clone for Anna, Ben and Mia")) == ("Anna", "Ben", "Mia")


def test_words_that_follow_friends_are_no_names() -> None:
    assert people(planned("vacation with friends: log expenses and see who owes whom")) == ("Alex", "Sam", "Robin")


def test_who_is_asked_about_takes_part() -> None:
    assert people(planned("track who owes me money"))[0] == "Me"


def test_whom_it_is_for_is_said() -> None:
    assert "couples" in planned("an app for couples to track who paid for what and who owes who").tagline


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("help me split rent with roommates", "split"),
        ("split the bill at a restaurant", "split"),
        ("group expenses by category", "tracker"),
        ("family budget", "tracker"),
        ("invoices and who has paid", "tracker"),
        ("track my business expenses", "tracker"),
        ("team expenses by project", "tracker"),
    ],
)
def test_one_amount_and_the_costs_of_one_person_are_other_apps(prompt: str, kind: str) -> None:
    assert planned(prompt).kind == kind
