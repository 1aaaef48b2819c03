"""Documents with lines and totals."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


@pytest.mark.parametrize(
    ("prompt", "plural", "quantity", "rate"),
    [
        (
            "invoice maker for freelance translators, with words, rate per word and total",
            "invoices",
            "Words",
            "Rate per word",
        ),
        ("quote generator for a painter", "quotes", "Square metres", "Price per m²"),
        ("timesheet invoice by the hour", "invoices", "Hours", "Hourly rate"),
        ("invoicing for photographers with day rate", "invoices", "Days", "Day rate"),
        ("a tool to write quotes for my catering company, price per guest", "quotes", "Guests", "Price per guest"),
        ("tutoring invoice: lessons, price per lesson, total", "invoices", "Lessons", "Price per lesson"),
        ("simple invoice for dog walkers, price per walk", "invoices", "Walks", "Price per walk"),
        ("hourly timesheet that turns into an invoice", "invoices", "Hours", "Hourly rate"),
        ("receipt maker", "receipts", "Quantity", "Price"),
        ("order form totals", "orders", "Quantity", "Price"),
        ("estimate generator for a house painter", "estimates", "Square metres", "Price per m²"),
        ("purchase orders for our workshop with items, quantity and price", "orders", "Quantity", "Price"),
        ("create invoices for my cleaning business", "invoices", "Hours", "Hourly rate"),
        ("pro forma invoice template", "invoices", "Hours", "Hourly rate"),
    ],
)
def test_lines_have_the_columns_that_are_named_or_usual(prompt: str, plural: str, quantity: str, rate: str) -> None:
    spec = planned(prompt)
    assert spec.main is not None
    assert (spec.kind, spec.main.plural) == ("invoice", plural)
    assert (spec.content["quantity"], spec.content["rate"]) == (quantity, rate)


def test_tax_and_currency_are_those_of_the_prompt() -> None:
    spec = planned("estimate generator for a house painter with 19% VAT in euros")
    assert spec.main is not None
    tax = spec.main.field("tax")
    assert tax is not None
    assert (tax.label, spec.main.samples[0]["tax"], spec.content["currency"]) == ("VAT", 19.0, "EUR")
    assert 'currency: "EUR"' in write_app(spec)["src/lib/totals.ts"]


def test_what_else_a_document_is_to_have_is_a_field() -> None:
    spec = planned("invoice maker with project and purchase order number")
    assert spec.main is not None
    assert {"Project", "Purchase order number"} <= {field.label for field in spec.main.fields}
    assert spec.main.plural == "invoices"


def test_what_the_lines_hold_is_no_field_of_the_document() -> None:
    spec = planned("invoice app with line items, quantity, price, tax and discount")
    assert spec.main is not None
    assert not {"Line items", "Quantity", "Price"} & {field.label for field in spec.main.fields}


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("track my invoices", "tracker"),
        ("bookkeeping for a tiny freelance business: invoices and who has paid", "tracker"),
        ("unpaid invoices list", "tracker"),
        ("quotes I love", "tracker"),
        ("inspirational quote generator", "picker"),
        ("scan receipts and keep track of warranty", "tracker"),
        ("receipts for the tax office", "tracker"),
        ("receipts for taxes: shop, amount, date", "tracker"),
        ("split the bill", "split"),
        ("bills to pay each month", "tracker"),
        ("order form for my bakery where customers order bread", "form"),
        ("request a quote form", "form"),
        ("let customers order bread for saturday", "shop"),
        ("hourly rate calculator", "calculator"),
        ("compare quotes from three painters", "compare"),
        ("landing page for an invoicing app", "landing"),
        ("estimate how much paint I need", "calculator"),
    ],
)
def test_lists_sayings_and_forms_are_other_apps(prompt: str, kind: str) -> None:
    assert planned(prompt).kind == kind
