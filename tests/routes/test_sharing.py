from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr
from starlette.applications import Starlette

from overskill import container, db
from overskill.clients.bundler import FakeBundler
from overskill.clients.shares import FakeSharedPreviews
from overskill.container import Container
from overskill.models import Membership, Role
from overskill.routes import sharing
from tests.factories import make_app, make_user
from tests.routes.conftest import sign_in


@pytest.fixture
def site(services: Container) -> Iterator[Container]:
    settings = services.settings.model_copy(update={"secret_key": SecretStr("s" * 40)})
    made = replace(services, settings=settings)
    container.install(made)
    yield made
    container.install(services)


@pytest_asyncio.fixture
async def client(site: Container) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=sharing.routes))
    async with httpx.AsyncClient(transport=transport, base_url=site.settings.site_url) as opened:
        yield opened


def arrange(client: httpx.AsyncClient) -> str:
    with db.transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        return make_app(session, user, slug="habits").preview_key


async def make_link(client: httpx.AsyncClient) -> dict[str, str]:
    response = await client.post("/api/studio/habits/shares", json={"lifetime": "hour"})
    assert response.status_code == 201
    made: dict[str, str] = response.json()
    return made


async def test_a_link_opens_the_app_and_leads_to_it_for_somebody_without_an_account(
    client: httpx.AsyncClient, site: Container
) -> None:
    key = arrange(client)
    link = await make_link(client)
    client.cookies.clear()

    followed = await client.get(link["url"])

    assert isinstance(site.bundler, FakeBundler)
    assert isinstance(site.shares, FakeSharedPreviews)
    assert site.bundler.calls[-1][1] == key
    [alias] = site.shares.shared
    assert (followed.status_code, followed.headers["location"]) == (303, f"{site.settings.preview_address(alias)}/")
    assert followed.headers["cache-control"] == "no-store"


async def test_links_are_listed_and_revoked(client: httpx.AsyncClient) -> None:
    arrange(client)
    link = await make_link(client)
    assert (await client.get("/api/studio/habits/shares")).json()["links"] == [link]
    assert (await client.post(f"/api/studio/habits/shares/{link['id']}/revoke")).status_code == 204
    assert (await client.get("/api/studio/habits/shares")).json()["links"] == []
    followed = await client.get(link["url"])
    assert followed.status_code == 404
    assert "This link has ended." in followed.text


@pytest.mark.parametrize("body", ["", "[]", '{"lifetime": "year"}', '{"lifetime": null}', "x" * 2000])
async def test_what_is_no_lifetime_is_refused(client: httpx.AsyncClient, body: str) -> None:
    arrange(client)
    response = await client.post("/api/studio/habits/shares", content=body)
    assert response.status_code in {422, 429}
    assert response.json()["error"]


async def test_a_stranger_learns_nothing_of_the_links(client: httpx.AsyncClient) -> None:
    arrange(client)
    link = await make_link(client)
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    revoke = f"/api/studio/habits/shares/{link['id']}/revoke"
    answers = [await client.get("/api/studio/habits/shares"), await client.post(revoke)]
    client.cookies.clear()
    answers += [await client.get("/api/studio/habits/shares"), await client.post(revoke)]
    assert [answer.status_code for answer in answers] == [404, 404, 401, 401]


async def test_who_may_only_look_gets_no_links(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        app = make_app(session, make_user(session), slug="habits")
        viewer = make_user(session)
        session.add(Membership(team_id=app.team_id, user_id=viewer.id, role=Role.VIEWER))
        sign_in(client, session, viewer)
    assert (await client.get("/api/studio/habits/shares")).status_code == 403


async def test_while_the_bundler_is_away_a_link_says_so(client: httpx.AsyncClient, site: Container) -> None:
    arrange(client)
    link = await make_link(client)
    assert isinstance(site.bundler, FakeBundler)
    site.bundler.is_down = True
    followed = await client.get(link["url"])
    assert followed.status_code == 503
    assert "try again" in followed.text


async def test_guessing_links_is_limited(client: httpx.AsyncClient) -> None:
    statuses = {(await client.get(f"/share/guess-{number}")).status_code for number in range(70)}
    assert statuses == {404, 429}
