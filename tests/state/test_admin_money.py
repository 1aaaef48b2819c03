"""Money at the desk: sales are found and given back, transfers held, debts forgiven, differences explained."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.stripe.client import StripePayments
from overskill.container import Container
from overskill.errors import InvalidInput
from overskill.models import (
    AuditEvent,
    CreatorProfile,
    LedgerAccount,
    License,
    Purchase,
    Reconciliation,
    Refund,
    RefundStatus,
    Transfer,
    TransferStatus,
    User,
    utc_now,
)
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.billing import ledger, refunds
from overskill.services.billing.ledger import REFUND_WINDOW, Line
from overskill.state.admin_licenses import LicensesState
from overskill.state.admin_money import MoneyState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.services.billing.sales import make_charge, make_sale, transfers_of
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

VIEWS = ("sales", "transfers", "debts", "books")


def sign_in(tab: Tab) -> User:
    with db.transaction() as session:
        user = make_user(session, is_admin=True)
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"
    return user


def sell(services: Container, title: str = "Habits", *, amount: int = 10_000, currency: str = "usd") -> UUID:
    """A sale that is long over. Returns the purchase."""
    assert isinstance(services.payments, StripePayments)
    charge = make_charge(services.payments, amount, currency=currency)
    with db.transaction() as session:
        listing = make_listing(session, make_creator(session), title=title)
        purchase = make_sale(session, amount, listing=listing, charge_id=charge, currency=currency)
        purchase.receipt_number = f"2026-{title.upper()}"
        purchase.refund_until = utc_now() - timedelta(days=30)
        return purchase.id


def owe(purchase_id: UUID, amount: int) -> CreatorProfile:
    """What was sent and can't be taken back."""
    with db.transaction() as session:
        purchase = session.get_one(Purchase, purchase_id)
        (transfer,) = transfers_of(session, purchase)
        transfer.status, transfer.sent_amount = TransferStatus.SENT, transfer.amount
        transfer.reversed_amount = transfer.owed_amount = amount
        session.add(transfer)
        return session.get_one(CreatorProfile, transfer.creator_id)


def only_event(action: str) -> AuditEvent:
    with db.transaction() as session:
        return session.exec(select(AuditEvent).where(AuditEvent.action == action)).one()


@pytest.mark.parametrize("view", VIEWS)
async def test_each_list_says_so_when_it_is_empty_and_runs_few_queries(tab: Tab, view: str) -> None:
    sign_in(tab)
    with counted_queries() as sent:
        await tab.do(MoneyState.load, params={"view": view})
    assert sent.count <= MOST_OF_A_PAGE, sent
    assert tab.seen("is_loaded")[-1]
    assert not tab.errors


@pytest.mark.parametrize("view", VIEWS)
async def test_no_list_asks_more_for_more_rows(tab: Tab, services: Container, view: str) -> None:
    sign_in(tab)
    for title in ("One", "Two", "Three"):
        sell(services, title)
    with counted_queries() as sent:
        await tab.do(MoneyState.show, view=view)
    assert sent.count <= MOST_OF_A_PAGE, sent


@pytest.mark.parametrize("words", ["2026-HABITS", "Habits", "{email}", "{username}"])
async def test_a_sale_is_found_by_receipt_buyer_app_or_creator(tab: Tab, services: Container, words: str) -> None:
    sign_in(tab)
    sold = sell(services)
    sell(services, "Recipes")
    with db.transaction() as session:
        purchase = session.get_one(Purchase, sold)
        creator = session.get_one(CreatorProfile, purchase.creator_id)
        words = words.format(email=purchase.email, username=creator.username)
    await tab.do(MoneyState.search, form={"q": words})
    assert [row.id for row in tab.seen("sales")[-1]] == [str(sold)]


async def test_a_sale_is_given_back_in_part_long_after_its_window(tab: Tab, services: Container) -> None:
    admin = sign_in(tab)
    sold = sell(services)
    await tab.do(MoneyState.load)
    await tab.do(MoneyState.ask, wish="refund", row_id=str(sold))
    assert tab.seen("chosen")[-1].suggested == "100.00"
    await tab.do(MoneyState.act, form={"amount": "12.50", "reason": "It broke"})
    with db.transaction() as session:
        refund = session.exec(select(Refund)).one()
    assert (refund.amount, refund.status, refund.decided_by_id) == (1_250, RefundStatus.PENDING, admin.id)
    assert only_event("refund.given").details == {"reason": "It broke", "amount": 1_250, "currency": "usd"}
    (row,) = next(rows for rows in reversed(tab.seen("sales")) if rows)
    assert (row.left, row.refunds, row.is_waiting) == (8_750, "$12.50 is on its way back: It broke", True)


async def test_the_page_follows_a_refund_until_stripe_has_answered(
    tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overskill.state.admin_money.FOLLOWS_SECONDS", 0.0)
    sign_in(tab)
    sold = sell(services)
    await tab.do(MoneyState.load)
    with db.transaction() as session:
        given = refunds.give_back(session, session.get_one(Purchase, sold), reason="It broke", queue=services.queue)
        assert given is not None
    await tab.do(MoneyState.show, view="sales")
    refunds.carry_out(given.id, payments=services.payments, queue=services.queue)
    await tab.do(MoneyState.follow)
    (row,) = tab.seen("sales")[-1]
    assert (row.words, row.refunds, row.left) == ("Given back", "$100.00 was given back: It broke", 0)


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ({"amount": "10", "reason": " "}, "Say why"),
        ({"amount": "100.01", "reason": "x"}, "At most $100.00"),
        ({"amount": "ten", "reason": "x"}, "not an amount"),
    ],
)
async def test_a_refund_that_can_not_be_is_refused_in_the_dialog(
    tab: Tab, services: Container, form: dict[str, str], refusal: str
) -> None:
    sign_in(tab)
    sold = sell(services)
    await tab.do(MoneyState.load)
    await tab.do(MoneyState.ask, wish="refund", row_id=str(sold))
    await tab.do(MoneyState.act, form=form)
    assert refusal in tab.seen("refusal")[-1]
    assert tab.seen("wish")[-1] == "refund"


async def test_a_transfer_is_held_until_a_day_and_released(tab: Tab, services: Container) -> None:
    sign_in(tab)
    sell(services)
    await tab.do(MoneyState.show, view="transfers")
    (line,) = tab.seen("transfers")[-1]
    assert (line.amount, line.words, line.reason, line.can_be_held) == (9_000, "Waits", REFUND_WINDOW, True)
    await tab.do(MoneyState.ask, wish="hold", row_id=line.id)
    day = (utc_now() + timedelta(days=3)).date().isoformat()
    await tab.do(MoneyState.act, form={"until": day, "reason": "We look into a report"})
    (line,) = tab.seen("transfers")[-1]
    assert (line.words, line.reason, line.until[:10]) == ("Held", "We look into a report", day)
    await tab.do(MoneyState.ask, wish="release", row_id=line.id)
    await tab.do(MoneyState.act, form={"reason": "All is well"})
    with db.transaction() as session:
        assert session.exec(select(Transfer)).one().status is TransferStatus.DUE
    assert only_event("money.hold").details["reason"] == "We look into a report"
    assert only_event("money.release").details == {"reason": "All is well", "held_for": "We look into a report"}


async def test_a_hold_needs_a_day_that_is_to_come(tab: Tab, services: Container) -> None:
    sign_in(tab)
    sell(services)
    await tab.do(MoneyState.show, view="transfers")
    (line,) = tab.seen("transfers")[-1]
    await tab.do(MoneyState.ask, wish="hold", row_id=line.id)
    for until, refusal in (("2020-01-01", "in the future"), ("tomorrow", "from the calendar")):
        await tab.do(MoneyState.act, form={"until": until, "reason": "x"})
        assert refusal in tab.seen("refusal")[-1]


async def test_a_debt_is_written_off_with_a_reason_that_is_kept(tab: Tab, services: Container) -> None:
    sign_in(tab)
    creator = owe(sell(services), 4_000)
    await tab.do(MoneyState.show, view="debts")
    (debt,) = tab.seen("debts")[-1]
    assert (debt.creator_id, debt.amount, debt.currency) == (str(creator.id), 4_000, "usd")
    await tab.do(MoneyState.ask, wish="write_off", row_id=debt.key)
    await tab.do(MoneyState.act, form={"reason": ""})
    assert "Say why" in tab.seen("refusal")[-1]
    await tab.do(MoneyState.act, form={"reason": "They closed"})
    assert tab.seen("debts")[-1] == []
    assert only_event("money.write_off").details == {"reason": "They closed", "amount": 4_000, "currency": "usd"}


async def test_an_account_below_zero_at_stripe_is_shown_and_not_written_off(tab: Tab, services: Container) -> None:
    sign_in(tab)
    with db.transaction() as session:
        creator = make_creator(session)
        lines = [Line(LedgerAccount.CONNECTED, -500, creator.id), Line(LedgerAccount.PROCESSOR, 500)]
        ledger.book(session, "reversal:x", "reversal", "eur", lines)
    await tab.do(MoneyState.show, view="debts")
    (debt,) = tab.seen("debts")[-1]
    assert (debt.amount, debt.currency, debt.is_at_stripe) == (500, "eur", True)
    with pytest.raises(InvalidInput):
        await tab.do(MoneyState.ask, wish="write_off", row_id=debt.key)


async def test_the_books_say_what_lies_where(tab: Tab, services: Container) -> None:
    sign_in(tab)
    sell(services)
    sell(services, "Yen", amount=1_200, currency="jpy")
    await tab.do(MoneyState.show, view="books")
    yen, dollars = tab.seen("books")[-1]
    assert (yen.currency, dollars.currency, dollars.at) == ("jpy", "usd", "")
    assert {each.name: each.amount for each in dollars.accounts} == {
        "Our balance at Stripe": 10_000,
        "Earned by creators": 9_000,
        "Our fees": 1_000,
    }


async def test_a_difference_that_stays_the_same_is_one_row_with_what_to_do(tab: Tab) -> None:
    sign_in(tab)
    now = utc_now()
    with db.transaction() as session:
        for hours, theirs in ((9, 1_000), (8, 700), (7, 1_000), (3, 1_200), (2, 1_200), (1, 1_200)):
            at = now - timedelta(hours=hours)
            session.add(Reconciliation(currency="usd", ours=1_000, theirs=theirs, created_at=at))
    await tab.do(MoneyState.show, view="books")
    newest, older = tab.seen("differences")[-1]
    assert (newest.amount, newest.is_open, older.amount, older.is_open) == (200, True, -300, False)
    assert newest.since == (now - timedelta(hours=3)).isoformat()
    assert "more than the ledger" in newest.advice
    assert "less than the ledger" in older.advice


async def test_the_books_are_compared_at_once_when_asked(tab: Tab, services: Container) -> None:
    sign_in(tab)
    sell(services)
    await tab.do(MoneyState.compare)
    (book,) = tab.seen("books")[-1]
    assert (book.currency, book.at != "") == ("usd", True)
    assert tab.seen("is_busy")[-1] is False


async def test_a_licence_is_limited_to_so_many_places_and_that_is_kept(tab: Tab, services: Container) -> None:
    sign_in(tab)
    sold = sell(services)
    await tab.do(LicensesState.open, sale_id=str(sold))
    (row,) = tab.seen("rows")[-1]
    assert row.used == "used in 0 places, no limit"
    await tab.do(LicensesState.choose, license_id=row.id)
    for form, refusal in (({"most": "0", "reason": "x"}, "1 to 1,000"), ({"most": "3", "reason": " "}, "Say why")):
        await tab.do(LicensesState.limit, form=form)
        assert refusal in tab.seen("refusal")[-1]
    await tab.do(LicensesState.limit, form={"most": "3", "reason": "Three offices"})
    assert tab.seen("rows")[-1][0].used == "used in 0 places of 3"
    with db.transaction() as session:
        assert session.exec(select(License)).one().most_activations == 3
    assert only_event("license.limited").details == {"reason": "Three offices", "most": 3, "before": None}
