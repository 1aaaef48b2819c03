"""Each request that the client can send is one that Stripe takes, and what differs from it by a word is not.

By Stripe's description and by stripe-python's types: each of the two has to refuse by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import stripe as stripe_python

from overskill.clients.stripe import Order, OrderLine
from overskill.clients.stripe.reading import API_VERSION
from overskill.config import Settings
from tests.clients.stripe.asking import ask_everything
from tests.clients.stripe.conftest import Stripe
from tests.support_contract import ContractBroken
from tests.support_stripe import TYPES, check_described, check_typed
from tests.support_stripe_answers import check_answer

WAYS = pytest.mark.parametrize("refuses", [check_described, check_typed], ids=["the description", "the types"])
Refuses = Callable[[str, Mapping[str, Any]], None]
FREE = "metadata"  # takes any name
ENUMS = {  # where Stripe takes no word but its own
    "POST /v1/account_links": {"type"},
    "POST /v1/accounts": {"type"},
    "POST /v1/checkout/sessions": {"mode", "billing_address_collection", "interval", "tax_behavior"},
    "POST /v1/refunds": {"reason"},
}
NUMBERS = {"amount", "unit_amount", "quantity", "limit", "expires_at"}
YES_OR_NO = {"enabled", "requested", "cancel_at_period_end", "submit"}
Request = tuple[str, dict[str, Any]]


@cache
def requests() -> tuple[Request, ...]:
    """With tax and without, once and each month, of a guest and of somebody who is known, of one thing and of two."""
    found: list[Request] = []
    for tax in ("off", "on"):
        settings = Settings(OVERSKILL_HOME=Path("/nonexistent")).model_copy(update={"stripe_tax": tax})
        asking = Stripe(settings)
        ask_everything(asking)
        soon = asking.double.now() + timedelta(hours=1)
        for name, facts in {"guest": {"email": ""}, "year": {"interval": "year"}, "hour": {"expires_at": soon}}.items():
            asking.checkout(900, reference=f"purchase-{name}", **facts)
        bundle = Order("purchase-3", "jpy", (OrderLine("A", 100), OrderLine("B", 200, "Two")), "https://a", "https://b")
        asking.payments.start_checkout(bundle, key="bundle")
        found += asking.contract.asked
    return tuple(found)


def of(where: str) -> list[Request]:
    return [each for each in requests() if each[0] == where]


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """Each one in it that takes only known names."""
    if isinstance(value, dict):
        yield value
        for name, each in value.items():
            yield from mappings(each) if name != FREE else ()
    elif isinstance(value, list):
        for each in value:
            yield from mappings(each)


def test_everything_was_asked() -> None:
    assert {where for where, _ in requests()} == TYPES.keys()


@WAYS
@pytest.mark.parametrize("where", TYPES)
def test_a_name_that_stripe_does_not_know_is_refused_at_any_depth(where: str, refuses: Refuses) -> None:
    for _, asked in of(where):
        refuses(where, asked)
        for place, _ in enumerate(mappings(asked)):
            changed = deepcopy(asked)
            list(mappings(changed))[place]["colour"] = "red"
            with pytest.raises(ContractBroken):
                refuses(where, changed)


def changed_at(where: str, names: set[str], value: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for _, asked in of(where):
        for place, mapping in enumerate(mappings(asked)):
            for name in names & mapping.keys():
                changed = deepcopy(asked)
                list(mappings(changed))[place][name] = value
                yield name, changed


@WAYS
@pytest.mark.parametrize("where", ENUMS)
def test_a_word_that_is_none_of_stripes_is_refused(where: str, refuses: Refuses) -> None:
    found = set()
    for name, changed in changed_at(where, ENUMS[where], "nonsense"):
        found.add(name)
        with pytest.raises(ContractBroken, match="nonsense"):
            refuses(where, changed)
    assert found == ENUMS[where]


@WAYS
@pytest.mark.parametrize(("names", "value"), [(NUMBERS, "many"), (NUMBERS, "1.5"), (YES_OR_NO, "maybe")])
def test_what_is_no_number_and_neither_yes_nor_no_is_refused(names: set[str], value: str, refuses: Refuses) -> None:
    found = set()
    for where in TYPES:
        for name, changed in changed_at(where, names, value):
            found.add(name)
            with pytest.raises(ContractBroken, match=value):
                refuses(where, changed)
    assert found == names


def test_the_version_that_is_asked_for_is_the_one_that_the_types_are_of() -> None:
    """Before it is raised with stripe-python's: what did Stripe change?"""
    assert stripe_python.api_version == API_VERSION


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "colour"),
        ({"status": "nonsense"}, "nonsense"),
        ({"amount": "many"}, "many"),
        ({"amount": None}, "amount"),
        ({"billing_details": {"address": {"planet": "Mars"}}}, "planet"),
        ({"balance_transaction": {"object": "balance_transaction"}}, "balance_transaction"),
    ],
    ids=["a name", "a word", "no number", "nothing", "a name inside", "half a thing inside"],
)
def test_an_answer_that_is_not_as_stripes_is_refused(stripe: Stripe, change: dict[str, Any], says: str) -> None:
    charge = stripe.double.answer("GET", f"/v1/charges/{stripe.charge().id}", {})[1]
    check_answer(charge, "a charge")
    with pytest.raises(ContractBroken, match=says):
        check_answer({**charge, **change}, "a charge")


def test_an_answer_that_lacks_what_stripe_always_says_is_refused(stripe: Stripe) -> None:
    charge = stripe.double.answer("GET", f"/v1/charges/{stripe.charge().id}", {})[1]
    charge.pop("paid")
    with pytest.raises(ContractBroken, match="lacks paid"):
        check_answer(charge, "a charge")


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ({"expand": ["customer"]}, 400, "cannot be expanded"),
        ({"limit": "101"}, 400, "Invalid limit"),
        ({"starting_after": "evt_no"}, 404, "No such"),
    ],
    ids=["what is not expanded", "too long a page", "a page after nothing"],
)
def test_the_double_refuses_as_stripe_does(stripe: Stripe, asked: dict[str, Any], status: int, says: str) -> None:
    answered, said = stripe.double.answer("GET", "/v1/events", asked)
    check_answer(said, "the answer")
    assert (answered, says in said["error"]["message"]) == (status, True)
