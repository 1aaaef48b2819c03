"""The double answers as Stripe does, and its books are right."""

from datetime import timedelta

import pytest
from redis import Redis

from overskill.clients.stripe.client import StripePayments
from overskill.clients.stripe.connect import connect_payments, double_of
from overskill.clients.stripe.double import MemoryStore, RedisStore, Refused, Store, StripeDouble
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, NotFound, Unavailable
from tests.clients.stripe.conftest import Stripe
from tests.support_ports import free_port


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> Store:
    return MemoryStore() if request.param == "memory" else RedisStore(request.getfixturevalue("redis"))


def amounts(stripe: Stripe, account: str = "") -> dict[str, int]:
    return {each.currency: each.available for each in stripe.payments.balance(account)}


def test_what_is_kept_in_one_process_is_there_in_the_next(store: Store, settings: Settings) -> None:
    charge = Stripe(settings, StripeDouble(store=store)).charge()
    other = Stripe(settings, StripeDouble(store=store))
    assert other.payments.charge(charge.id) == charge
    assert other.double.webhook_secret == StripeDouble(store=store).webhook_secret


def test_where_its_store_is_out_of_reach_it_does_not_answer(settings: Settings) -> None:
    nowhere = Redis.from_url(f"redis://127.0.0.1:{free_port()}", socket_connect_timeout=0.1)
    with pytest.raises(Unavailable):
        Stripe(settings, StripeDouble(store=RedisStore(nowhere))).payments.balance()


def test_without_a_key_the_double_answers_and_with_one_stripe(settings: Settings, redis: Redis) -> None:
    key = {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_1", "OVERSKILL_HOME": settings.home}
    real = connect_payments(Settings.model_validate(key), redis)
    test = connect_payments(settings, redis)
    assert (double_of(real), real.is_test) == (None, False)
    assert isinstance(test, StripePayments)
    assert (double_of(test) is not None, test.is_test) == (True, True)


def test_a_declined_card_leaves_the_page_open(stripe: Stripe) -> None:
    session = stripe.checkout()
    with pytest.raises(Refused, match="declined"):
        stripe.double.pay(session.id, way="declined")
    tried = stripe.payments.session(session.id)
    assert (tried.status, tried.payment_status) == ("open", "unpaid")
    assert stripe.payments.intent(tried.payment_intent_id).error == "Your card was declined. Try another one."
    stripe.double.pay(session.id)
    assert stripe.payments.session(session.id).payment_intent_id == tried.payment_intent_id
    assert stripe.told()[0] == "payment_intent.payment_failed"


def test_a_page_is_paid_once(stripe: Stripe) -> None:
    session = stripe.checkout()
    stripe.double.pay(session.id)
    with pytest.raises(Refused, match="not open"):
        stripe.double.pay(session.id)
    with pytest.raises(Conflict, match="over already"):
        stripe.payments.expire_session(session.id)


def test_a_page_is_open_for_a_day(stripe: Stripe) -> None:
    session = stripe.checkout()
    stripe.pass_by(timedelta(hours=25))
    stripe.double.pass_time()
    assert stripe.payments.session(session.id).status == "expired"
    assert stripe.told() == ["checkout.session.expired"]


def test_stripe_keeps_its_fee_and_a_refund_does_not_bring_it_back(stripe: Stripe) -> None:
    charge = stripe.charge(10_000)
    assert (charge.fee, amounts(stripe)) == (320, {"usd": 9680})
    stripe.payments.refund(charge.id, 10_000, reason="", reference="r", key="f")
    assert amounts(stripe) == {"usd": -320}
    with pytest.raises(Conflict, match="All of this payment"):
        stripe.payments.refund(charge.id, 1, reason="", reference="r", key="f2")


def test_yen_have_no_cents(stripe: Stripe) -> None:
    assert stripe.charge(500, currency="jpy").fee == 15


def test_a_charge_brings_no_more_transfers_than_it_has(stripe: Stripe) -> None:
    charge, account = stripe.charge(10_000), stripe.account()
    stripe.payments.transfer(account, 9000, "usd", charge_id=charge.id, group="g", reference="t", key="t1")
    with pytest.raises(InvalidInput, match="can't be more than its amount"):
        stripe.payments.transfer(account, 1001, "usd", charge_id=charge.id, group="g", reference="t", key="t2")
    with pytest.raises(InvalidInput, match="currency"):
        stripe.payments.transfer(account, 100, "eur", charge_id=charge.id, group="g", reference="t", key="t3")
    assert amounts(stripe, account) == {"usd": 9000}


def test_nothing_is_transferred_that_is_not_there_and_that_answer_is_kept(stripe: Stripe) -> None:
    account = stripe.account()
    for amount in (10_000, 20_000):
        with pytest.raises(Conflict, match="not enough money"):
            stripe.payments.transfer(account, 500, "usd", charge_id="", group="g", reference="t", key="t1")
        stripe.charge(amount)
    stripe.payments.transfer(account, 500, "usd", charge_id="", group="g", reference="t", key="t1 again")
    assert amounts(stripe, account) == {"usd": 500}


def test_an_account_that_is_not_set_up_gets_nothing(stripe: Stripe) -> None:
    account = stripe.payments.create_account(email="c@example.com", country="US", reference="c", key="a")
    assert (account.transfers_enabled, bool(account.requirements)) == (False, True)
    with pytest.raises(Conflict, match="needs setup"):
        stripe.payments.transfer(account.id, 500, "usd", charge_id="", group="g", reference="t", key="t")
    with pytest.raises(Conflict, match="not set up yet"):
        stripe.payments.dashboard_link(account.id)


def test_a_transfer_comes_back_as_far_as_it_is_still_there(stripe: Stripe) -> None:
    charge, account = stripe.charge(10_000), stripe.account()
    sent = stripe.payments.transfer(account, 9000, "usd", charge_id=charge.id, group="g", reference="t", key="t")
    stripe.payments.reverse_transfer(sent.id, 4000, key="r1")
    with pytest.raises(InvalidInput, match="greater than unreversed"):
        stripe.payments.reverse_transfer(sent.id, 5001, key="r2")
    stripe.payments.pay_out(account, 5000, "usd", key="p")
    with pytest.raises(Conflict, match="not enough money"):
        stripe.payments.reverse_transfer(sent.id, 5000, key="r3")
    assert [each.reversed for each in stripe.payments.transfers("g")] == [4000]


def test_what_lies_on_an_account_is_paid_out_day_by_day(stripe: Stripe) -> None:
    charge, account = stripe.charge(10_000), stripe.account()
    stripe.payments.transfer(account, 9000, "usd", charge_id=charge.id, group="g", reference="t", key="t")
    stripe.double.pass_time()
    assert stripe.payments.payouts(account) == []
    stripe.pass_by(timedelta(days=1, minutes=1))
    stripe.double.pass_time()
    stripe.double.pass_time()
    assert [(each.amount, each.status) for each in stripe.payments.payouts(account)] == [(9000, "paid")]
    assert amounts(stripe, account) == {"usd": 0}


def test_a_payout_that_fails_is_on_the_account_again(stripe: Stripe) -> None:
    charge, account = stripe.charge(10_000), stripe.account()
    stripe.payments.transfer(account, 9000, "usd", charge_id=charge.id, group="g", reference="t", key="t")
    payout = stripe.payments.pay_out(account, 9000, "usd", key="p")
    stripe.double.end_payout(payout.id, account, is_paid=False)
    assert amounts(stripe, account) == {"usd": 9000}
    assert stripe.double.untold()[-1]["account"] == account


@pytest.mark.parametrize(
    ("words", "status", "back"), [("winning_evidence", "won", 9680), ("losing_evidence", "lost", -1820)]
)
def test_a_dispute_is_decided_by_what_is_said(stripe: Stripe, words: str, status: str, back: int) -> None:
    charge = stripe.charge(10_000)
    opened = stripe.payments.dispute(stripe.double.open_dispute(charge.id)["id"])
    assert (opened.withdrawn, opened.fee, opened.status) == (11_500, 1500, "needs_response")
    with pytest.raises(Conflict, match="took this payment back"):
        stripe.payments.refund(charge.id, 1, reason="", reference="r", key="f")
    said = {"uncategorized_text": words}
    decided = stripe.payments.submit_evidence(opened.id, said, is_final=True, key="e")
    assert (decided.status, amounts(stripe)) == (status, {"usd": back})


@pytest.mark.parametrize(("is_answered", "days", "status"), [(True, 2, "won"), (False, 8, "lost")])
def test_a_bank_decides_by_itself_later(stripe: Stripe, is_answered: bool, days: int, status: str) -> None:
    key = stripe.double.open_dispute(stripe.charge(10_000).id)["id"]
    if is_answered:
        stripe.payments.submit_evidence(key, {"uncategorized_text": "They use it."}, is_final=True, key="e")
    stripe.double.pass_time()
    assert stripe.payments.dispute(key).status == ("under_review" if is_answered else "needs_response")
    stripe.pass_by(timedelta(days=days))
    stripe.double.pass_time()
    assert stripe.payments.dispute(key).status == status


def test_a_subscription_is_renewed_by_itself(stripe: Stripe) -> None:
    session = stripe.checkout(700, interval="month")
    stripe.double.pay(session.id)
    key = stripe.payments.session(session.id).subscription_id
    first = stripe.payments.subscription(key).period_end
    stripe.pass_by(timedelta(days=31))
    stripe.double.pass_time()
    assert stripe.payments.subscription(key).period_end > first
    assert [each.reason for each in stripe.payments.invoices(key)] == ["subscription_cycle", "subscription_create"]


def subscribed(stripe: Stripe) -> str:
    session = stripe.checkout(700, interval="month")
    stripe.double.pay(session.id)
    return stripe.payments.session(session.id).subscription_id


def test_a_payment_that_is_late_is_made_once_the_card_works_again(stripe: Stripe) -> None:
    key = subscribed(stripe)
    customer = stripe.payments.subscription(key).customer_id
    stripe.double.change_card(customer, works=False)
    stripe.pass_by(timedelta(days=31))
    stripe.double.pass_time()
    stripe.double.pass_time()
    assert stripe.payments.subscription(key).status == "past_due"
    assert [each.status for each in stripe.payments.invoices(key)] == ["open", "paid"]
    stripe.double.change_card(customer, works=True)
    assert stripe.payments.subscription(key).status == "active"
    assert [each.status for each in stripe.payments.invoices(key)] == ["paid", "paid"]


def test_a_payment_that_is_never_made_ends_the_subscription(stripe: Stripe) -> None:
    key = subscribed(stripe)
    stripe.double.renew(key, is_paid=False)
    stripe.pass_by(timedelta(days=46))
    stripe.double.pass_time()
    assert stripe.payments.subscription(key).status == "canceled"


def test_who_changes_their_mind_is_renewed_as_before(stripe: Stripe) -> None:
    key = subscribed(stripe)
    stripe.payments.end_subscription(key, at_once=False, key="e")
    assert stripe.payments.resume_subscription(key, key="r").ends_at_period_end is False
    stripe.pass_by(timedelta(days=31))
    stripe.double.pass_time()
    assert stripe.payments.subscription(key).status == "active"


def test_tax_is_of_each_payment_of_a_subscription(stripe: Stripe) -> None:
    taxed = Stripe(stripe.settings.model_copy(update={"stripe_tax": "on"}))
    session = taxed.checkout(1000, interval="month")
    taxed.double.pay(session.id, country="DE")
    key = taxed.payments.session(session.id).subscription_id
    taxed.double.renew(key)
    assert [(each.subtotal, each.tax, each.total) for each in taxed.payments.invoices(key)] == [(1000, 190, 1190)] * 2


def test_a_subscription_that_was_ended_runs_out(stripe: Stripe) -> None:
    session = stripe.checkout(700, interval="month")
    stripe.double.pay(session.id)
    key = stripe.payments.session(session.id).subscription_id
    assert stripe.payments.end_subscription(key, at_once=False, key="e").status == "active"
    stripe.pass_by(timedelta(days=31))
    stripe.double.pass_time()
    assert stripe.payments.subscription(key).status == "canceled"
    with pytest.raises(NotFound):
        stripe.payments.end_subscription(key, at_once=True, key="e2")
