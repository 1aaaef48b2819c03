"""Every request that the client knows."""

from datetime import UTC, datetime

from tests.clients.stripe.conftest import Stripe

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
EVIDENCE = (
    "uncategorized_text product_description customer_email_address access_activity_log service_date "
    "refund_policy_disclosure"
).split()


def ask_everything(stripe: Stripe) -> None:
    payments, charge, account = stripe.payments, stripe.charge(), stripe.account()
    payments.session_of(charge.payment_intent_id)
    payments.expire_session(stripe.checkout(500).id)
    subscription = stripe.checkout(700, interval="month", reference="purchase-2")
    stripe.double.pay(subscription.id)
    subscribed = payments.session(subscription.id).subscription_id
    payments.subscription(subscribed)
    payments.invoices(subscribed)
    payments.end_subscription(subscribed, at_once=False, key="end")
    payments.resume_subscription(subscribed, key="go on")
    customer = payments.subscription(subscribed).customer_id
    payments.portal_link(customer, return_url="https://example.com/library")
    payments.end_subscription(subscribed, at_once=True, key="end now")
    payments.account(account)
    payments.onboarding_link(account, return_url="https://example.com/a", refresh_url="https://example.com/b")
    payments.dashboard_link(account)
    sent = payments.transfer(account, 900, "usd", charge_id=charge.id, group="purchase-1", reference="t", key="t1")
    payments.transfer(account, 100, "usd", charge_id="", group="purchase-1", reference="t", key="t2")
    payments.transfers("purchase-1")
    payments.reverse_transfer(sent.id, 100, key="r1")
    refund = payments.refund(charge.id, 100, reason="It did not start.", reference="refund-1", key="f1")
    payments.refunds(charge.id)
    payments.find_refund(refund.id)
    dispute = stripe.double.open_dispute(charge.id)["id"]
    payments.dispute(dispute)
    payments.submit_evidence(dispute, dict.fromkeys(EVIDENCE, "They use it."), is_final=False, key="e1")
    payments.submit_evidence(dispute, {"uncategorized_text": "They use it."}, is_final=True, key="e2")
    payments.pay_out(account, 100, "usd", key="p1")
    payments.payouts(account)
    payments.payouts()
    payments.balance(account)
    payments.balance()
    payments.events(["charge.refunded"], since=LONG_AGO)
