"""Whatever Stripe tells, a thousand times and in whatever order: no cent is lost or doubled, nor is a purchase."""

import contextlib
import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.stripe import StripeEvent
from overskill.clients.stripe.client import StripePayments
from overskill.clients.stripe.double import Refused, Way
from overskill.clients.stripe.double.refunding import End
from overskill.config import Settings
from overskill.models import (
    CreatorProfile,
    Install,
    LedgerAccount,
    LedgerTransaction,
    License,
    Listing,
    Offer,
    Payout,
    PriceModel,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Refund,
    SubscriptionInvoice,
    Transfer,
    TransferStatus,
    utc_now,
)
from overskill.services.billing import (
    disputes,
    ledger,
    reconciling,
    refunds,
    standing,
    subscriptions,
    transfers,
    webhooks,
)
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
    standing.END_JOB: lambda purchase_id, *, payments, queue: subscriptions.end_what_was_given_back(
        purchase_id, payments=payments
    ),
}
AS_TOLD = {"pending": "pending", "succeeded": "succeeded", "failed": "failed", "canceled": "failed"}  # of refunds


class World:
    """A market with two creators, one of whom gets royalties, and buyers to whom everything happens.

    "month" is a listing in dollars that is paid each month.
    """

    def __init__(self, settings: Settings, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same order in every run
        self.settings, self.queue = settings, FakeJobQueue()
        self.payments: StripePayments = make_payments(settings)
        self.tools = EventTools(self.payments, self.queue, settings)
        self.told: list[StripeEvent] = []
        self.disputes: list[str] = []  # open ones
        with db.transaction() as session:
            creator, self.parent = make_creator(session), make_creator(session)
            self.account_ids = [onboard(session, self.payments, each) for each in (creator, self.parent)]
            self.listings = {
                name: make_listing(session, creator, title=f"Jogs {name}") for name in ("usd", "jpy", "month")
            }
            for name, currency, amount in (("usd", "usd", 9_999), ("jpy", "jpy", 1_201), ("month", "usd", 777)):
                self.listings[name].currency = currency
                offer = make_offer(session, self.listings[name], amount=amount, currency=currency)
                if name == "month":
                    offer.price_model, offer.interval = PriceModel.SUBSCRIPTION, "month"
                session.add_all([self.listings[name], offer])

    def buy(self, name: str, *, way: Way = "card") -> UUID:
        """Paid at Stripe, or on its way; what it tells has not arrived yet."""
        with db.transaction() as session:
            listing: Listing = self.listings[name]
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
        purchase_id = UUID(self.payments.session(url.rpartition("/")[2]).reference)
        with db.transaction() as session:
            item = session.exec(select(PurchaseItem).where(PurchaseItem.purchase_id == purchase_id)).one()
            item.split = [{"creator_id": str(self.parent.id), "share": 2_500}]
            session.add(item)
        with contextlib.suppress(Refused):  # "declined": the buyer may try another card
            double_of(self.payments).pay(url.rpartition("/")[2], way=way)
        return purchase_id

    def session_id(self, purchase_id: UUID) -> str:
        with db.transaction() as session:
            return session.get_one(Purchase, purchase_id).session_id

    def subscription_of(self, purchase_id: UUID) -> str:
        return self.payments.session(self.session_id(purchase_id)).subscription_id

    def charges_of(self, purchase_id: UUID) -> list[str]:
        """All that were paid, the first payment's first."""
        seen = self.payments.session(self.session_id(purchase_id))
        intents = [seen.payment_intent_id]
        if seen.subscription_id:
            made = self.payments.invoices(seen.subscription_id)
            intents = [each.payment_intent_id for each in reversed(made) if each.status == "paid"]
        return [self.payments.intent(each).charge_id for each in intents]

    def charge_of(self, purchase_id: UUID) -> str:
        """Any of them."""
        return self.chance.choice(self.charges_of(purchase_id))

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


def refund_some(world: World, purchase_id: UUID, *, is_part: bool = False) -> None:
    charge = world.payments.charge(world.charge_of(purchase_id))
    left = charge.amount - charge.refunded
    if left > 0 and not charge.is_disputed:
        amount = left // 3 + 1 if is_part else world.chance.choice([left, world.chance.randint(1, left)])
        key = f"{charge.id} {len(world.payments.refunds(charge.id))}"
        world.payments.refund(charge.id, amount, reason="duplicate", reference="", key=key)


refund_part = partial(refund_some, is_part=True)


def end_a_refund(world: World, purchase_id: UUID, status: End | None = None) -> None:
    """One that is on its way, or seemed to have arrived, of whatever payment of it."""
    status = status or world.chance.choice(["succeeded", "failed", "canceled"])
    may_be = ("pending", "succeeded") if status == "failed" else ("pending",)
    made = [each for charge in world.charges_of(purchase_id) for each in world.payments.refunds(charge)]
    if mine := [each.id for each in made if each.status in may_be]:
        double_of(world.payments).end_refund(world.chance.choice(mine), status)


arrive, fail, call_back = (partial(end_a_refund, status=each) for each in ("succeeded", "failed", "canceled"))


def dispute(world: World, purchase_id: UUID) -> None:
    charge = world.payments.charge(world.charge_of(purchase_id))
    if not charge.is_disputed and charge.refunded < charge.amount:
        world.disputes.append(double_of(world.payments).open_dispute(charge.id)["id"])
        if world.chance.random() < 0.3:
            world.payments.submit_evidence(
                world.disputes[-1], {"uncategorized_text": "They use it"}, is_final=True, key=charge.id
            )


def decide(world: World, _: UUID, *, is_won: bool | None = None) -> None:
    """Whichever is open."""
    if world.disputes:
        chosen = world.disputes.pop(world.chance.randrange(len(world.disputes)))
        is_won = world.chance.random() < 0.5 if is_won is None else is_won
        double_of(world.payments).decide_dispute(chosen, is_won=is_won)


win = partial(decide, is_won=True)


def send(world: World, _: UUID) -> None:
    world.send_transfers()


def pay_out(world: World, _: UUID) -> None:
    account_id = world.chance.choice(world.account_ids)
    for has in world.payments.balance(account_id):
        if has.available > 0:
            amount = world.chance.randint(1, has.available)
            key = f"payout-{account_id}-{len(world.payments.payouts(account_id))}"
            world.payments.pay_out(account_id, amount, has.currency, key=key)


def go_on_with_payouts(world: World, _: UUID) -> None:
    """Each a step, or none."""
    double = double_of(world.payments)
    for account_id in world.account_ids:
        for made in world.payments.payouts(account_id):
            step = world.chance.choice(["", "", "submit", "cancel", "pay", "fail"])
            with contextlib.suppress(Refused):  # not from where it is
                if step == "submit":
                    double.submit_payout(made.id, account_id)
                elif step == "cancel":
                    double.cancel_payout(made.id, account_id)
                elif step:
                    double.end_payout(made.id, account_id, is_paid=step == "pay")


def renew(world: World, purchase_id: UUID, *, is_paid: bool | None = None) -> None:
    """A subscription is paid again, or its card is refused, and another one is not."""
    subscription_id = world.subscription_of(purchase_id)
    if not subscription_id:
        return
    now = world.payments.subscription(subscription_id)
    if now.status == "past_due":
        double_of(world.payments).change_card(now.customer_id, works=True)
    elif now.status == "active":
        is_paid = world.chance.random() < 0.7 if is_paid is None else is_paid
        double_of(world.payments).renew(subscription_id, is_paid=is_paid)


miss = partial(renew, is_paid=False)


def end(world: World, purchase_id: UUID) -> None:
    subscription_id = world.subscription_of(purchase_id)
    if subscription_id and world.payments.subscription(subscription_id).status != "canceled":
        double_of(world.payments).end_subscription(subscription_id)


def hear(world: World, _: UUID) -> None:
    """Of everything, again."""
    world.listen()
    for event in world.told:
        world.handle(event)


def work(world: World, _: UUID) -> None:
    """What has to be told to Stripe is told at some time, not at once."""
    world.work()


DEEDS = (
    *(refund_some, refund_some, refund_some, end_a_refund, end_a_refund, dispute, decide),
    *(send, send, pay_out, pay_out, go_on_with_payouts),
    *(renew, renew, renew, end, work),
)


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
        connected = Counter[str]()
        for account_id in world.account_ids:
            connected.update({has.currency: has.available for has in world.payments.balance(account_id)})
        for currency, amount in connected.items():
            assert books(session, currency).get(LedgerAccount.CONNECTED, 0) == amount
        assert_each_creator_has_their_due(session)
        check_purchases(session, world, bought)
        check_what_is_on_its_way(session, world, bought)


def assert_each_creator_has_their_due(session: Session) -> None:
    """What the ledger says that is due to each is what their transfers are short of, less what they owe."""
    rows = session.exec(select(Transfer)).all()
    for row in rows:
        assert 0 <= row.reversed_amount <= row.amount
        assert 0 <= row.kept_amount <= row.amount - row.reversed_amount
        assert row.returning_amount == 0
        if row.hold_until is None and row.status is TransferStatus.HELD:
            assert session.get_one(Purchase, row.purchase_id).status is PurchaseStatus.DISPUTED
    for creator in session.exec(select(CreatorProfile)).all():
        for has in ledger.balance(session, creator.id):
            mine = [row for row in rows if (row.creator_id, row.currency) == (creator.id, has.currency)]
            owed = sum(row.owed_amount - row.kept_amount for row in mine)
            assert has.due == sum(row.outstanding for row in mine) - owed
            assert transfers.debt(session, creator.id, has.currency) == owed


def check_purchases(session: Session, world: World, bought: Sequence[UUID]) -> None:
    """Each is paid once, and has one licence and one install; each of its payments is booked once."""
    later = session.exec(select(SubscriptionInvoice)).all()
    sales = session.exec(select(LedgerTransaction).where(LedgerTransaction.kind == "sale")).all()
    charges = [charge for purchase_id in bought for charge in world.charges_of(purchase_id)]
    assert sorted(sale.external_id for sale in sales) == sorted(charges)
    assert len(charges) == len(bought) + len(later)
    paid = [purchase for purchase in session.exec(select(Purchase)).all() if purchase.paid_at]
    assert {purchase.id for purchase in paid} == set(bought)
    for kind in (License, Install):
        assert len(session.exec(select(kind)).all()) == len(bought)
    for purchase in paid:
        assert purchase.refunded_amount == world.payments.charge(purchase.charge_id).refunded
        assert purchase.status not in (PurchaseStatus.PENDING, PurchaseStatus.FAILED, PurchaseStatus.EXPIRED)
        if purchase.status in standing.OVER and purchase.subscription_id:
            assert world.payments.subscription(purchase.subscription_id).status == "canceled"
    for invoice in later:
        assert invoice.refunded_amount == world.payments.charge(invoice.charge_id).refunded


def check_what_is_on_its_way(session: Session, world: World, bought: Sequence[UUID]) -> None:
    """Each refund and each payout is known once, as it is at Stripe."""
    charges = [charge for purchase_id in bought for charge in world.charges_of(purchase_id)]
    back = [each for charge in charges for each in world.payments.refunds(charge)]
    rows = [row for row in session.exec(select(Refund)).all() if row.external_id]
    assert {row.external_id: (row.amount, row.status.value) for row in rows} == {
        each.id: (each.amount, AS_TOLD[each.status]) for each in back
    }
    assert len(rows) == len(back)
    out = [each for account_id in world.account_ids for each in world.payments.payouts(account_id)]
    known = session.exec(select(Payout)).all()
    assert {row.external_id: (row.amount, row.status.value, row.arrives_at) for row in known} == {
        each.id: (each.amount, each.status, each.arrives_at) for each in out
    }
    assert len(known) == len(out)


@pytest.mark.slow
def test_each_event_a_thousand_times_in_any_order_moves_money_once(database: str, settings: Settings) -> None:
    world = World(settings, seed=1)
    bought = [world.buy(name) for name in ("usd", "usd", "usd", "jpy", "jpy", *["month"] * 4)]
    world.listen()
    for event in world.told:
        world.handle(event)
    by_bank, unpaid = world.buy("usd", way="bank"), world.buy("jpy", way="bank")
    world.buy("usd", way="declined")
    double = double_of(world.payments)
    double.settle(world.session_id(by_bank), is_paid=True)
    double.settle(world.session_id(unpaid), is_paid=False)
    for deed, purchase_id in (
        (send, bought[0]),
        *((deed, bought[0]) for deed in (*[pay_out] * 5, refund_some)),
        *((refund_part, by_bank) for _ in range(4)),
        (dispute, bought[3]),
        (hear, bought[0]),
        (win, bought[3]),
        *((go_on_with_payouts, bought[0]) for _ in range(3)),
        (send, bought[0]),
        (fail, bought[0]),
        *((deed, by_bank) for deed in (arrive, call_back, fail)),
        *((refund_part, bought[1]) for _ in range(2)),
        (dispute, bought[2]),
        *((deed, bought[5]) for deed in (renew, miss, renew, refund_some)),
        (miss, bought[6]),
        (renew, bought[6]),
        (dispute, bought[6]),
        (renew, bought[6]),
        (end, bought[7]),
    ):
        deed(world, purchase_id)
    double.now = lambda: utc_now() + timedelta(hours=25)
    double.pass_time()
    double.now = utc_now
    double.decide_dispute(double.open_dispute(world.charge_of(bought[8]))["id"], is_won=False)
    answered = double.open_dispute(world.charge_of(bought[4]))
    world.payments.submit_evidence(answered["id"], {"uncategorized_text": "winning_evidence"}, is_final=True, key="e")
    world.listen()
    of_kind = Counter(event.kind for event in world.told if event.kind in webhooks.HANDLERS)
    assert set(of_kind) == set(webhooks.HANDLERS)
    deliveries = [event for event in world.told for _ in range(-(-DELIVERIES // max(1, of_kind[event.kind])))]
    world.chance.shuffle(deliveries)
    for start in range(0, len(deliveries), 250):
        world.deliver(deliveries[start : start + 250])
        for event in deliveries[start : start + 5]:
            world.handle(event)  # again, though it was worked through
    delivered = Counter(event.kind for event in deliveries)
    assert all(delivered[kind] >= DELIVERIES for kind in webhooks.HANDLERS)
    check(world, [*bought, by_bank])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_between_whatever_is_heard_the_books_are_stripes(
    database: str, settings: Settings, seed: int
) -> None:
    world = World(settings, seed)
    bought: list[UUID] = []
    for _ in range(60):
        if len(bought) < 3 or world.chance.random() < 0.1:
            name, way = world.chance.choice(
                [("usd", "card"), ("usd", "bank"), ("jpy", "bank"), *[("month", "card")] * 3]
            )
            bought.append(world.buy(name, way=way))
            if way == "bank":
                double_of(world.payments).settle(world.session_id(bought[-1]), is_paid=True)
        world.chance.choice(DEEDS)(world, world.chance.choice(bought))
        world.listen()
        for event in world.chance.sample(world.told, min(4, len(world.told))):
            world.handle(event)  # each as often as chance has it, and never as new
    check(world, bought)
