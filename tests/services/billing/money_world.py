"""A market with buyers to whom everything happens, at Stripe and between what Stripe tells of it."""

import contextlib
import random
from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from sqlmodel import col, select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.stripe import StripeEvent
from overskill.clients.stripe.client import StripePayments
from overskill.clients.stripe.double import Refused, Way
from overskill.clients.stripe.double.refunding import End
from overskill.config import Settings
from overskill.models import (
    Install,
    InstallStatus,
    Listing,
    Offer,
    PriceModel,
    Purchase,
    PurchaseItem,
    Transfer,
    utc_now,
)
from overskill.services.billing import (
    disputes,
    refunds,
    standing,
    subscriptions,
    transfers,
    webhooks,
)
from overskill.services.billing.checkout import Wish, begin_checkout
from overskill.services.billing.event_tools import EventTools
from overskill.services.billing.splits import invoices_of
from overskill.services.market.undoing import end_failed
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.services.billing.sales import double_of, make_payments, onboard

JOBS: dict[str, Callable[..., None]] = {
    refunds.REFUND_JOB: refunds.carry_out,
    transfers.SETTLE_JOB: lambda transfer_id, *, payments, queue: transfers.settle(transfer_id, payments=payments),
    disputes.EVIDENCE_JOB: disputes.submit,
    standing.END_JOB: lambda purchase_id, *, payments, queue: subscriptions.end_what_was_given_back(
        purchase_id, payments=payments
    ),
}


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


def fail_install(world: World, purchase_id: UUID) -> None:
    """For good. It is tried at once, so nothing was paid again by then."""
    with db.transaction() as session:
        bought = session.get_one(Purchase, purchase_id)
        items = select(PurchaseItem.id).where(PurchaseItem.purchase_id == purchase_id)
        install = session.exec(select(Install).where(col(Install.item_id).in_(items)).with_for_update()).one_or_none()
        if install and install.status is InstallStatus.QUEUED and not invoices_of(session, bought):
            end_failed(session, install, "It does not start.", queue=world.queue)


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
    *(fail_install, fail_install),
)
