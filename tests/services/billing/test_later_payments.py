"""Later payments of a subscription: each given back on its own, whoever does it, and none after it is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import col, select

from overskill import db
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput
from overskill.jobs.payments import event_tools
from overskill.models import (
    CreatorProfile,
    LedgerAccount,
    License,
    LicenseStatus,
    PriceModel,
    Purchase,
    PurchaseStatus,
    Refund,
    RefundStatus,
    SubscriptionInvoice,
    User,
    utc_now,
)
from overskill.services.admin.sales_desk import find_sales
from overskill.services.billing import reconciling, refundable, refunds, webhooks
from overskill.services.billing.refund_desk import view_desk
from tests.services.billing.sales import assert_balanced, books
from tests.services.billing.shopping import (
    buyer,
    double,
    go_to_pay,
    hear,
    offer_for,
    run_money_jobs,
    session_id,
    the_purchase,
)


def subscribe(services: Container, *, is_heard: bool = True) -> tuple[User, str]:
    """Who, and their subscription at Stripe, of $5 a month."""
    offer, _ = offer_for(500, price_model=PriceModel.SUBSCRIPTION, interval="month")
    who = buyer()
    checkout = double(services).pay(session_id(go_to_pay(services, offer, who)))
    if is_heard:
        hear(services)
    return who, str(checkout["subscription"])


def renew(services: Container, subscription_id: str) -> str:
    """Paid once more. Returns the charge at Stripe."""
    double(services).renew(subscription_id, is_paid=True)
    invoice = services.payments.invoices(subscription_id)[0]
    return services.payments.intent(invoice.payment_intent_id).charge_id


def later() -> list[SubscriptionInvoice]:
    """The oldest first."""
    with transaction() as session:
        rows = select(SubscriptionInvoice).order_by(col(SubscriptionInvoice.created_at))
        return list(session.exec(rows))


def license_status() -> LicenseStatus:
    with transaction() as session:
        return session.exec(select(License.status)).one()


def give_back(services: Container, amount: int | None, *, source: str = "") -> Refund:
    with transaction() as session:
        purchase = session.exec(select(Purchase)).one()
        seller = session.get_one(CreatorProfile, purchase.creator_id).user_id
        made = refunds.give_back_as(session, seller, purchase.id, amount, "Sorry", source=source, queue=services.queue)
    run_money_jobs(services)
    return made


def refund_at_stripe(services: Container, charge_id: str, amount: int) -> None:
    services.payments.refund(charge_id, amount, reason="duplicate", reference="", key=f"{charge_id} {amount}")


def taken_from_creators() -> int:
    with transaction() as session:
        assert_balanced(session)
        return books(session).get(LedgerAccount.CREATOR, 0)


async def test_the_newest_payment_is_given_back_from_the_desk_and_ends_the_subscription(services: Container) -> None:
    _, subscription_id = subscribe(services)
    charge_id = renew(services, subscription_id)
    hear(services)
    give_back(services, 200)
    assert (the_purchase().status, license_status()) == (PurchaseStatus.PARTLY_REFUNDED, LicenseStatus.ACTIVE)
    give_back(services, None)
    hear(services)
    assert services.payments.charge(charge_id).refunded == 500
    assert services.payments.charge(the_purchase().charge_id).refunded == 0
    assert [invoice.refunded_amount for invoice in later()] == [500]
    assert (the_purchase().status, license_status()) == (PurchaseStatus.REFUNDED, LicenseStatus.REVOKED)
    assert services.payments.subscription(subscription_id).status == "canceled"
    assert taken_from_creators() == -450  # what is left to them of the first


async def test_an_earlier_payment_is_given_back_without_ending_anything(services: Container) -> None:
    _, subscription_id = subscribe(services)
    renew(services, subscription_id)
    hear(services)
    give_back(services, None, source="sale")
    assert (the_purchase().refunded_amount, later()[0].refunded_amount) == (500, 0)
    assert (the_purchase().status, license_status()) == (PurchaseStatus.PARTLY_REFUNDED, LicenseStatus.ACTIVE)
    assert services.payments.subscription(subscription_id).status == "active"
    with pytest.raises(Conflict, match="given back already"):
        give_back(services, None, source="sale")


async def test_the_desks_show_the_payment_that_is_given_back_next(services: Container) -> None:
    who, subscription_id = subscribe(services)
    renew(services, subscription_id)
    hear(services)
    give_back(services, 200)
    with transaction() as session:
        (sale,) = find_sales(session, uuid4(), "")
        seller = session.exec(select(CreatorProfile.user_id)).one()
        (row,) = view_desk(session, seller).refunds
    assert (sale.amount, sale.refunded, sale.left, row.paid, row.left) == (500, 200, 300, 500, 300)
    give_back(services, None)
    with transaction() as session:
        (sale,) = find_sales(session, uuid4(), who.email)
    assert (sale.refunded, sale.left) == (0, 500)  # of the first


async def test_a_buyer_asks_for_the_newest_payment_within_its_window(services: Container) -> None:
    who, subscription_id = subscribe(services)
    renew(services, subscription_id)
    hear(services)
    with transaction() as session:
        asked = refunds.ask(session, who.id, the_purchase().id, None, "", queue=services.queue)
    assert (asked.source, asked.amount) == (later()[0].external_id, 500)
    with transaction() as session, pytest.raises(InvalidInput, match=r"At most \$5.00"):
        refundable.checked_amount(session, the_purchase(), 501, "sale")


async def test_a_buyer_gets_nothing_back_unasked_but_what_is_within_its_own_window(services: Container) -> None:
    who, subscription_id = subscribe(services)
    renew(services, subscription_id)
    hear(services)
    with transaction() as session:
        session.exec(select(Purchase)).one().paid_at = utc_now() - timedelta(days=30)
    with transaction() as session:
        refunds.ask(session, who.id, the_purchase().id, None, "", queue=services.queue)
    with transaction() as session, pytest.raises(InvalidInput, match="Say why"):  # a second click
        refunds.ask(session, who.id, the_purchase().id, None, "", queue=services.queue)
    run_money_jobs(services)
    assert the_purchase().status is PurchaseStatus.REFUNDED
    with transaction() as session:
        asked = refunds.ask(session, who.id, the_purchase().id, None, "All of it", queue=services.queue)
    assert (asked.status, asked.source) == (RefundStatus.ASKED, "sale")
    run_money_jobs(services)
    assert services.payments.charge(the_purchase().charge_id).refunded == 0


@pytest.mark.parametrize("is_renewal_heard", [True, False], ids=["after its payment", "before its payment"])
async def test_a_later_payment_given_back_only_at_stripe_is_booked(services: Container, is_renewal_heard: bool) -> None:
    _, subscription_id = subscribe(services)
    charge_id = renew(services, subscription_id)
    if is_renewal_heard:
        hear(services)
    for event in double(services).untold():
        double(services).told(event["id"])  # of the payment nothing is ever heard, unless it was
    refund_at_stripe(services, charge_id, 300)
    hear(services)
    assert [invoice.refunded_amount for invoice in later()] == [300]
    with transaction() as session:
        (row,) = session.exec(select(Refund)).all()
    assert (row.amount, row.source) == (300, later()[0].external_id)
    assert taken_from_creators() == -450 - 180


@pytest.mark.parametrize("what", ["refund", "dispute"])
async def test_the_first_payment_of_a_subscription_is_found_by_what_came_back_of_it(
    services: Container, what: str
) -> None:
    _, subscription_id = subscribe(services, is_heard=False)
    for event in double(services).untold():
        double(services).told(event["id"])
    (invoice,) = services.payments.invoices(subscription_id)
    charge_id = services.payments.intent(invoice.payment_intent_id).charge_id
    if what == "refund":
        refund_at_stripe(services, charge_id, 500)
    else:
        double(services).open_dispute(charge_id)
    hear(services)
    assert the_purchase().status is (PurchaseStatus.REFUNDED if what == "refund" else PurchaseStatus.DISPUTED)
    assert_stripe_agrees(services)


async def test_all_given_back_at_stripe_ends_the_subscription_there(services: Container) -> None:
    _, subscription_id = subscribe(services)
    refund_at_stripe(services, the_purchase().charge_id, 500)
    hear(services)
    run_money_jobs(services)
    assert services.payments.subscription(subscription_id).status == "canceled"


@pytest.mark.parametrize("is_later", [False, True], ids=["the first payment", "a later one"])
async def test_a_lost_dispute_ends_licence_and_subscription(services: Container, is_later: bool) -> None:
    _, subscription_id = subscribe(services)
    charge_id = renew(services, subscription_id) if is_later else the_purchase().charge_id
    made = double(services).open_dispute(charge_id)
    double(services).decide_dispute(made["id"], is_won=False)
    hear(services)
    run_money_jobs(services)
    assert (the_purchase().status, license_status()) == (PurchaseStatus.LOST, LicenseStatus.REVOKED)
    assert services.payments.subscription(subscription_id).status == "canceled"


async def test_a_renewal_that_was_paid_while_it_was_given_back_goes_back_by_itself(services: Container) -> None:
    _, subscription_id = subscribe(services)
    refund_at_stripe(services, the_purchase().charge_id, 500)
    double_told = double(services).untold()
    charge_id = renew(services, subscription_id)
    for event in double_told:  # the refund is heard of first, and the job that ends the subscription is lost
        read = services.payments.read_event(*double(services).signed(event))
        db.run(webhooks.HANDLERS[read.kind], read.object, read.created, event_tools(services))
        double(services).told(event["id"])
    services.queue.enqueued.clear()  # type: ignore[attr-defined]
    hear(services)
    run_money_jobs(services)
    hear(services)
    assert services.payments.charge(charge_id).refunded == 500
    assert services.payments.subscription(subscription_id).status == "canceled"
    assert taken_from_creators() == 0
    assert_stripe_agrees(services)


async def test_what_was_paid_outside_of_stripe_is_not_booked_as_if_it_were_there(services: Container) -> None:
    _, subscription_id = subscribe(services)
    renew(services, subscription_id)
    key = services.payments.invoices(subscription_id)[0].id
    with double(services)._book() as book:
        book.set(f"intent of/{key}", "")
    hear(services)
    assert later() == []


def assert_stripe_agrees(services: Container) -> None:
    reconciling.reconcile(services.payments)
    with transaction() as session:
        assert [row.difference for row in reconciling.last_comparisons(session)] == [0]
