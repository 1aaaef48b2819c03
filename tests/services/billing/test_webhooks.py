"""Events that come late, twice, in another order, or not at all."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from overskill import db
from overskill.clients.stripe import StripeEvent
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Unavailable
from overskill.jobs.payments import event_tools
from overskill.models import (
    LedgerEntry,
    License,
    LicenseStatus,
    Offer,
    PriceModel,
    Purchase,
    PurchaseStatus,
    SubscriptionInvoice,
    User,
    WebhookEvent,
    utc_now,
)
from overskill.services.billing.purchase_sweep import sweep_purchases
from overskill.services.billing.purchases import settle
from overskill.services.billing.webhooks import catch_up, keep_event, process_event, waiting_events
from tests.services.billing.shopping import (
    buyer,
    double,
    go_to_pay,
    hear,
    offer_for,
    purchases,
    run_payment_jobs,
    session_id,
    the_purchase,
    what_was_handed_over,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def fail_calls(services: Container, where: str, *, times: int = 1000) -> None:
    services.payments._transport.fail(where, "unreachable", times=times)  # type: ignore[attr-defined]


def subscribe(services: Container, who: User) -> tuple[Offer, str]:
    """The offer, and the subscription at Stripe."""
    offer, _ = offer_for(500, price_model=PriceModel.SUBSCRIPTION, interval="month")
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    hear(services)
    return offer, the_purchase().subscription_id


def the_license() -> License:
    with transaction() as session:
        return session.exec(select(License)).one()


@pytest.mark.parametrize("seed", range(12))
async def test_in_any_order_and_any_number_of_times_it_is_paid_once(services: Container, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - an order of events
    stripe, total = double(services), 0
    for _ in range(2):
        offer, _listing = offer_for(500)
        stripe.pay(session_id(go_to_pay(services, offer, buyer())))
        total += 1
    told = stripe.untold() * 3
    chance.shuffle(told)
    for event in told:
        with transaction() as session:
            keep_event(session, services.payments.read_event(*stripe.signed(event)), queue=services.queue)
        if chance.random() < 0.5:
            run_payment_jobs(services)
    run_payment_jobs(services)
    assert [each.status for each in purchases()] == [PurchaseStatus.PAID] * total
    assert what_was_handed_over() == (total, total)
    with transaction() as session:
        assert session.exec(select(sa.func.sum(LedgerEntry.amount))).one() == 0


async def test_who_asks_at_the_same_time_pays_it_once(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, email="grace@example.com")))
    made = the_purchase()
    together = threading.Barrier(4)

    def ask() -> PurchaseStatus:
        together.wait()
        return db.run(settle, made.id, payments=services.payments, queue=services.queue)

    with ThreadPoolExecutor(4) as pool:
        found = [asked.result() for asked in [pool.submit(ask) for _ in range(4)]]
    assert found == [PurchaseStatus.PAID] * 4
    assert what_was_handed_over() == (1, 1)
    with transaction() as session:
        assert session.exec(select(sa.func.count()).select_from(User).where(User.email == made.email)).one() == 1


async def test_an_event_processed_again_changes_nothing(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, buyer())))
    hear(services)
    with transaction() as session:
        session.execute(sa.update(WebhookEvent).values(processed_at=None))
        events = session.exec(select(WebhookEvent.id)).all()
    for event_id in events:
        process_event(event_id, event_tools(services))
    assert what_was_handed_over() == (1, 1)


async def test_what_we_do_not_listen_to_is_not_kept(services: Container) -> None:
    event = StripeEvent("evt_1", "product.created", utc_now(), "", {"id": "prod_1"})
    with transaction() as session:
        assert not keep_event(session, event, queue=services.queue)


async def test_what_an_event_says_of_people_is_not_kept(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, email="grace@example.com")))
    hear(services)
    with transaction() as session:
        kept = session.exec(select(sa.cast(WebhookEvent.payload, sa.Text))).all()
    assert kept
    assert not any("grace@example.com" in text for text in kept)


async def test_an_event_whose_job_failed_is_tried_again(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, buyer())))
    fail_calls(services, "GET /v1/checkout/sessions", times=3)
    with pytest.raises(Unavailable):
        hear(services)
    with transaction() as session:
        failed = session.exec(select(WebhookEvent).where(WebhookEvent.error != "")).one()
        assert waiting_events(session) == []
        session.execute(sa.update(WebhookEvent).values(updated_at=utc_now() - timedelta(minutes=1)))
        waiting = waiting_events(session)
    assert failed.id in waiting
    for event_id in waiting:
        process_event(event_id, event_tools(services))
    assert the_purchase().status is PurchaseStatus.PAID


async def test_where_no_delivery_comes_the_sweep_finds_the_payment(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, buyer())))
    sweep_purchases(payments=services.payments, queue=services.queue)
    assert the_purchase().status is PurchaseStatus.PENDING
    age(timedelta(minutes=3))
    sweep_purchases(payments=services.payments, queue=services.queue)
    assert the_purchase().status is PurchaseStatus.PAID
    assert what_was_handed_over() == (1, 1)


async def test_the_sweep_asks_again_only_after_a_while(services: Container) -> None:
    offer, _ = offer_for(500)
    go_to_pay(services, offer, buyer())
    age(timedelta(minutes=3))
    for _ in range(3):
        sweep_purchases(payments=services.payments, queue=services.queue)
    assert services.payments._transport.calls("GET /v1/checkout/sessions") == 1  # type: ignore[attr-defined]


async def test_a_page_that_nobody_paid_expires(services: Container) -> None:
    offer, _ = offer_for(500)
    go_to_pay(services, offer, buyer())
    stripe = double(services)
    stripe.now = lambda: utc_now() + timedelta(hours=25)
    stripe.pass_time()
    stripe.now = utc_now
    hear(services)
    assert the_purchase().status is PurchaseStatus.EXPIRED


async def test_a_purchase_that_nobody_was_sent_to_pay_expires(services: Container) -> None:
    offer, _ = offer_for(500)
    go_to_pay(services, offer, buyer())
    with transaction() as session:
        session.execute(sa.update(Purchase).values(session_id=""))
    age(timedelta(hours=26))
    sweep_purchases(payments=services.payments, queue=services.queue)
    assert the_purchase().status is PurchaseStatus.EXPIRED


async def test_what_was_not_delivered_is_fetched(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, buyer())))
    assert catch_up(services.payments, since=LONG_AGO, queue=services.queue) > 0
    assert catch_up(services.payments, since=LONG_AGO, queue=services.queue) == 0
    run_payment_jobs(services)
    assert the_purchase().status is PurchaseStatus.PAID


async def test_a_payment_of_another_amount_hands_nothing_over(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, buyer())))
    with transaction() as session:
        session.execute(sa.update(Purchase).values(amount=900))
    hear(services)
    made = the_purchase()
    assert made.status is PurchaseStatus.PENDING
    assert "an admin has to look" in made.error
    assert what_was_handed_over() == (0, 0)


async def test_what_happens_on_a_creators_account_pays_nothing(services: Container) -> None:
    offer, _ = offer_for(500)
    go_to_pay(services, offer, buyer())
    made = the_purchase()
    thing = {"id": "cs_test_theirs", "client_reference_id": str(made.id)}
    event = StripeEvent("evt_1", "checkout.session.completed", utc_now(), "acct_theirs", thing)
    with transaction() as session:
        session.execute(sa.update(Purchase).values(session_id=""))
        keep_event(session, event, queue=services.queue)
    run_payment_jobs(services)
    assert (the_purchase().status, the_purchase().session_id) == (PurchaseStatus.PENDING, "")


async def test_a_subscription_lasts_as_long_as_it_is_paid(services: Container) -> None:
    _, subscription_id = subscribe(services, buyer())
    first = the_license().expires_at
    assert first is not None
    assert first > utc_now() + timedelta(days=27)
    double(services).renew(subscription_id)
    hear(services)
    again = the_license().expires_at
    assert again is not None
    assert again > first
    with transaction() as session:
        (later,) = session.exec(select(SubscriptionInvoice)).all()
    assert (later.amount, later.purchase_id) == (500, the_purchase().id)


async def test_a_renewal_is_booked_once_however_often_it_is_told(services: Container) -> None:
    _, subscription_id = subscribe(services, buyer())
    stripe = double(services)
    stripe.renew(subscription_id)
    told = stripe.untold() * 2
    random.Random(1).shuffle(told)  # noqa: S311 - an order of events
    for event in told:
        with transaction() as session:
            keep_event(session, services.payments.read_event(*stripe.signed(event)), queue=services.queue)
    run_payment_jobs(services)
    with transaction() as session:
        session.execute(sa.update(WebhookEvent).values(processed_at=None))
        events = session.exec(select(WebhookEvent.id).order_by(col(WebhookEvent.kind).desc())).all()
    for event_id in events:
        process_event(event_id, event_tools(services))
    with transaction() as session:
        assert len(session.exec(select(SubscriptionInvoice)).all()) == 1
        assert session.exec(select(sa.func.sum(LedgerEntry.amount))).one() == 0


async def test_a_late_payment_has_its_grace(services: Container) -> None:
    _, subscription_id = subscribe(services, buyer())
    double(services).renew(subscription_id, is_paid=False)
    hear(services)
    assert the_license().status is LicenseStatus.GRACE


async def test_a_subscription_that_ended_ends_its_licence(services: Container) -> None:
    _, subscription_id = subscribe(services, buyer())
    double(services).end_subscription(subscription_id)
    hear(services)
    assert the_license().status is LicenseStatus.EXPIRED


def age(by: timedelta) -> None:
    with transaction() as session:
        session.execute(sa.update(Purchase).values(created_at=utc_now() - by))
