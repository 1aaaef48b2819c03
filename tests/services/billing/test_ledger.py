"""The ledger of money: every movement sums to zero, is made once, and stays."""

import random
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from overskill import db
from overskill.models import (
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Purchase,
    SubscriptionInvoice,
    TransferStatus,
    utc_now,
)
from overskill.services.billing import ledger
from overskill.services.billing.ledger import Line, book, take_back
from overskill.services.billing.splits import first_payment
from tests.market_rows import make_creator, make_listing
from tests.services.billing.sales import assert_balanced, books, make_sale, movements, transfers_of

PROCESSOR, PLATFORM, TAX, CREATOR = (
    LedgerAccount.PROCESSOR,
    LedgerAccount.PLATFORM,
    LedgerAccount.TAX,
    LedgerAccount.CREATOR,
)


def refund(session: Session, purchase: Purchase, amount: int, number: int = 1) -> bool:
    return take_back(
        session,
        first_payment(purchase),
        amount,
        key=f"refund:{purchase.id}:{number}",
        kind="refund",
        account=PROCESSOR,
    )


def test_a_sale_is_the_states_the_platforms_and_the_creators(session: Session) -> None:
    parent = make_creator(session)
    make_sale(session, 10_000, tax=1_900, fee=1_000, royalties={parent.id: 2_000})
    assert books(session) == {PROCESSOR: 11_900, TAX: -1_900, PLATFORM: -1_000, CREATOR: -9_000}
    assert [one.earned for one in ledger.balance(session, parent.id)] == [1_800]


@pytest.mark.parametrize("amount", [1, 99, 99_999_999])
def test_the_smallest_and_the_largest_price_are_shared_to_the_cent(session: Session, amount: int) -> None:
    purchase = make_sale(session, amount, royalties={make_creator(session).id: 3_333})
    assert books(session)[PROCESSOR] == amount
    assert sum(row.amount for row in transfers_of(session, purchase)) + purchase.fee_amount == amount
    assert_balanced(session)


def test_what_is_free_moves_nothing(session: Session) -> None:
    purchase = make_sale(session, 0)
    assert books(session) == {}
    assert transfers_of(session, purchase) == []
    assert purchase.refund_until is None


def test_each_currency_has_books_of_its_own(session: Session) -> None:
    creator = make_creator(session)
    listing = make_listing(session, creator)
    make_sale(session, 1_000, listing=listing)
    make_sale(session, 1_200, currency="jpy", listing=listing)
    assert books(session, "jpy") == {PROCESSOR: 1_200, PLATFORM: -120, CREATOR: -1_080}
    assert [(one.currency, one.due) for one in ledger.balance(session, creator.id)] == [("jpy", 1_080), ("usd", 900)]


def test_the_share_of_each_creator_is_held_until_the_refund_window_ends(session: Session) -> None:
    parent = make_creator(session)
    purchase = make_sale(session, 10_000, royalties={parent.id: 2_000})
    sellers, royalty = transfers_of(session, purchase)
    assert (sellers.amount, royalty.amount, royalty.is_royalty) == (7_200, 1_800, True)
    assert {row.status for row in (sellers, royalty)} == {TransferStatus.HELD}
    assert sellers.hold_until == purchase.refund_until
    assert purchase.refund_until is not None
    assert purchase.paid_at is not None
    assert (purchase.refund_until - purchase.paid_at).days == 14


def test_what_the_house_would_get_stays_with_the_platform(session: Session) -> None:
    house = make_creator(session)
    house.is_house = True
    session.add(house)
    purchase = make_sale(session, 10_000, royalties={house.id: 1_000})
    assert books(session) == {PROCESSOR: 10_000, PLATFORM: -1_900, CREATOR: -8_100}
    assert len(transfers_of(session, purchase)) == 1


def test_shares_that_come_to_more_than_all_are_capped(session: Session) -> None:
    first, second = make_creator(session), make_creator(session)
    purchase = make_sale(session, 10_000, fee=0, royalties={first.id: 8_000, second.id: 8_000})
    assert sorted(row.amount for row in transfers_of(session, purchase)) == [5_000, 5_000]
    assert_balanced(session)


def test_a_sale_that_is_told_again_is_booked_once(session: Session) -> None:
    purchase = make_sale(session)
    assert not ledger.book_sale(session, purchase)
    assert movements(session) == [("sale", 10_000)]
    assert len(transfers_of(session, purchase)) == 1


def test_workers_that_book_at_once_book_once(database: str) -> None:
    with db.transaction() as session:
        creator = make_creator(session)
    key = str(uuid4())

    def move(_: int) -> bool:
        with db.transaction() as session:
            return book(session, key, "fee", "usd", [Line(PROCESSOR, 5), Line(CREATOR, -5, creator.id)])

    with ThreadPoolExecutor(4) as workers:
        assert sorted(workers.map(move, range(8))) == [False] * 7 + [True]
    with db.transaction() as session:
        assert [one.earned for one in ledger.balance(session, creator.id)] == [5]


def test_a_later_payment_of_a_subscription_has_its_own_shares(session: Session) -> None:
    purchase = make_sale(session, 1_000)
    invoice = SubscriptionInvoice(
        purchase_id=purchase.id, external_id="in_2", amount=1_000, tax_amount=190, currency="usd", paid_at=utc_now()
    )
    session.add(invoice)
    for _ in range(2):
        ledger.book_later_sale(session, purchase, invoice)
    assert books(session) == {PROCESSOR: 2_190, TAX: -190, PLATFORM: -200, CREATOR: -1_800}
    assert sorted(row.source for row in transfers_of(session, purchase)) == ["in_2", "sale"]


def test_what_stripe_keeps_is_booked_once(session: Session) -> None:
    purchase = make_sale(session, 1_000)
    for _ in range(2):
        ledger.book_processor_fee(session, first_payment(purchase), 59, "usd")
    assert books(session)[LedgerAccount.PROCESSOR_FEES] == 59
    assert books(session)[PROCESSOR] == 941


def test_a_full_refund_takes_from_everybody_what_they_got(session: Session) -> None:
    purchase = make_sale(session, 10_000, tax=1_900, royalties={make_creator(session).id: 2_500})
    assert refund(session, purchase, 11_900)
    assert books(session) == {}
    assert {row.status for row in transfers_of(session, purchase)} == {TransferStatus.CANCELLED}


def test_a_partial_refund_takes_the_same_part_from_everybody(session: Session) -> None:
    purchase = make_sale(session, 10_000, tax=2_000, royalties={make_creator(session).id: 5_000})
    refund(session, purchase, 6_000)
    assert books(session) == {PROCESSOR: 6_000, TAX: -1_000, PLATFORM: -500, CREATOR: -4_500}
    assert [row.reversed_amount for row in transfers_of(session, purchase)] == [2_250, 2_250]
    assert {row.status for row in transfers_of(session, purchase)} == {TransferStatus.HELD}


def test_refunds_in_any_parts_take_all_and_never_give_a_creator_anything(session: Session) -> None:
    chance = random.Random(11)  # noqa: S311 - the same parts in every run
    for _ in range(10):
        total = chance.randint(3, 5_000)
        purchase = make_sale(session, total - 1, tax=1, royalties={make_creator(session).id: chance.randint(1, 9_000)})
        left, number = total, 0
        while left:
            part, number = chance.randint(1, left), number + 1
            before = [row.reversed_amount for row in transfers_of(session, purchase)]
            refund(session, purchase, part, number)
            after = [row.reversed_amount for row in transfers_of(session, purchase)]
            assert all(now >= then for now, then in zip(after, before, strict=True))
            left -= part
        assert_balanced(session)
    assert books(session) == {}


def test_more_taken_than_was_paid_is_the_platforms_loss_and_nobody_elses(session: Session) -> None:
    """A bank that takes back all of what was refunded in part."""
    purchase = make_sale(session, 10_000, tax=2_000)
    refund(session, purchase, 6_000)
    refund(session, purchase, 12_000, 2)
    assert books(session) == {PROCESSOR: -6_000, LedgerAccount.LOSSES: 6_000}
    assert [row.reversed_amount for row in transfers_of(session, purchase)] == [9_000]
    refund(session, purchase, -6_000, 3)
    assert books(session) == {}
    refund(session, purchase, -12_000, 4)
    assert books(session) == {PROCESSOR: 12_000, TAX: -2_000, PLATFORM: -1_000, CREATOR: -9_000}


def test_a_refund_that_fails_gives_everybody_their_part_again(session: Session) -> None:
    purchase = make_sale(session, 9_999, tax=777)
    before = books(session)
    refund(session, purchase, 10_776)
    refund(session, purchase, -10_776, 2)
    assert books(session) == before
    assert [(row.status, row.reversed_amount) for row in transfers_of(session, purchase)] == [(TransferStatus.HELD, 0)]


def test_a_movement_that_does_not_sum_to_zero_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="does not sum to zero"):
        book(session, "odd", "fee", "usd", [Line(PROCESSOR, 5), Line(CREATOR, -4)])


def test_the_database_refuses_what_does_not_sum_to_zero(database: str) -> None:
    def write_half() -> None:
        with db.transaction() as session:
            transaction = LedgerTransaction(key="half", kind="fee")
            session.add(transaction)
            session.flush()
            session.add(LedgerEntry(transaction_id=transaction.id, account=PROCESSOR, currency="usd", amount=5))

    with pytest.raises(DBAPIError, match="does not sum to zero"):
        write_half()


@pytest.mark.parametrize(
    "change", [update(LedgerEntry).values(amount=1), delete(LedgerEntry), update(LedgerTransaction).values(kind="x")]
)
def test_the_database_refuses_to_change_what_was_booked(database: str, change: object) -> None:
    with db.transaction() as session:
        make_sale(session)
    with pytest.raises(DBAPIError, match="only grows"), db.transaction() as session:
        session.execute(change)  # type: ignore[call-overload]


def test_a_balance_says_what_is_due_and_what_was_transferred(session: Session) -> None:
    purchase = make_sale(session, 10_000)
    (transfer,) = transfers_of(session, purchase)
    ledger.book_transfer(session, transfer, 9_000, "tr_1")
    ledger.book_transfer(session, transfer, 9_000, "tr_1")
    ledger.book_reversal(session, transfer, 2_000, "trr_1")
    (has,) = ledger.balance(session, purchase.creator_id)
    assert (has.earned, has.connected, has.due) == (9_000, 7_000, 2_000)
