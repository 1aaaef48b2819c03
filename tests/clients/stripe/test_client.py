"""What the client asks of Stripe, and what it makes of the answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from overskill.models.base import utc_now
from tests.clients.stripe.asking import LONG_AGO, ask_everything
from tests.clients.stripe.conftest import Stripe
from tests.support_contract import ContractBroken
from tests.support_stripe import TYPES, check_request

CHECKOUT = "POST /v1/checkout/sessions"
PAYMENT = {"mode": "payment", "success_url": "https://x"}


def test_every_request_is_one_that_stripe_takes(stripe: Stripe) -> None:
    ask_everything(stripe)
    assert stripe.contract.covered == TYPES.keys()


def test_with_stripe_tax_the_address_is_asked_for(stripe: Stripe) -> None:
    stripe = Stripe(stripe.settings.model_copy(update={"stripe_tax": "on"}))
    session = stripe.checkout(1000)
    stripe.double.pay(session.id, country="DE")
    paid = stripe.payments.session(session.id)
    assert (paid.subtotal, paid.tax, paid.total, paid.country) == (1000, 190, 1190, "DE")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"mode": "nonsense", "success_url": "https://x"}, "nonsense"),
        ({**PAYMENT, "colour": "red"}, "colour"),
        ({**PAYMENT, "line_items": [{"price_data": {"currency": "usd", "produkt": "x"}}]}, "produkt"),
        ({**PAYMENT, "line_items": [{"quantity": "many"}]}, "many"),
        ({**PAYMENT, "automatic_tax": {}}, "enabled"),
    ],
    ids=["a bad mode", "an unknown name", "an unknown name inside", "no number", "something missing"],
)
def test_what_stripe_would_refuse_is_refused_here(asked: dict[str, object], says: str) -> None:
    with pytest.raises(ContractBroken, match=says):
        check_request(CHECKOUT, asked)


def test_the_types_refuse_what_the_description_does_not_know(stripe: Stripe) -> None:
    """They are of the version that is installed."""
    with pytest.raises(ContractBroken, match="express"):
        check_request("POST /v1/accounts", {"type": "fast"})
    assert stripe.contract.covered == set()


def test_asked_twice_with_the_same_key_it_happens_once(stripe: Stripe) -> None:
    charge = stripe.charge()
    first, again = (
        stripe.payments.refund(charge.id, 100, reason="no", reference="r", key="the same") for _ in range(2)
    )
    assert (first.id, stripe.payments.charge(charge.id).refunded) == (again.id, 100)


def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_happens_twice(stripe: Stripe) -> None:
    charge = stripe.charge()
    stripe.transport.fail("POST /v1/refunds", "done but lost", times=2)
    stripe.payments.refund(charge.id, 100, reason="no", reference="r", key="f1")
    assert stripe.payments.charge(charge.id).refunded == 100
    assert stripe.transport.calls("POST /v1/refunds") == 3


@pytest.mark.parametrize(
    ("fault", "kind"), [("unreachable", Unavailable), ("ill", Unavailable), ("rate", LimitReached)]
)
def test_what_stripe_does_not_answer_is_said(stripe: Stripe, fault: str, kind: type[OverskillError]) -> None:
    stripe.transport.fail("GET /v1/balance", fault)  # type: ignore[arg-type]
    with pytest.raises(kind, match="tried again"):
        stripe.payments.balance()


@pytest.mark.parametrize(
    ("call", "kind", "says"),
    [
        (lambda it, ch: it.payments.refund(ch, 2000, reason="", reference="", key="1"), InvalidInput, "greater than"),
        (lambda it, _: it.payments.refund("ch_no", 1, reason="", reference="", key="1"), NotFound, "does not know"),
        (lambda it, _: it.payments.session("cs_test_no"), NotFound, "does not know"),
        (lambda it, _: it.payments.account("acct_no"), NotAllowed, "not ours"),
        (lambda it, _: it.checkout(49), InvalidInput, "too small"),
        (lambda it, _: it.checkout(100_000_000), InvalidInput, "too large"),
    ],
    ids=["more than was paid", "no such charge", "no such session", "no such account", "too little", "too much"],
)
def test_what_stripe_refuses_is_a_sentence(
    stripe: Stripe, call: Callable[[Stripe, str], object], kind: type[OverskillError], says: str
) -> None:
    charge = stripe.charge()
    with pytest.raises(kind, match=says):
        call(stripe, charge.id)


def test_another_request_with_the_same_key_is_a_conflict(stripe: Stripe) -> None:
    charge = stripe.charge()
    stripe.payments.refund(charge.id, 100, reason="", reference="r", key="f1")
    with pytest.raises(Conflict, match="same key"):
        stripe.payments.refund(charge.id, 200, reason="", reference="r", key="f1")


def test_events_are_read_page_after_page(stripe: Stripe) -> None:
    charge = stripe.charge(10_000)
    for number in range(120):
        stripe.payments.refund(charge.id, 1, reason="", reference="r", key=f"f{number}")
    found = stripe.payments.events(["refund.created"], since=LONG_AGO)
    assert len({event.id for event in found}) == 120
    assert stripe.payments.events(["refund.created"], since=utc_now() + timedelta(hours=1)) == []


def test_transfers_are_read_page_after_page(stripe: Stripe) -> None:
    stripe.charge(10_000)
    account = stripe.account()
    for number in range(101):
        stripe.payments.transfer(account, 1, "usd", charge_id="", group="g", reference="t", key=f"t{number}")
    assert len({each.id for each in stripe.payments.transfers("g")}) == 101


def test_what_is_signed_is_read_and_nothing_else(stripe: Stripe) -> None:
    stripe.charge()
    event = stripe.double.untold()[-1]
    assert stripe.payments.read_event(*stripe.double.signed(event)).kind == "checkout.session.completed"
    body, signature = stripe.double.signed(event)
    with pytest.raises(NotAllowed):
        stripe.payments.read_event(body + b" ", signature)
    with pytest.raises(NotAllowed):
        stripe.payments.read_event(*stripe.double.signed(event, at=utc_now() - timedelta(minutes=6)))


@pytest.mark.parametrize(("key", "is_test"), [("sk_test_1", True), ("rk_test_1", True), ("sk_live_1", False)])
def test_a_key_says_whether_money_is_real(stripe: Stripe, key: str, is_test: bool) -> None:
    facts = {"OVERSKILL_HOME": stripe.settings.home, "STRIPE_SECRET_KEY": key, "STRIPE_WEBHOOK_SECRET": "whsec_1"}
    assert StripePayments(Settings.model_validate(facts)).is_test is is_test
