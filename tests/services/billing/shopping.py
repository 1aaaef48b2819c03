"""Somebody buys: a listing with an offer, a way to the payment page, and what Stripe's double tells of it."""

from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import FakeJobQueue
from overskill.clients.stripe.connect import double_of
from overskill.clients.stripe.double import StripeDouble
from overskill.container import Container
from overskill.db import transaction
from overskill.jobs import money as money_jobs
from overskill.jobs import payments as payment_jobs
from overskill.models import Install, License, Listing, Offer, PriceModel, Purchase, User
from overskill.services.billing import webhooks
from overskill.services.billing.checkout import Wish, begin_checkout
from overskill.services.billing.webhooks import take_from_double
from tests.factories import make_user
from tests.market_rows import make_listing, make_offer

PAYMENT_JOBS = "overskill.jobs.payments."
MONEY_JOBS = "overskill.jobs.money."


def double(services: Container) -> StripeDouble:
    found = double_of(services.payments)
    assert found is not None
    return found


def offer_for(
    amount: int,
    *,
    currency: str = "usd",
    price_model: PriceModel | None = None,
    interval: str = "",
    title: str = "Habits",
) -> tuple[Offer, Listing]:
    with transaction() as session:
        listing = make_listing(session)
        offer = make_offer(session, listing, amount=amount, price_model=price_model, currency=currency)
        offer.interval, listing.currency = interval, currency
        session.add_all([offer, listing])
    return offer, listing


def buyer(**facts: str) -> User:
    with transaction() as session:
        return make_user(session, **facts)


def go_to_pay(services: Container, offer: Offer | None = None, who: User | None = None, **wish: object) -> str:
    """Where the buyer is sent."""
    facts = {"offer_id": offer.id if offer else None, "email": "", **wish}
    email, locale = str(facts.pop("email")), str(facts.pop("locale", ""))
    return begin_checkout(
        Wish(**facts),  # type: ignore[arg-type]
        buyer_id=who.id if who else None,
        email=email,
        locale=locale,
        payments=services.payments,
        settings=services.settings,
        queue=services.queue,
    )


def session_id(url: str) -> str:
    return url.rpartition("/")[2]


def hear(services: Container) -> int:
    """Everything the double tells is delivered, and the payment jobs run. Returns how many events were taken."""
    told = take_from_double(double(services), services.payments, queue=services.queue)
    run_payment_jobs(services)
    return told


def run_payment_jobs(services: Container) -> None:
    queue = services.queue
    assert isinstance(queue, FakeJobQueue)
    while ours := [each for each in queue.enqueued if each[0].startswith(PAYMENT_JOBS)]:
        queue.enqueued = [each for each in queue.enqueued if each not in ours]
        for job, ids, _ in ours:
            getattr(payment_jobs, job.removeprefix(PAYMENT_JOBS))(*ids)


def run_money_jobs(services: Container) -> None:
    """Refunds, the ends of subscriptions, transfers, and mails about them."""
    queue = services.queue
    assert isinstance(queue, FakeJobQueue)
    while ours := [each for each in queue.enqueued if each[0].startswith(MONEY_JOBS)]:
        queue.enqueued = [each for each in queue.enqueued if each not in ours]
        for job, ids, _ in ours:
            getattr(money_jobs, job.removeprefix(MONEY_JOBS))(*ids)


def the_purchase() -> Purchase:
    """The only one."""
    with transaction() as session:
        return session.exec(select(Purchase)).one()


def purchases() -> list[Purchase]:
    """The oldest first."""
    with transaction() as session:
        return list(session.exec(select(Purchase).order_by(col(Purchase.created_at))))


def what_was_handed_over() -> tuple[int, int]:
    """Licences, installs."""
    with transaction() as session:
        return len(session.exec(select(License)).all()), len(session.exec(select(Install)).all())


def the_license(session: Session) -> License:
    return session.exec(select(License)).one()


def kept_event(session: Session, kind: str) -> UUID:
    event = session.exec(select(webhooks.WebhookEvent).where(webhooks.WebhookEvent.kind == kind)).first()
    assert event is not None
    return event.id
