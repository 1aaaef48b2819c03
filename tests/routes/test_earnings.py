"""To Stripe and back, and the statement as a file: each for its own creator."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from sqlmodel import Session, select
from starlette.applications import Starlette

from overskill import db
from overskill.clients.stripe.client import StripePayments
from overskill.container import Container
from overskill.models import CreatorProfile, User
from overskill.routes import earnings
from overskill.services.billing import ledger
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.routes.conftest import sign_in
from tests.services.billing.sales import make_sale, transfers_of


@pytest_asyncio.fixture
async def client(services: Container) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=earnings.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


def join(client: httpx.AsyncClient, session: Session, title: str = "Habits") -> tuple[User, CreatorProfile]:
    user = make_user(session)
    creator = make_creator(session, user)
    creator.country = "US"
    make_listing(session, creator, title=title)
    sign_in(client, session, user)
    return user, creator


async def test_the_statement_has_every_movement_in_its_own_currency(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        _, creator = join(client, session)
        listing = make_listing(session, creator, title="=cmd()")
        purchase = make_sale(session, 10_000, listing=listing)
        make_sale(session, 1_200, currency="jpy", listing=listing)
        (transfer,) = transfers_of(session, purchase)
        ledger.book_transfer(session, transfer, 9_000, "tr_1")
        make_sale(session, 99_999)  # somebody else's
    answer = await client.get("/sell/earnings.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="earnings.csv"'
    heading, *lines = answer.text.splitlines()
    assert heading == "time,entry,listing,receipt,currency,amount"
    assert sorted(line.split(",", 1)[1] for line in lines) == ["sale,'=cmd(),,JPY,1080", "sale,'=cmd(),,USD,90.00"]


async def test_a_link_that_ran_out_leads_to_another(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        join(client, session)
    answer = await client.get("/sell/onboarding")
    assert answer.status_code == 303
    assert "/test-onboarding/" in answer.headers["location"]


async def test_who_comes_back_from_stripe_finds_their_account_ready(
    client: httpx.AsyncClient, services: Container
) -> None:
    with db.transaction() as session:
        join(client, session)
    await client.get("/sell/onboarding")
    assert isinstance(services.payments, StripePayments)
    assert services.payments.double is not None
    with db.transaction() as session:
        services.payments.double.onboard(session.exec(select(CreatorProfile.account_id)).one())
    answer = await client.get("/sell/onboarding/done")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sell/earnings")
    with db.transaction() as session:
        assert session.exec(select(CreatorProfile.payouts_enabled)).one()


@pytest.mark.parametrize("path", ["/sell/earnings.csv", "/sell/onboarding", "/sell/onboarding/done"])
async def test_a_stranger_gets_nothing_and_who_sells_nothing_is_told(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 401
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get(path)).status_code == 404


async def test_where_stripe_does_not_answer_a_page_says_how_to_go_on(
    client: httpx.AsyncClient, services: Container
) -> None:
    with db.transaction() as session:
        join(client, session)
    services.payments._transport.fail("POST", "unreachable")  # type: ignore[attr-defined]
    answer = await client.get("/sell/onboarding")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert all(words in answer.text for words in ("Stripe does not answer", "/sell/earnings"))
