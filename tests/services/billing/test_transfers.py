"""Creators' shares: held until the window ends, sent once, taken back, and what could not be is paid later."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.stripe import StripeReversal, StripeTransfer
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.errors import Unavailable
from overskill.models import LedgerAccount, Purchase, TransferStatus, utc_now
from overskill.services.billing import disputes, holds, ledger, transfers
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.services.billing.sales import (
    assert_balanced,
    books,
    double_of,
    end_refund_window,
    make_paid_sale,
    make_payments,
    onboard,
    seller_of,
    transfers_of,
)
from tests.services.billing.shares import due_sale, only, settle_all, take

CONNECTED, PROCESSOR = LedgerAccount.CONNECTED, LedgerAccount.PROCESSOR


@pytest.fixture
def payments(database: str, settings: Settings) -> StripePayments:
    return make_payments(settings)


def test_nothing_is_sent_within_the_refund_window(payments: StripePayments) -> None:
    purchase_id = make_paid_sale(payments)
    with db.transaction() as session:
        onboard(session, payments, seller_of(session, session.get_one(Purchase, purchase_id)))
    settle_all(payments)
    transfers.settle(only(purchase_id).id, payments=payments)
    assert only(purchase_id).status is TransferStatus.HELD
    assert not payments.transfers(str(purchase_id))


def test_once_the_window_is_over_each_creator_gets_their_share(payments: StripePayments) -> None:
    with db.transaction() as session:
        parent = make_creator(session)
        account_id = onboard(session, payments, parent)
        parent_id = parent.id
    purchase_id = due_sale(payments, royalties={parent_id: 2_000})
    settle_all(payments)
    with db.transaction() as session:
        rows = transfers_of(session, session.get_one(Purchase, purchase_id))
        assert [(row.status, row.sent_amount) for row in rows] == [
            (TransferStatus.SENT, 7_200),
            (TransferStatus.SENT, 1_800),
        ]
        assert books(session)[CONNECTED] == 9_000
        assert_balanced(session)
    assert [(one.currency, one.available) for one in payments.balance(account_id)] == [("usd", 1_800)]


def test_who_has_no_account_yet_gets_it_once_they_have(payments: StripePayments) -> None:
    purchase_id = due_sale(payments, has_account=False)
    settle_all(payments)
    assert only(purchase_id).status is TransferStatus.DUE
    with db.transaction() as session:
        onboard(session, payments, seller_of(session, session.get_one(Purchase, purchase_id)))
    settle_all(payments)
    assert only(purchase_id).status is TransferStatus.SENT


def test_workers_that_settle_at_once_send_once(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    transfer_id = only(purchase_id).id
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: transfers.settle(transfer_id, payments=payments), range(8)))
    assert [one.amount for one in payments.transfers(str(purchase_id))] == [9_000]
    with db.transaction() as session:
        assert books(session)[CONNECTED] == 9_000


class Deaf(StripePayments):
    """Stripe does what it is asked, and its answer is lost."""

    def transfer(self, *args: str, **facts: str) -> StripeTransfer:  # type: ignore[override]
        super().transfer(*args, **facts)  # type: ignore[arg-type]
        raise Unavailable("Stripe does not answer.")


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_sent_twice(
    payments: StripePayments, settings: Settings
) -> None:
    purchase_id = due_sale(payments)
    transfers.settle(only(purchase_id).id, payments=Deaf(settings, double=double_of(payments), pauses=False))
    assert only(purchase_id).status is TransferStatus.SENDING
    transfers.settle(only(purchase_id).id, payments=payments)
    assert only(purchase_id).status is TransferStatus.SENT
    assert len(payments.transfers(str(purchase_id))) == 1


def test_an_answer_lost_for_longer_than_keys_last_is_looked_for(payments: StripePayments, settings: Settings) -> None:
    purchase_id = due_sale(payments)
    deaf = Deaf(settings, double=double_of(payments), pauses=False)
    transfers.settle(only(purchase_id).id, payments=deaf)
    with db.transaction() as session:
        row = transfers.lock_transfer(session, only(purchase_id).id)
        assert row is not None
        made = payments.transfers(str(purchase_id))[0]
        long_ago = utc_now() - timedelta(days=2)
        stored = double_of(payments).store
        name = f"transfer/{made.id}"
        text = stored.load(name) or b""
        reference = f"{row.id}:{int(long_ago.timestamp() * 1000)}"
        stored.save({name: text.replace(made.reference.encode(), reference.encode())})
        row.sent_at = long_ago
        session.add(row)
    transfers.settle(only(purchase_id).id, payments=payments)
    assert only(purchase_id).external_id == made.id


def test_what_is_refunded_before_is_not_sent(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    take(purchase_id, 5_000)
    settle_all(payments)
    assert only(purchase_id).sent_amount == 4_500
    other = due_sale(payments)
    take(other, 10_000)
    settle_all(payments)
    assert (only(other).status, only(other).sent_amount) == (TransferStatus.CANCELLED, 0)


def test_what_is_refunded_afterwards_is_taken_back(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    take(purchase_id, 4_000)
    for _ in range(2):
        settle_all(payments)
    assert (only(purchase_id).status, only(purchase_id).returned_amount) == (TransferStatus.SENT, 3_600)
    take(purchase_id, 6_000, 2)
    settle_all(payments)
    assert only(purchase_id).status is TransferStatus.REVERSED
    with db.transaction() as session:
        assert books(session) == {}


def test_a_refund_that_fails_after_it_was_taken_back_is_sent_again(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    take(purchase_id, 10_000)
    settle_all(payments)
    take(purchase_id, -10_000, 2)
    settle_all(payments)
    found = only(purchase_id)
    assert (found.status, found.sent_amount - found.returned_amount) == (TransferStatus.SENT, 9_000)
    with db.transaction() as session:
        assert books(session)[CONNECTED] == 9_000


def test_what_can_not_be_taken_back_is_kept_from_the_next_transfers(payments: StripePayments) -> None:
    first = due_sale(payments)
    settle_all(payments)
    with db.transaction() as session:
        creator = seller_of(session, session.get_one(Purchase, first))
        listing = make_listing(session, creator)
        account_id = creator.account_id
    payout = payments.pay_out(account_id, 9_000, "usd", key="all")
    take(first, 10_000)
    settle_all(payments)
    assert (only(first).owed_amount, only(first).returned_amount) == (9_000, 0)
    assert payout.amount == 9_000
    second = make_paid_sale(payments, 12_000, listing=listing)
    with db.transaction() as session:
        end_refund_window(session, session.get_one(Purchase, second))
    settle_all(payments)
    found = only(second)
    assert (found.kept_amount, found.sent_amount, found.status) == (9_000, 1_800, TransferStatus.SENT)
    with db.transaction() as session:
        assert transfers.debt(session, found.creator_id, "usd") == 0
        (has,) = ledger.balance(session, found.creator_id)
        assert (has.earned, has.due) == (10_800, 0)
        assert_balanced(session)


def test_a_debt_in_one_currency_is_not_kept_from_another(payments: StripePayments) -> None:
    first = due_sale(payments)
    settle_all(payments)
    with db.transaction() as session:
        creator = seller_of(session, session.get_one(Purchase, first))
        listing = make_listing(session, creator)
    payments.pay_out(creator.account_id, 9_000, "usd", key="all")
    take(first, 10_000)
    settle_all(payments)
    second = make_paid_sale(payments, 12_000, listing=listing, currency="jpy")
    with db.transaction() as session:
        end_refund_window(session, session.get_one(Purchase, second))
    settle_all(payments)
    assert (only(second).kept_amount, only(second).sent_amount) == (0, 10_800)


def test_a_transfer_reversed_at_stripe_waits_for_an_admin(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    sent = only(purchase_id)
    payments.reverse_transfer(sent.external_id, 9_000, key="by hand")
    db.run(transfers.note_returned, sent.id, 9_000)
    settle_all(payments)
    assert (only(purchase_id).status, only(purchase_id).hold_until) == (TransferStatus.HELD, None)
    with db.transaction() as session:
        holds.release(session, make_user(session, is_admin=True).id, only(purchase_id))
    settle_all(payments)
    assert only(purchase_id).status is TransferStatus.SENT
    with db.transaction() as session:
        assert books(session)[CONNECTED] == 9_000


def test_a_refund_takes_back_what_was_left_of_a_transfer_that_was_reversed_at_stripe(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    payments.reverse_transfer(only(purchase_id).external_id, 4_000, key="dashboard")
    db.run(transfers.note_returned_of, only(purchase_id).id, payments.transfers(str(purchase_id)))
    assert (only(purchase_id).status, only(purchase_id).outstanding) == (TransferStatus.HELD, 4_000)
    take(purchase_id, 10_000)
    settle_all(payments)
    assert (only(purchase_id).status, only(purchase_id).returned_amount) == (TransferStatus.REVERSED, 9_000)
    with db.transaction() as session:
        assert CONNECTED not in books(session)


def test_a_refund_takes_back_what_was_sent_though_the_rest_was_refused(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    take(purchase_id, 3_000)
    settle_all(payments)
    take(purchase_id, -3_000, number=2)  # that refund failed at the bank
    with db.transaction() as session:
        account_id = seller_of(session, session.get_one(Purchase, purchase_id)).account_id
    double_of(payments).hold_up(account_id, "rejected.fraud")
    settle_all(payments)
    assert (only(purchase_id).status, only(purchase_id).outstanding) == (TransferStatus.DUE, 2_700)
    take(purchase_id, 10_000, number=3)
    settle_all(payments)
    assert (only(purchase_id).status, only(purchase_id).returned_amount) == (TransferStatus.REVERSED, 9_000)
    with db.transaction() as session:
        assert CONNECTED not in books(session)


def test_what_was_sent_in_two_parts_is_taken_back_of_both(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    for number, amount in enumerate((3_000, -3_000), start=1):  # a refund that failed: its part is sent again
        take(purchase_id, amount, number=number)
        settle_all(payments)
    assert sorted(each.amount for each in payments.transfers(str(purchase_id))) == [2_700, 9_000]
    take(purchase_id, 10_000, number=3)
    settle_all(payments)
    assert (only(purchase_id).status, only(purchase_id).owed_amount) == (TransferStatus.REVERSED, 0)
    assert [each.amount - each.reversed for each in payments.transfers(str(purchase_id))] == [0, 0]
    with db.transaction() as session:
        assert CONNECTED not in books(session)


def test_what_can_only_be_taken_back_in_part_is_owed_for_the_rest(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    for number, amount in enumerate((3_000, -3_000), start=1):
        take(purchase_id, amount, number=number)
        settle_all(payments)
    with db.transaction() as session:
        creator = seller_of(session, session.get_one(Purchase, purchase_id))
    payments.pay_out(creator.account_id, 6_000, "usd", key="most of it")
    take(purchase_id, 10_000, number=3)
    settle_all(payments)
    assert (only(purchase_id).returned_amount, only(purchase_id).owed_amount) == (2_700 + 2_700, 6_300)
    with db.transaction() as session:
        assert transfers.debt(session, creator.id, "usd") == 6_300
        assert books(session)[CONNECTED] == 6_300


def test_a_debt_is_not_paid_by_a_sale_that_is_given_back(payments: StripePayments) -> None:
    first = due_sale(payments)
    with db.transaction() as session:
        creator = seller_of(session, session.get_one(Purchase, first))
        listing = make_listing(session, creator)
    settle_all(payments)
    payments.pay_out(creator.account_id, 9_000, "usd", key="all of it")
    take(first, 5_000)
    settle_all(payments)
    second = due_sale(payments, has_account=False, listing=listing)
    settle_all(payments)
    assert (only(first).owed_amount, only(second).kept_amount, only(second).sent_amount) == (4_500, 4_500, 4_500)
    take(second, 10_000)
    settle_all(payments)
    with db.transaction() as session:
        assert transfers.debt(session, creator.id, "usd") == 4_500
        (has,) = ledger.balance(session, creator.id)
        assert has.due == -4_500
        assert_balanced(session)


class Slow(StripePayments):
    """Before it takes anything back, more is to come back."""

    def __init__(self, payments: StripePayments, settings: Settings, meanwhile: Callable[[], None]) -> None:
        super().__init__(settings, double=double_of(payments), pauses=False)
        self._meanwhile = meanwhile

    def reverse_transfer(self, transfer_id: str, amount: int, *, key: str) -> StripeReversal:
        self._meanwhile()
        return super().reverse_transfer(transfer_id, amount, key=key)


def test_two_jobs_at_once_take_back_no_more_than_is_to_come_back(payments: StripePayments, settings: Settings) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    take(purchase_id, 2_000)

    def meanwhile() -> None:
        take(purchase_id, 3_000, number=2)
        transfers.settle(only(purchase_id).id, payments=payments)

    transfers.settle(only(purchase_id).id, payments=Slow(payments, settings, meanwhile))
    settle_all(payments)
    (made,) = payments.transfers(str(purchase_id))
    assert made.reversed == only(purchase_id).returned_amount == 4_500


class DeafToReversals(StripePayments):
    """Stripe does what it is asked, and its answer is lost."""

    def reverse_transfer(self, transfer_id: str, amount: int, *, key: str) -> StripeReversal:
        super().reverse_transfer(transfer_id, amount, key=key)
        raise Unavailable("Stripe does not answer.")


def test_a_lost_answer_takes_nothing_back_twice_though_more_came_meanwhile(
    payments: StripePayments, settings: Settings
) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    take(purchase_id, 2_000)
    transfers.settle(only(purchase_id).id, payments=DeafToReversals(settings, double=double_of(payments), pauses=False))
    take(purchase_id, 3_000, number=2)
    settle_all(payments)
    settle_all(payments)
    (made,) = payments.transfers(str(purchase_id))
    assert made.reversed == only(purchase_id).returned_amount == 4_500


def test_who_asks_stripe_too_often_is_not_refused_for_good(payments: StripePayments, settings: Settings) -> None:
    purchase_id = due_sale(payments)
    payments._transport.fail("POST /v1/transfers", "rate")  # type: ignore[union-attr]
    settle_all(payments)
    assert only(purchase_id).status is TransferStatus.SENDING


def test_an_admins_release_sends_nothing_that_a_bank_disputes(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    with db.transaction() as session:
        admin = make_user(session, is_admin=True)
        (transfer,) = transfers_of(session, session.get_one(Purchase, purchase_id))
        holds.hold(session, admin.id, transfer, reason="We look at it")
        charge_id = session.get_one(Purchase, purchase_id).charge_id
    made = double_of(payments).open_dispute(charge_id)
    db.run(disputes.note_dispute, payments.dispute(made["id"]), queue=FakeJobQueue())
    with db.transaction() as session:
        holds.release(session, admin.id, only(purchase_id))
    settle_all(payments)
    assert (only(purchase_id).status, only(purchase_id).sent_amount) == (TransferStatus.HELD, 0)
    double_of(payments).decide_dispute(made["id"], is_won=True)
    db.run(disputes.note_dispute, payments.dispute(made["id"]), queue=FakeJobQueue())
    with db.transaction() as session:
        end_refund_window(session, session.get_one(Purchase, purchase_id))
    settle_all(payments)
    assert only(purchase_id).sent_amount == 9_000
