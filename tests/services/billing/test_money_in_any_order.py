"""Whatever Stripe tells, a thousand times and in whatever order: no cent is lost or doubled, nor is a purchase."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.config import Settings
from overskill.models import (
    CreatorProfile,
    Dispute,
    Install,
    InstallStatus,
    LedgerAccount,
    LedgerTransaction,
    License,
    Payout,
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
    ledger,
    reconciling,
    standing,
    transfers,
    webhooks,
)
from tests.services.billing.money_world import (
    DEEDS,
    World,
    arrive,
    call_back,
    dispute,
    end,
    fail,
    go_on_with_payouts,
    hear,
    miss,
    pay_out,
    refund_part,
    refund_some,
    renew,
    send,
    win,
)
from tests.services.billing.sales import assert_balanced, books, double_of

DELIVERIES = 1_000  # of each kind of event, and of many more than that in all
AS_TOLD = {"pending": "pending", "succeeded": "succeeded", "failed": "failed", "canceled": "failed"}  # of refunds


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
        check_that_nobody_paid_for_nothing(session)


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


def check_that_nobody_paid_for_nothing(session: Session) -> None:
    """What could not be installed was given back, or tried to be since a bank let go of it; or a bank has the money."""
    for install in session.exec(select(Install).where(Install.status == InstallStatus.FAILED)):
        purchase = session.get_one(Purchase, session.get_one(PurchaseItem, install.item_id).purchase_id)
        if purchase.status in (PurchaseStatus.DISPUTED, PurchaseStatus.LOST):
            continue
        closed = session.exec(select(Dispute.closed_at).where(Dispute.purchase_id == purchase.id)).all()
        since = max((each for each in closed if each), default=purchase.created_at)
        refunds = session.exec(select(Refund).where(Refund.purchase_id == purchase.id)).all()
        tried = [row for row in refunds if row.is_automatic and row.created_at >= since]
        assert purchase.refunded_amount == purchase.total_amount or tried, purchase.id


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
