"""Totals that follow from a quantity and its price for one."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import Entity


def main_of(prompt: str) -> Entity:
    main = plan_app(read_brief(prompt)).main
    assert main is not None
    return main


@pytest.mark.parametrize(
    ("prompt", "label", "formula"),
    [
        ("every fill up of my van with date, litres, price per litre", "Cost", ("litres", "pricePerLitre")),
        ("timesheet with client, hours, hourly rate and total", "Total", ("hours", "hourlyRate")),
        ("wool I buy: colour, quantity, price each", "Cost", ("quantity", "price")),
    ],
)
def test_a_quantity_and_a_price_for_one_make_a_total(prompt: str, label: str, formula: tuple[str, str]) -> None:
    entity = main_of(prompt)
    total = next(field for field in entity.fields if field.label == label)
    assert total.formula == formula
    for row in entity.samples:
        assert row[total.id] == round(float(row[formula[0]]) * float(row[formula[1]]), 2)


def test_a_price_alone_has_no_total() -> None:
    assert not any(field.formula for field in main_of("hotels: name, price per night, distance").fields)
