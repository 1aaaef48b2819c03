"""A creator's money in a tab: what waits and why, the way to Stripe, refunds decided and banks answered, all theirs."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.stripe.client import StripePayments
from overskill.container import Container
from overskill.errors import SignInRequired
from overskill.models import (
    CreatorProfile,
    Dispute,
    LedgerAccount,
    Payout,
    PayoutStatus,
    Purchase,
    Refund,
    RefundStatus,
    User,
    utc_now,
)
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.billing import disputes, holds, ledger, refunds
from overskill.services.billing.splits import first_payment
from overskill.state.earnings import EarningsState
from overskill.state.sell_refunds import SellRefundsState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.services.billing.sales import make_charge, make_sale, onboard, transfers_of
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


def payments_of(services: Container) -> StripePayments:
    assert isinstance(services.payments, StripePayments)
    return services.payments


def sign_in(tab: Tab, user: User) -> None:
    with db.transaction() as session:
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


def join(tab: Tab, services: Container, *amounts: int, currency: str = "usd") -> list[UUID]:
    """As a creator who sold for these amounts. Returns the purchases."""
    charges = [make_charge(payments_of(services), amount, currency=currency) for amount in amounts]
    with db.transaction() as session:
        user = make_user(session)
        listing = make_listing(session, make_creator(session, user))
        sold = [
            make_sale(session, amount, listing=listing, charge_id=charge, currency=currency).id
            for amount, charge in zip(amounts, charges, strict=True)
        ]
    sign_in(tab, user)
    return sold


def ask_late(services: Container, purchase_id: UUID, amount: int | None = None) -> UUID:
    with db.transaction() as session:
        purchase = session.get_one(Purchase, purchase_id)
        purchase.refund_until = utc_now() - timedelta(days=1)
        assert purchase.buyer_id is not None
        asked = refunds.ask(session, purchase.buyer_id, purchase_id, amount, "Too late?", queue=services.queue)
        return asked.id


def dispute_of(services: Container, purchase_id: UUID) -> UUID:
    payments = payments_of(services)
    assert payments.double is not None
    with db.transaction() as session:
        charge_id = session.get_one(Purchase, purchase_id).charge_id
    made = payments.double.open_dispute(charge_id)
    db.run(disputes.note_dispute, payments.dispute(made["id"]), queue=services.queue)
    with db.transaction() as session:
        return session.exec(select(Dispute)).one().id


async def test_the_page_says_what_waits_until_when_and_why(tab: Tab, services: Container) -> None:
    join(tab, services, 10_000, 2_000)
    await tab.do(EarningsState.load)
    (wallet,) = tab.seen("wallets")[-1]
    assert (wallet.currency, wallet.available, wallet.pending, wallet.on_hold) == ("usd", 0, 10_800, 0)
    first, second = tab.seen("waiting")[-1]
    assert {first.amount, second.amount} == {9_000, 1_800}
    assert first.note == ledger.REFUND_WINDOW
    assert first.until
    assert sum(row["earned"] for row in tab.seen("days")[-1]) == 10_800
    assert tab.seen("earned")[-1] == 10_800


async def test_the_page_takes_six_queries_however_much_was_sold(tab: Tab, services: Container) -> None:
    join(tab, services, *[1_000] * 4)
    with counted_queries() as sent:
        await tab.do(EarningsState.load)
    assert sent.count <= MOST_OF_A_PAGE, sent
    with counted_queries() as sent:
        await tab.do(SellRefundsState.load)
    assert sent.count <= MOST_OF_A_PAGE, sent


async def test_what_an_admin_holds_is_shown_with_its_reason(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    with db.transaction() as session:
        admin = make_user(session, is_admin=True).id
        purchase = session.get_one(Purchase, purchase_id)
        (transfer,) = transfers_of(session, purchase)
        holds.hold(session, admin, transfer, reason="We look into a report")
        creator = session.get_one(CreatorProfile, purchase.creator_id)
        holds.hold(session, admin, creator, reason="Your papers are missing", until=utc_now() + timedelta(days=2))
    await tab.do(EarningsState.load)
    (wallet,) = tab.seen("wallets")[-1]
    assert (wallet.pending, wallet.on_hold) == (0, 9_000)
    assert tab.seen("waiting")[-1][0].note == "We look into a report"
    assert tab.seen("hold_reason")[-1] == "Your papers are missing"
    assert tab.seen("hold_until")[-1]


async def test_royalties_received_and_paid_are_told_apart(tab: Tab, services: Container) -> None:
    with db.transaction() as session:
        parent_user, remixer = make_user(session), make_user(session)
        parent = make_creator(session, parent_user)
        listing = make_listing(session, make_creator(session, remixer))
        make_sale(session, 10_000, listing=listing, royalties={parent.id: 2_000})
    for user, received, paid in ((parent_user, 1_800, 0), (remixer, 0, 1_800)):
        sign_in(tab, user)
        await tab.do(EarningsState.load)
        (wallet,) = tab.seen("wallets")[-1]
        assert (wallet.royalties, wallet.royalties_paid) == (received, paid)


async def test_what_was_paid_out_and_failed_is_listed(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    with db.transaction() as session:
        creator_id = session.get_one(Purchase, purchase_id).creator_id
        facts = {"creator_id": creator_id, "amount": 500, "currency": "usd"}
        session.add(Payout(**facts, external_id="po_1", status=PayoutStatus.PAID))
        session.add(Payout(**facts, external_id="po_2", status=PayoutStatus.FAILED, error="The bank is closed."))
        session.add(Payout(**facts, external_id="po_3", status=PayoutStatus.CANCELED))
    await tab.do(EarningsState.load)
    again = "The money is on your account at Stripe again."
    assert {(row.words, row.note) for row in tab.seen("payouts")[-1]} == {
        ("Paid", ""),
        ("Failed", f"The bank is closed. {again} Set your bank right: then it is paid out."),
        ("Cancelled", again),
    }


async def test_the_chart_shows_one_currency_at_a_time(tab: Tab, services: Container) -> None:
    join(tab, services, 10_000)
    with db.transaction() as session:
        creator = session.exec(select(CreatorProfile)).one()
        make_sale(session, 1_200, currency="jpy", listing=make_listing(session, creator))
    await tab.do(EarningsState.load)
    assert (tab.seen("currency")[-1], tab.seen("earned")[-1]) == ("jpy", 1_080)
    await tab.do(EarningsState.show_currency, currency="usd")
    assert tab.seen("earned")[-1] == 9_000
    await tab.do(EarningsState.show_currency, currency="xxx")
    assert tab.seen("currency")[-1] == "jpy"


async def test_an_account_is_set_up_at_stripe_and_known_afterwards(tab: Tab, services: Container) -> None:
    join(tab, services, 10_000)
    await tab.do(EarningsState.load)
    await tab.do(EarningsState.begin_onboarding, form={"country": "Germany"})
    assert "Choose the country" in tab.seen("refusal")[-1]
    await tab.do(EarningsState.begin_onboarding, form={"country": "de"})
    with db.transaction() as session:
        account_id = session.exec(select(CreatorProfile.account_id)).one()
    assert account_id
    payments = payments_of(services)
    assert payments.double is not None
    payments.double.onboard(account_id)
    await tab.do(EarningsState.look_again)
    assert tab.seen("account")[-1] == "ready"


async def test_a_stranger_signs_in_and_who_sells_nothing_is_told_how(tab: Tab, services: Container) -> None:
    for handler, payload in (
        (EarningsState.load, {}),
        (SellRefundsState.load, {}),
        (EarningsState.begin_onboarding, {"form": {}}),
    ):
        with pytest.raises(SignInRequired):
            await tab.do(handler, **payload)
    with db.transaction() as session:
        user = make_user(session)
    sign_in(tab, user)
    await tab.do(EarningsState.load)
    assert tab.seen("is_loaded")[-1]
    assert True not in tab.seen("is_creator")


async def test_a_refund_that_is_asked_for_is_granted_in_part(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    refund_id = ask_late(services, purchase_id)
    await tab.do(SellRefundsState.load)
    (row,) = tab.seen("asked")[-1]
    assert (row.suggested, row.reason) == ("100.00", "Too late?")
    await tab.do(SellRefundsState.ask, question="grant", refund_id=str(refund_id))
    await tab.do(SellRefundsState.grant, form={"amount": "100.01"})
    assert tab.seen("refusal")[-1].startswith("At most $100.00")
    await tab.do(SellRefundsState.grant, form={"amount": "40"})
    with db.transaction() as session:
        refund = session.get_one(Refund, refund_id)
        assert (refund.status, refund.amount) == (RefundStatus.PENDING, 4_000)
    assert tab.seen("asked")[-1] == []


async def test_a_refund_is_declined_with_a_reason(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    refund_id = ask_late(services, purchase_id)
    await tab.do(SellRefundsState.load)
    await tab.do(SellRefundsState.ask, question="decline", refund_id=str(refund_id))
    await tab.do(SellRefundsState.decline, form={"decision": ""})
    assert "Say why not" in tab.seen("refusal")[-1]
    await tab.do(SellRefundsState.decline, form={"decision": "You use it every day."})
    assert tab.seen("past")[-1][0].decision == "You use it every day."


async def test_a_bank_is_answered_after_a_draft(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    dispute_id = dispute_of(services, purchase_id)
    await tab.do(SellRefundsState.load)
    (row,) = tab.seen("disputes")[-1]
    assert (row.words, row.can_be_answered) == ("Needs your answer", True)
    await tab.do(SellRefundsState.write, dispute_id=str(dispute_id))
    await tab.do(SellRefundsState.answer, form={"text": "They use it."})
    assert tab.seen("disputes")[-1][0].text == "They use it."
    await tab.do(SellRefundsState.write, dispute_id=str(dispute_id))
    await tab.do(SellRefundsState.answer, form={"text": "", "is_final": "on"})
    assert "what happened" in tab.seen("refusal")[-1]
    await tab.do(SellRefundsState.answer, form={"text": "They use it.", "is_final": "on"})
    assert tab.seen("disputes")[-1][0].words == "Answered"
    await tab.do(SellRefundsState.keep, name="text", value="They use it.")  # the dialog's last word, as it closes


async def test_what_is_written_to_a_bank_is_kept_as_it_is_left(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    dispute_id = dispute_of(services, purchase_id)
    await tab.do(SellRefundsState.load)
    await tab.do(SellRefundsState.write, dispute_id=str(dispute_id))
    await tab.do(SellRefundsState.keep, name="text", value="They use it.", stamp="s1")
    assert tab.seen("answered")[-1]["text"] == "s1"
    await tab.do(SellRefundsState.keep, name="description", value="A diary.", stamp="s2")
    await tab.do(SellRefundsState.keep, name="text", value="x" * 20_001, stamp="s3")
    assert "at most" in tab.seen("refusal")[-1]
    assert tab.seen("answered")[-1] == {"text": "s3", "description": "s2"}
    await tab.do(SellRefundsState.close, is_open=False)
    await tab.do(SellRefundsState.load)
    (row,) = tab.seen("disputes")[-1]
    assert (row.text, row.description, row.words) == ("They use it.", "A diary.", "Needs your answer")


async def test_nobody_decides_or_answers_for_another(tab: Tab, services: Container) -> None:
    bought = join(tab, services, 10_000, 2_000)
    refund_id, dispute_id = ask_late(services, bought[0]), dispute_of(services, bought[1])
    await tab.do(SellRefundsState.load)
    await tab.do(SellRefundsState.ask, question="grant", refund_id=str(refund_id))
    await tab.do(SellRefundsState.write, dispute_id=str(dispute_id))
    with db.transaction() as session:
        stranger = make_user(session)
    sign_in(tab, stranger)
    await tab.do(SellRefundsState.grant, form={"amount": "1"})
    assert tab.seen("refusal")[-1] == "There is no such sale of yours."
    await tab.do(SellRefundsState.answer, form={"text": "Mine"})
    assert tab.seen("refusal")[-1] == "There is no such dispute about a sale of yours."
    with db.transaction() as session:
        assert session.get_one(Refund, refund_id).status is RefundStatus.ASKED
        assert session.get_one(Dispute, dispute_id).evidence == {}


async def test_what_could_not_be_taken_back_is_shown_as_owed(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    with db.transaction() as session:
        purchase = session.get_one(Purchase, purchase_id)
        (transfer,) = transfers_of(session, purchase)
        onboard(session, payments_of(services), session.get_one(CreatorProfile, purchase.creator_id))
        ledger.take_back(
            session, first_payment(purchase), 10_000, key="r", kind="refund", account=LedgerAccount.PROCESSOR
        )
        transfer.owed_amount = 9_000
        session.add(transfer)
    await tab.do(EarningsState.load)
    assert tab.seen("wallets")[-1][0].owed == 9_000


@pytest.mark.parametrize("handler", [SellRefundsState.grant, SellRefundsState.decline])
async def test_without_a_chosen_refund_nothing_is_decided(tab: Tab, services: Container, handler: object) -> None:
    join(tab, services, 10_000)
    await tab.do(handler, form={"amount": "1", "decision": "No"})
    assert tab.seen("refusal")[-1]


async def test_a_seeded_creator_reads_that_samples_stand_in_no_ledger(tab: Tab) -> None:
    with db.transaction() as session:
        user = make_user(session, email="emre@sample.invalid")
        make_creator(session, user)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
    await tab.do(EarningsState.load, path="/sell/earnings")
    assert (tab.seen("is_sample")[-1], tab.seen("wallets")[-1:]) == (True, [])


async def test_a_dispute_that_is_over_stands_among_those_that_a_bank_decided(tab: Tab, services: Container) -> None:
    (purchase_id,) = join(tab, services, 10_000)
    dispute_id = dispute_of(services, purchase_id)
    await tab.do(SellRefundsState.load)
    assert ([row.words for row in tab.seen("disputes")[-1]], tab.seen("decided")) == (["Needs your answer"], [])
    payments = payments_of(services)
    assert payments.double is not None
    with db.transaction() as session:
        external_id = session.get_one(Dispute, dispute_id).external_id
    payments.double.decide_dispute(external_id, is_won=False)
    db.run(disputes.note_dispute, payments.dispute(external_id), queue=services.queue)
    await tab.do(SellRefundsState.load)
    assert (tab.seen("disputes")[-1], [row.words for row in tab.seen("decided")[-1]]) == ([], ["Lost"])
