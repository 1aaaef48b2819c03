"""Whatever Stripe tells, a thousand times and in whatever order: no cent is lost or doubled, nor is a purchase."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.stripe import StripeEvent
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.models import (
    Install,
    LedgerAccount,
    LedgerTransaction,
    License,
    Listing,
    Offer,
    Purchase,
    PurchaseStatus,
    Transfer,
    utc_now,
)
from overskill.services.billing import disputes, ledger, reconciling, refunds, transfers, webhooks
from overskill.services.billing.checkout import Wish, begin_checkout
from overskill.services.billing.event_tools import EventTools
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.services.billing.sales import assert_balanced, books, double_of, make_payments, onboard

DELIVERIES = 1_000  # of each kind of event, and of many more than that in all
JOBS: dict[str, Callable[..., None]] = {
    refunds.REFUND_JOB: refunds.carry_out,
    transfers.SETTLE_JOB: lambda transfer_id, *, payments, queue: transfers.settle(transfer_id, payments=payments),
    disputes.EVIDENCE_JOB: disputes.submit,
}


class World:
    """A market with two creators, one of whom gets royalties, and buyers to whom everything happens."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same order in every run
        self.settings, self.queue = settings, FakeJobQueue()
        self.payments: StripePayments = make_payments(settings)
        self.tools = EventTools(self.payments, self.queue, settings)
        self.told: list[StripeEvent] = []
        with db.transaction() as session:
            creator = make_creator(session)
            self.account_id = onboard(session, self.payments, creator)
            self.listings = {
                "usd": make_listing(session, creator),
                "jpy": make_listing(session, creator, title="Jogs"),
            }
            for currency, amount in (("usd", 9_999), ("jpy", 1_201)):
                self.listings[currency].currency = currency
                session.add(self.listings[currency])
                make_offer(session, self.listings[currency], amount=amount, currency=currency)

    def buy(self, currency: str) -> UUID:
        """Paid at Stripe; what it tells has not arrived yet."""
        with db.transaction() as session:
            listing: Listing = self.listings[currency]
            offer = session.exec(select(Offer).where(Offer.listing_id == listing.id)).one()
            buyer = make_user(session)
        url = begin_checkout(
            Wish(offer_id=offer.id),
            buyer_id=buyer.id,
            email="",
            payments=self.payments,
            settings=self.settings,
            queue=self.queue,
        )
        checkout = double_of(self.payments).pay(url.rpartition("/")[2])
        return UUID(checkout["client_reference_id"])

    def charge_of(self, purchase_id: UUID) -> str:
        with db.transaction() as session:
            purchase = session.get_one(Purchase, purchase_id)
            return self.payments.intent(self.payments.session(purchase.session_id).payment_intent_id).charge_id

    def listen(self) -> None:
        double = double_of(self.payments)
        while untold := double.untold():
            for event in untold:
                self.told.append(self.payments.read_event(*double.signed(event)))
                double.told(event["id"])

    def work(self) -> None:
        """Run the jobs about money, as often as there are any."""
        while ours := [each for each in self.queue.enqueued if each[0] in JOBS]:
            self.queue.enqueued = [each for each in self.queue.enqueued if each not in ours]
            for job, ids, _ in ours:
                JOBS[job](UUID(ids[0]), payments=self.payments, queue=self.queue)

    def handle(self, event: StripeEvent) -> None:
        """As if it had never been heard before."""
        handler = webhooks.HANDLERS.get(event.kind)
        if handler is not None:
            tools = EventTools(self.payments, self.queue, self.settings, account_id=event.account_id)
            db.run(handler, event.object, event.created, tools)

    def deliver(self, events: Sequence[StripeEvent]) -> None:
        """By the inbox, which keeps each once; a job works it through."""
        with db.transaction() as session:
            for event in events:
                webhooks.keep_event(session, event, queue=self.queue)
        kept = [ids for job, ids, _ in self.queue.enqueued if job == webhooks.EVENT_JOB]
        self.queue.enqueued = [each for each in self.queue.enqueued if each[0] != webhooks.EVENT_JOB]
        for (event_id,) in kept:
            webhooks.process_event(UUID(event_id), self.tools)

    def send_transfers(self) -> None:
        """The refund windows are over."""
        with db.transaction() as session:
            for row in session.exec(select(Transfer)):
                row.hold_until = row.hold_until and utc_now()
                session.add(row)
        with db.transaction() as session:
            transfers.enqueue_due_transfers(session, self.queue)
        self.work()


def refund_some(world: World, purchase_id: UUID) -> None:
    charge = world.payments.charge(world.charge_of(purchase_id))
    left = charge.amount - charge.refunded
    if left > 0 and not charge.is_disputed:
        amount = world.chance.choice([left, world.chance.randint(1, left)])
        key = f"{charge.id} {len(world.payments.refunds(charge.id))}"
        world.payments.refund(charge.id, amount, reason="duplicate", reference="", key=key)


def fail_a_refund(world: World, purchase_id: UUID) -> None:
    made = world.payments.refunds(world.charge_of(purchase_id))
    if made and made[0].status == "succeeded" and not world.payments.charge(made[0].charge_id).is_disputed:
        double_of(world.payments).fail_refund(made[0].id)


def dispute(world: World, purchase_id: UUID) -> None:
    charge = world.payments.charge(world.charge_of(purchase_id))
    if not charge.is_disputed and charge.refunded < charge.amount:
        made = double_of(world.payments).open_dispute(charge.id)
        if world.chance.random() < 0.8:
            double_of(world.payments).decide_dispute(made["id"], is_won=world.chance.random() < 0.5)


def send(world: World, _: UUID) -> None:
    world.send_transfers()


def pay_out(world: World, _: UUID) -> None:
    for has in world.payments.balance(world.account_id):
        if has.available > 0:
            amount = world.chance.randint(1, has.available)
            key = f"payout-{len(world.payments.payouts(world.account_id))}"
            made = world.payments.pay_out(world.account_id, amount, has.currency, key=key)
            is_paid = world.chance.random() < 0.6
            double_of(world.payments).end_payout(made.id, world.account_id, is_paid=is_paid)


DEEDS = (refund_some, refund_some, fail_a_refund, dispute, send, send, pay_out)


def check(world: World, bought: Sequence[UUID]) -> None:
    for _ in range(3):  # what came back late is taken back, or owed
        world.send_transfers()
        world.listen()
        world.deliver(world.told)
    reconciling.reconcile(world.payments)
    theirs = {one.currency: one.available for one in world.payments.balance()}
    with db.transaction() as session:
        assert_balanced(session)
        for currency, accounts in ledger.totals(session).items():
            assert accounts[LedgerAccount.PROCESSOR] == theirs[currency]
        for has in world.payments.balance(world.account_id):
            assert books(session, has.currency).get(LedgerAccount.CONNECTED, 0) == has.available
        assert _counts(session) == (len(bought), len(bought), len(bought), len(bought))
        for purchase_id in bought:
            purchase = session.get_one(Purchase, purchase_id)
            assert purchase.refunded_amount == world.payments.charge(purchase.charge_id).refunded
            assert purchase.status not in (PurchaseStatus.PENDING, PurchaseStatus.FAILED, PurchaseStatus.EXPIRED)


def _counts(session: Session) -> tuple[int, int, int, int]:
    """Purchases, sales in the ledger, licences, installs."""
    sales = session.exec(select(LedgerTransaction).where(LedgerTransaction.kind == "sale")).all()
    return tuple(len(found) for found in (session.exec(select(Purchase)).all(), sales)) + tuple(  # type: ignore[return-value]
        len(session.exec(select(kind)).all()) for kind in (License, Install)
    )


@pytest.mark.slow
def test_each_event_a_thousand_times_in_any_order_moves_money_once(database: str, settings: Settings) -> None:
    world = World(settings, seed=1)
    bought = [world.buy(currency) for currency in ("usd", "usd", "usd", "jpy", "jpy")]
    world.listen()
    for event in world.told:
        world.handle(event)
    for deed, purchase_id in (
        (send, bought[0]),
        (refund_some, bought[0]),
        (fail_a_refund, bought[0]),
        (refund_some, bought[1]),
        (dispute, bought[2]),
        (dispute, bought[3]),
        (pay_out, bought[0]),
    ):
        deed(world, purchase_id)
    world.listen()
    of_kind = Counter(event.kind for event in world.told)
    deliveries = [event for event in world.told for _ in range(-(-DELIVERIES // of_kind[event.kind]))]
    world.chance.shuffle(deliveries)
    for start in range(0, len(deliveries), 250):
        world.deliver(deliveries[start : start + 250])
    assert all(count >= DELIVERIES for count in Counter(event.kind for event in deliveries).values())
    check(world, bought)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_between_whatever_is_heard_the_books_are_stripes(
    database: str, settings: Settings, seed: int
) -> None:
    world = World(settings, seed)
    bought: list[UUID] = []
    for _ in range(40):
        if len(bought) < 2 or world.chance.random() < 0.1:
            bought.append(world.buy(world.chance.choice(["usd", "jpy"])))
        world.chance.choice(DEEDS)(world, world.chance.choice(bought))
        world.listen()
        for event in world.chance.sample(world.told, min(4, len(world.told))):
            world.handle(event)  # each as often as chance has it, and never as new
    check(world, bought)
