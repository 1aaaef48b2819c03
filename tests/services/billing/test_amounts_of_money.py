"""What the marketplace promises of amounts: exact, of one currency, and shown as their reader writes them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import BigInteger
from sqlmodel import SQLModel, select

from overskill import models
from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput
from overskill.models import LedgerAccount, Offer, PriceModel, PurchaseStatus
from overskill.services.billing import ledger, refunds
from overskill.services.billing.money import Money, say
from overskill.services.market.offers import OfferDraft, set_offers
from tests.market_rows import make_creator, make_listing
from tests.services.billing.sales import assert_balanced, books
from tests.services.billing.shopping import (
    buyer,
    double,
    go_to_pay,
    hear,
    offer_for,
    run_money_jobs,
    session_id,
    the_purchase,
)

ROOT = Path(models.__file__).parents[1]
CREDITS = {"amounts", "meter", "statement", "quotes", "credits", "credit_ledger", "spending", "receipts", "teams"}
OF_MONEY = [
    *(file for file in (ROOT / "services/billing").glob("*.py") if file.stem not in CREDITS),
    *(ROOT / f"services/market/{name}.py" for name in ("bundles", "coupons", "offers", "prices", "remix", "undoing")),
    *(ROOT / f"services/admin/{name}.py" for name in ("money_desk", "sales_desk")),
    *(ROOT / f"models/{name}.py" for name in ("money", "sales")),
    *(ROOT / "clients/stripe").glob("*.py"),
]


def floats_in(file: Path) -> Iterator[int]:
    """Lines where a float could come from: its name, a literal, a division that is not a whole one."""
    for node in ast.walk(ast.parse(file.read_text())):
        is_named = isinstance(node, ast.Name) and node.id in ("float", "round")
        is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        is_division = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_path(node)
        if is_named or is_literal or is_division:
            yield node.lineno


def _is_path(node: ast.BinOp) -> bool:
    return isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)


def test_money_is_never_a_float() -> None:
    found = {f"{file.name}:{line}" for file in OF_MONEY for line in floats_in(file)}
    known = {"calls.py", "purchase_sweep.py", "remix.py"}  # times: to wait, since it was made, when it was signed
    assert {place for place in found if place.partition(":")[0] not in known} == set()


def test_every_amount_of_every_table_is_a_whole_number() -> None:
    columns = [column for table in SQLModel.metadata.tables.values() for column in table.columns]
    amounts = [column for column in columns if column.name == "amount" or column.name.endswith("_amount")]
    assert len(amounts) > 25
    assert [str(column) for column in amounts if not isinstance(column.type, BigInteger)] == []


def test_currencies_do_not_mix_in_a_sum_a_listing_or_the_books(database: str) -> None:
    with pytest.raises(ValueError, match="do not mix"):
        Money(100, "usd") + Money(100, "jpy")
    with transaction() as session:
        listing = make_listing(session, make_creator(session))
        set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "10")])
        set_offers(session, listing, "jpy", [OfferDraft("copy", "one_time", "1000")])
        on_sale = session.exec(select(Offer).where(Offer.listing_id == listing.id, Offer.ended_at.is_(None))).all()  # type: ignore[union-attr]
        assert [(offer.amount, offer.currency) for offer in on_sale] == [(1000, "jpy")]


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("0.50", "usd", 50),
        ("0,50", "eur", 50),
        ("1,00", "eur", 100),
        (" 12 ", "usd", 1_200),
        ("999,999.99", "usd", 99_999_999),
        ("999.999,99", "eur", 99_999_999),
        ("50", "jpy", 50),
        ("99,999,999", "jpy", 99_999_999),
    ],
)
async def test_a_price_is_paid_and_given_back_to_the_last_unit(
    services: Container, typed: str, currency: str, amount: int
) -> None:
    offer, listing = offer_for(500)
    with transaction() as session:
        (offer,) = set_offers(session, listing, currency, [OfferDraft("copy", "one_time", typed)])
    who = buyer()
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    hear(services)
    assert (the_purchase().status, the_purchase().total_amount) == (PurchaseStatus.PAID, amount)
    with transaction() as session, pytest.raises(InvalidInput, match="At most") as refused:
        refunds.ask(session, who.id, the_purchase().id, amount + 1, "", queue=services.queue)
    assert say(amount, currency) in refused.value.message
    with transaction() as session:
        refunds.ask(session, who.id, the_purchase().id, None, "", queue=services.queue)
    run_money_jobs(services)
    with transaction() as session:
        assert_balanced(session)
        left = books(session, currency)
        fee = left.pop(LedgerAccount.PROCESSOR_FEES, 0)
        assert left == ({LedgerAccount.PROCESSOR: -fee} if fee else {})
    assert the_purchase().status is PurchaseStatus.REFUNDED


@pytest.mark.parametrize(
    ("typed", "currency", "says"),
    [
        ("0.01", "usd", "at least"),
        ("0.49", "usd", "at least"),
        ("49", "jpy", "at least"),
        ("-1", "usd", "below zero"),
        ("1.005", "usd", "2 decimal places"),
        ("0,500", "eur", "not an amount"),
        ("1e3", "usd", "not an amount"),
        ("١٢", "usd", "not an amount"),
        ("１２", "usd", "not an amount"),
        ("NaN", "usd", "not an amount"),
        ("1,000,000", "usd", "more than one payment"),
        ("0.5", "jpy", "no decimal places"),
        ("0", "usd", "Enter a price"),
        ("5", "kwd", "Nothing can be sold in that currency"),
    ],
)
def test_a_price_that_can_not_be_paid_is_refused_with_why(database: str, typed: str, currency: str, says: str) -> None:
    with transaction() as session, pytest.raises(InvalidInput, match=says):
        set_offers(session, make_listing(session), currency, [OfferDraft("copy", "one_time", typed)])


async def test_a_price_of_0_is_had_without_paying_and_has_nothing_to_give_back(services: Container) -> None:
    offer, _ = offer_for(0, price_model=PriceModel.FREE)
    who = buyer()
    assert "/checkout/done/" in go_to_pay(services, offer, who)
    assert (the_purchase().status, the_purchase().total_amount) == (PurchaseStatus.PAID, 0)
    with transaction() as session, pytest.raises(Conflict, match="free"):
        refunds.ask(session, who.id, the_purchase().id, None, "", queue=services.queue)
    with transaction() as session:
        assert ledger.totals(session) == {}


async def test_mails_write_amounts_as_the_buyers_browser_did(services: Container) -> None:
    offer, _ = offer_for(123_456, currency="eur")
    who = buyer()
    double(services).pay(session_id(go_to_pay(services, offer, who, locale="de_DE")))
    hear(services)
    with transaction() as session:
        refunds.ask(session, who.id, the_purchase().id, 50_000, "", queue=services.queue)
    run_money_jobs(services)
    assert isinstance(services.mail, FakeMail)
    receipt, refund = services.mail.messages
    assert "1.234,56\N{NO-BREAK SPACE}€" in receipt.text
    assert refund.subject.startswith("500,00\N{NO-BREAK SPACE}€ is on its way")
