"""The ledger as a file: only for those of the team."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from overskill import db
from overskill.container import Container
from overskill.routes import billing
from overskill.services.apps import own_team
from overskill.services.billing.credit_ledger import grant
from tests.factories import make_user
from tests.routes.conftest import sign_in


@pytest_asyncio.fixture
async def client(services: Container) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=billing.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


async def test_the_ledger_comes_as_a_csv_file(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        grant(session, own_team(session, user.id), 5_000, reason="Thank you")
    answer = await client.get("/settings/credits.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="credits.csv"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    heading, line = answer.text.splitlines()
    assert heading == "time,entry,purse,app,message,reason,credits"
    assert line.endswith(",grant,bought,,,Thank you,5.000")


@pytest.mark.parametrize("team", ["6f1d7f0e-3c1b-4c1e-9a0a-3f1d7f0e3c1b", "no-id"])
async def test_the_ledger_of_another_team_is_not_there(client: httpx.AsyncClient, team: str) -> None:
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get("/settings/credits.csv", params={"team": team})).status_code == 404


async def test_strangers_get_no_ledger(client: httpx.AsyncClient) -> None:
    assert (await client.get("/settings/credits.csv")).status_code == 401
