"""Money that is on its way at the double: refunds and payouts arrive, are late, fail, or are called back."""

from datetime import timedelta
from typing import Literal

import pytest

from overskill.clients.stripe import StripeCharge, StripePayout, StripeRefund
from overskill.clients.stripe.double import Refused
from tests.clients.stripe.conftest import Stripe

KEPT = 9680  # of 10,000: Stripe's fee is off


def available(stripe: Stripe, account: str = "") -> int:
    (has,) = stripe.payments.balance(account)
    return has.available


def told_after(stripe: Stripe, before: int) -> list[str]:
    return stripe.told()[before:]


def debited(stripe: Stripe) -> StripeCharge:
    """Paid by a bank that took days."""
    session = stripe.checkout(10_000)
    stripe.double.pay(session.id, way="bank")
    stripe.double.settle(session.id, is_paid=True)
    return stripe.payments.charge(
        stripe.payments.intent(stripe.payments.session(session.id).payment_intent_id).charge_id
    )


def refunded(stripe: Stripe, charge: StripeCharge, amount: int = 4000) -> StripeRefund:
    return stripe.payments.refund(charge.id, amount, reason="", reference="r", key=f"f {amount}")


def test_what_a_bank_debited_is_given_back_a_day_later(stripe: Stripe) -> None:
    refund = refunded(stripe, debited(stripe))
    assert (refund.status, available(stripe)) == ("pending", KEPT - 4000)
    stripe.double.pass_time()
    assert stripe.payments.find_refund(refund.id).status == "pending"
    before = len(stripe.told())
    stripe.pass_by(timedelta(days=1, minutes=1))
    for _ in range(2):
        stripe.double.pass_time()
    assert (stripe.payments.find_refund(refund.id).status, available(stripe)) == ("succeeded", KEPT - 4000)
    assert told_after(stripe, before) == ["charge.refund.updated", "refund.updated"]


@pytest.mark.parametrize("is_arrived", [False, True], ids=["on its way", "arrived"])
def test_a_refund_that_a_bank_does_not_take_comes_back(stripe: Stripe, is_arrived: bool) -> None:
    charge = stripe.charge(10_000) if is_arrived else debited(stripe)
    refund, before = refunded(stripe, charge), len(stripe.told())
    stripe.double.end_refund(refund.id, "failed")
    now = stripe.payments.find_refund(refund.id)
    assert (now.status, now.failure) == ("failed", "expired_or_canceled_card")
    assert (stripe.payments.charge(charge.id).refunded, available(stripe)) == (0, KEPT)
    assert told_after(stripe, before) == ["charge.refund.updated", "refund.updated", "refund.failed"]


def test_a_refund_that_is_on_its_way_can_be_called_back(stripe: Stripe) -> None:
    charge = debited(stripe)
    refund, before = refunded(stripe, charge), len(stripe.told())
    stripe.double.end_refund(refund.id, "canceled")
    assert (stripe.payments.find_refund(refund.id).status, available(stripe)) == ("canceled", KEPT)
    assert stripe.payments.charge(charge.id).refunded == 0
    assert told_after(stripe, before) == ["charge.refund.updated", "refund.updated"]


@pytest.mark.parametrize(
    ("is_debited", "first", "then"),
    [(False, "", "canceled"), (False, "", "succeeded"), (False, "failed", "failed"), (True, "canceled", "succeeded")],
)
def test_what_is_over_with_a_refund_stays_so(
    stripe: Stripe,
    is_debited: bool,
    first: Literal["", "failed", "canceled"],
    then: Literal["succeeded", "failed", "canceled"],
) -> None:
    refund = refunded(stripe, debited(stripe) if is_debited else stripe.charge(10_000))
    if first:
        stripe.double.end_refund(refund.id, first)
    had = available(stripe)
    with pytest.raises(Refused, match="can't become"):
        stripe.double.end_refund(refund.id, then)
    assert available(stripe) == had


def test_a_bank_that_disputes_a_payment_takes_no_refund_of_it(stripe: Stripe) -> None:
    charge = debited(stripe)
    refund = refunded(stripe, charge)
    dispute = stripe.payments.dispute(stripe.double.open_dispute(charge.id)["id"])
    assert stripe.payments.find_refund(refund.id).failure == "charge_for_pending_refund_disputed"
    assert (dispute.amount, available(stripe)) == (10_000, KEPT - 10_000 - dispute.fee)


def test_a_dispute_is_decided_once(stripe: Stripe) -> None:
    dispute = stripe.double.open_dispute(stripe.charge(10_000).id)["id"]
    stripe.double.decide_dispute(dispute, is_won=True)
    with pytest.raises(Refused, match="already closed"):
        stripe.double.decide_dispute(dispute, is_won=True)
    assert available(stripe) == KEPT


def paying_out(stripe: Stripe) -> tuple[str, StripePayout]:
    """A creator's account with 9,000 on it, all of which was just asked for."""
    charge, account = stripe.charge(10_000), stripe.account()
    stripe.payments.transfer(account, 9000, "usd", charge_id=charge.id, group="g", reference="t", key="t")
    return account, stripe.payments.pay_out(account, 9000, "usd", key="p")


def test_a_payout_says_when_it_arrives_and_by_which_number_it_is_found(stripe: Stripe) -> None:
    account, payout = paying_out(stripe)
    before = len(stripe.told())
    stripe.double.submit_payout(payout.id, account)
    (sent,) = stripe.payments.payouts(account)
    assert sent.status == "in_transit"
    assert sent.arrives_at is not None
    assert payout.arrives_at is not None
    assert sent.arrives_at - payout.arrives_at == timedelta(days=2)
    traced = stripe.double.end_payout(payout.id, account, is_paid=True)
    assert (traced["status"], traced["trace_id"]["status"]) == ("paid", "supported")
    assert told_after(stripe, before) == ["payout.updated", "payout.paid", "payout.updated"]


def test_a_payout_that_no_bank_has_yet_can_be_cancelled(stripe: Stripe) -> None:
    account, payout = paying_out(stripe)
    assert available(stripe, account) == 0
    stripe.double.cancel_payout(payout.id, account)
    assert [each.status for each in stripe.payments.payouts(account)] == ["canceled"]
    assert (available(stripe, account), stripe.told()[-1]) == (9000, "payout.canceled")
    stripe.pass_by(timedelta(hours=1))
    stripe.double.pass_time()
    assert [each.status for each in stripe.payments.payouts(account)] == ["canceled"]


def test_a_payout_that_a_bank_has_can_not_be_cancelled_nor_can_stripes_own(stripe: Stripe) -> None:
    account, payout = paying_out(stripe)
    stripe.double.submit_payout(payout.id, account)
    with pytest.raises(Refused, match="in_transit can't become canceled"):
        stripe.double.cancel_payout(payout.id, account)
    stripe.double.end_payout(payout.id, account, is_paid=False)
    stripe.pass_by(timedelta(days=1, minutes=1))
    stripe.double.pass_time()
    own, _ = stripe.payments.payouts(account)
    with pytest.raises(Refused, match="automatic"):
        stripe.double.cancel_payout(own.id, account)
    assert available(stripe, account) == 0


def test_a_payout_may_fail_after_it_seemed_paid_and_comes_back_once(stripe: Stripe) -> None:
    account, payout = paying_out(stripe)
    stripe.double.end_payout(payout.id, account, is_paid=True)
    stripe.double.end_payout(payout.id, account, is_paid=False)
    with pytest.raises(Refused, match="can't become"):
        stripe.double.end_payout(payout.id, account, is_paid=False)
    assert available(stripe, account) == 9000
