"""Totals that follow from what is entered: litres and a price per litre make a cost."""

import re
from collections.abc import Mapping
from dataclasses import replace

from overskill.services.generation.recipes.spec import Entity, Field, Sample, SampleValue
from overskill.services.generation.recipes.words import singularize

_PER_ONE = re.compile(r"\b(?:per|a|each) (\w+)$|^(?:unit price|price each|hourly rate|rate|day rate)$", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:total|amount|sum|cost|total (?:cost|price|amount)|subtotal|line total|earnings|"
    r"pay)$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"^(?:quantity|qty|amount|number|count|how many|units|pieces|hours)\b", re.IGNORECASE)
_SHORT = {"hourly rate": "hour", "day rate": "day"}


def with_total(entity: Entity) -> Entity:
    """With the product of a quantity and its price for one: in the field that is there for it, or in one more."""
    rate = next((one for one in entity.of_type("money") if _PER_ONE.search(one.label)), None)
    quantity = _quantity_for(entity, rate) if rate else None
    if not rate or not quantity:
        return entity
    formula = (quantity.id, rate.id)
    own = next((one for one in entity.fields[1:] if one.id != rate.id and _TOTAL.match(one.label)), None)
    total = replace(own, type="money", formula=formula) if own else Field("cost", "Cost", "money", formula=formula)
    fields = tuple(total if one.id == total.id else one for one in entity.fields)
    if not own:
        place = fields.index(rate) + 1
        fields = (*fields[:place], total, *fields[place:])
    return replace(entity, fields=fields)


def computed(row: Sample, entity: Entity) -> dict[str, SampleValue]:
    """`row` with what its computed fields come to."""
    values = dict(row)
    for field in entity.fields:
        if field.formula:
            values[field.id] = _product(values, field.formula)
    return values


def _product(values: Mapping[str, SampleValue], formula: tuple[str, ...]) -> float:
    product = 1.0
    for one in formula:
        product *= float(values.get(one, 0))
    return round(product, 2)


def _quantity_for(entity: Entity, rate: Field) -> Field | None:
    found = _PER_ONE.search(rate.label)
    unit = (found[1] if found else None) or _SHORT.get(rate.label.lower(), "")
    numbers = entity.of_type("number")
    same = [one for one in numbers if unit and singularize(unit.lower()) in _words(one)]
    return next(iter(same or [one for one in numbers if _QUANTITY.match(one.label)]), None)


def _words(field: Field) -> set[str]:
    return {singularize(word) for word in field.label.lower().split()}
