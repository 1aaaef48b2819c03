"""Creators' accounts at Stripe, what is paid out of them, and whether the books agree with Stripe's."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.stripe import StripePayout
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import (
    CreatorProfile,
    LedgerAccount,
    Payout,
    PayoutStatus,
    Reconciliation,
    Transfer,
    TransferStatus,
)
from overskill.services.billing import ledger, onboarding, payouts, reconciling
from overskill.services.billing.splits import first_payment
from tests.factories import make_user
from tests.market_rows import make_creator
from tests.services.billing.sales import (
    books,
    double_of,
    make_charge,
    make_paid_sale,
    make_payments,
    make_sale,
    onboard,
)

SITE = "http://localhost:3000"


@pytest.fixture
def payments(database: str, settings: Settings) -> StripePayments:
    return make_payments(settings)


def make_seller(payments: StripePayments | None = None) -> CreatorProfile:
    with db.transaction() as session:
        creator = make_creator(session)
        if payments is not None:
            onboard(session, payments, creator)
        return creator


def creator_of(creator_id: UUID) -> CreatorProfile:
    with db.transaction() as session:
        return session.get_one(CreatorProfile, creator_id)


def test_an_account_is_made_once_and_set_up_at_stripe(payments: StripePayments) -> None:
    creator = make_seller()
    links = {onboarding.begin(creator.user_id, country="de", payments=payments, site_url=SITE) for _ in range(2)}
    assert len(links) == 2
    account = payments.account(creator_of(creator.id).account_id)
    assert (account.country, account.transfers_enabled) == ("DE", False)


def test_who_comes_back_from_stripe_is_known_at_once(payments: StripePayments) -> None:
    creator, queue = make_seller(), FakeJobQueue()
    onboarding.begin(creator.user_id, country="DE", payments=payments, site_url=SITE)
    onboarding.look_again(creator.user_id, payments=payments, queue=queue)
    assert creator_of(creator.id).requirements
    with pytest.raises(Conflict):
        onboarding.dashboard(creator.user_id, payments=payments)
    double_of(payments).onboard(creator_of(creator.id).account_id)
    onboarding.look_again(creator.user_id, payments=payments, queue=queue)
    now = creator_of(creator.id)
    assert (now.charges_enabled, now.payouts_enabled, now.requirements) == (True, True, [])
    assert onboarding.dashboard(creator.user_id, payments=payments).startswith("http")


def test_what_failed_is_tried_again_once_the_account_is_in_order(payments: StripePayments) -> None:
    queue = FakeJobQueue()
    with db.transaction() as session:
        purchase = make_sale(session)
        transfer = session.exec(select(Transfer)).one()
        transfer.status, transfer.error = TransferStatus.FAILED, "The account is closed."
        creator = session.get_one(CreatorProfile, purchase.creator_id)
        onboard(session, payments, creator)
        creator.charges_enabled = False
        session.add_all([transfer, creator])
    db.run(onboarding.note_account, payments.account(creator.account_id), queue=queue)
    with db.transaction() as session:
        assert session.exec(select(Transfer)).one().status is TransferStatus.DUE
    assert len(queue.enqueued) == 1


def test_who_sells_nothing_has_nothing_to_set_up(payments: StripePayments) -> None:
    with db.transaction() as session:
        user_id = make_user(session).id
    with pytest.raises(NotFound, match="do not sell"):
        onboarding.begin(user_id, payments=payments, site_url=SITE)
    with pytest.raises(InvalidInput, match="Choose the country"):
        onboarding.begin(make_seller().user_id, payments=payments, site_url=SITE)
    with pytest.raises(InvalidInput, match="those of the list"):  # there Stripe pays nobody
        onboarding.begin(make_seller().user_id, country="AQ", payments=payments, site_url=SITE)
    with pytest.raises(Conflict, match="Set it up first"):
        onboarding.dashboard(make_seller().user_id, payments=payments)


def test_a_payout_moves_a_balance_to_the_bank_once(payments: StripePayments) -> None:
    creator = make_seller(payments)
    payments.transfer(
        creator.account_id,
        700,
        "usd",
        charge_id=make_charge(payments, 1_000),
        group=str(uuid4()),
        reference="",
        key="t",
    )
    payout = payments.pay_out(creator.account_id, 700, "usd", key="p")
    for told in (payout, replace(payout, status="paid"), payout):
        db.run(payouts.note_payout, told, account_id=creator.account_id)
    with db.transaction() as session:
        (has,) = ledger.balance(session, creator.id)
        assert (has.connected, has.paid_out) == (-700, 700)  # the transfer was not booked here
        assert len(payouts.payouts_of(session, creator.id)) == 1


def test_a_payout_that_fails_comes_back_whatever_is_heard_first(payments: StripePayments) -> None:
    creator = make_seller(payments)
    told = _payout("failed")
    for each in (told, replace(told, status="pending"), told, replace(told, status="in_transit")):
        db.run(payouts.note_payout, each, account_id=creator.account_id)
    with db.transaction() as session:
        assert books(session) == {}
        assert session.exec(select(Payout.status)).one() is PayoutStatus.FAILED


def make_payout(payments: StripePayments, creator: CreatorProfile) -> StripePayout:
    """Of 700, all that their account has."""
    group, charge_id = str(uuid4()), make_charge(payments, 1_000)
    payments.transfer(creator.account_id, 700, "usd", charge_id=charge_id, group=group, reference="", key="t")
    return payments.pay_out(creator.account_id, 700, "usd", key="p")


def payout_now(payments: StripePayments, creator: CreatorProfile) -> StripePayout:
    return payments.payouts(creator.account_id)[0]


def test_a_payout_that_is_cancelled_is_on_the_account_again(payments: StripePayments) -> None:
    creator = make_seller(payments)
    made = make_payout(payments, creator)
    db.run(payouts.note_payout, made, account_id=creator.account_id)
    double_of(payments).cancel_payout(made.id, creator.account_id)
    now = payout_now(payments, creator)
    for told in (now, made, now):
        db.run(payouts.note_payout, told, account_id=creator.account_id)
    with db.transaction() as session:
        assert books(session) == {}
        assert session.exec(select(Payout.status)).one() is PayoutStatus.CANCELED
        assert [one.paid_out for one in ledger.balance(session, creator.id)] == [0]


def test_a_payout_is_shown_as_it_was_last_whatever_is_heard_late(payments: StripePayments) -> None:
    creator, double = make_seller(payments), double_of(payments)
    told = [make_payout(payments, creator)]
    double.submit_payout(told[0].id, creator.account_id)
    told.append(payout_now(payments, creator))
    for each in told:
        db.run(payouts.note_payout, each, account_id=creator.account_id)
    with db.transaction() as session:
        assert session.exec(select(Payout.arrives_at)).one() == told[1].arrives_at
    double.end_payout(told[0].id, creator.account_id, is_paid=True)
    told.append(payout_now(payments, creator))
    for each in reversed(told):
        db.run(payouts.note_payout, each, account_id=creator.account_id)
    with db.transaction() as session:
        row = session.exec(select(Payout)).one()
        assert (row.status, row.arrives_at) == (PayoutStatus.PAID, told[2].arrives_at)
    double.end_payout(told[0].id, creator.account_id, is_paid=False)
    told.append(payout_now(payments, creator))
    for each in reversed(told):
        db.run(payouts.note_payout, each, account_id=creator.account_id)
    with db.transaction() as session:
        row = session.exec(select(Payout)).one()
        assert (row.status, row.error) == (PayoutStatus.FAILED, "The bank account has been closed.")
        assert books(session) == {}


def test_a_payout_of_an_account_we_do_not_know_is_none_of_ours(database: str) -> None:
    db.run(payouts.note_payout, _payout("paid"), account_id="acct_else")
    with db.transaction() as session:
        assert books(session) == {}


def test_the_books_agree_with_stripe_after_sales_fees_and_payouts(payments: StripePayments) -> None:
    make_paid_sale(payments, 10_000)
    make_paid_sale(payments, 1_200, currency="jpy")
    payments.pay_out("", 1_000, "usd", key="ours")
    for _ in range(2):
        reconciling.reconcile(payments)
    with db.transaction() as session:
        rows = session.exec(select(Reconciliation)).all()
        assert {row.currency for row in rows} == {"jpy", "usd"}
        assert all(row.difference == 0 for row in rows)
        assert books(session)[LedgerAccount.PROCESSOR_FEES] == 320
        assert books(session)[LedgerAccount.BANK] == 1_000


def test_a_difference_is_written_down_with_its_size(payments: StripePayments) -> None:
    with db.transaction() as session:
        make_sale(session, 5_000)  # that Stripe never heard of
    reconciling.reconcile(payments)
    with db.transaction() as session:
        row = session.exec(select(Reconciliation)).one()
        assert (row.ours, row.theirs, row.difference) == (5_000, 0, -5_000)
        assert "−$50.00" in row.note
        assert reconciling.imbalances(session) == {}


def test_a_difference_that_is_stripes_conversion_says_so_in_both_currencies(payments: StripePayments) -> None:
    with db.transaction() as session:
        purchase = make_sale(session, 1_200, currency="jpy")
        ledger.book_processor_fee(session, first_payment(purchase), 53, "usd")
    reconciling.reconcile(payments)
    with db.transaction() as session:
        notes = {row.currency: row.note for row in session.exec(select(Reconciliation))}
    assert set(notes) == {"jpy", "usd"}
    assert all("Stripe changed 1 payment of ¥1,200 in all into USD" in note for note in notes.values())


def _payout(status: str) -> StripePayout:
    return StripePayout("po_1", 700, "usd", status, None, "The bank account has been closed.")
