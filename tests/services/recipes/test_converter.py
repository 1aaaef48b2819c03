"""Converters open on what was named."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


@pytest.mark.parametrize(
    ("prompt", "start", "end", "title"),
    [
        ("kg to pounds", "kilograms", "pounds", "Kilograms to pounds"),
        ("celsius to fahrenheit", "celsius", "fahrenheit", "Celsius to Fahrenheit"),
        ("miles to km", "miles", "kilometres", "Miles to kilometres"),
        ("feet and inches to cm", "inches", "centimetres", "Inches to centimetres"),
        ("convert cups to millilitres and so on", "US cups", "millilitres", "US cups to millilitres"),
        ("euro to dollar converter", "EUR", "USD", "Euro to dollar"),
        ("pounds to dollars", "GBP", "USD", "Pounds to dollars"),
        ("cups to grams converter for flour, sugar, butter and rice", "US cups", "grams", "Cups to grams"),
        ("tablespoons to grams for honey", "tablespoons", "grams", "Tablespoons to grams"),
        ("convert 200 g butter to cups", "grams", "US cups", "Grams to cups"),
    ],
)
def test_a_converter_opens_on_the_units_that_are_named(prompt: str, start: str, end: str, title: str) -> None:
    spec = planned(prompt)
    assert (spec.content["from"], spec.content["to"], spec.pages[0].title) == (start, end, title)
    assert f'title="{title}"' in write_app(spec)["src/pages/converter-page.tsx"]


def test_the_ingredients_of_the_prompt_come_first() -> None:
    spec = planned("cups to grams converter for flour, brown sugar, butter and rice")
    named = spec.content["foods"][: spec.content["named"]]
    assert [name for name, _ in named] == ["Flour", "Brown sugar", "Butter", "Rice"]


def test_the_amount_of_the_prompt_is_entered() -> None:
    assert planned("convert 200 g butter to cups").content["amount"] == 200


@pytest.mark.parametrize(
    "prompt", ["unit converter", "my weight in kg and pounds every week", "a log of miles to work every day"]
)
def test_nothing_is_opened_that_was_not_asked_for(prompt: str) -> None:
    assert "from" not in planned(prompt).content
