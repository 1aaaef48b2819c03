import httpx
import pytest

from overskill.clients.github import CodeRepository, FakeCodeHost, OfferedRepository
from overskill.container import Container
from tests.routes.test_apps import arrange
from tests.routes.test_imports import apps
from tests.services.repositories.test_importing import NAME, PROJECT

IMPORTS = "/api/imports/github"


@pytest.fixture
def host(services: Container) -> FakeCodeHost:
    assert isinstance(services.code_host, FakeCodeHost)
    services.code_host.write(NAME, PROJECT, "Everything", author="Ada")
    place = CodeRepository(7, 5, NAME, "main")
    services.code_host.offers.append(OfferedRepository(place, is_private=True, may_push=True))
    return services.code_host


async def visit(client: httpx.AsyncClient) -> str:
    sent = await client.post(f"{IMPORTS}/visit")
    state = httpx.URL(sent.headers["location"]).params["state"]
    back = await client.get("/github/connected", params={"code": "ada", "state": state})
    return str(httpx.URL(back.headers["location"]).params["github"])


async def test_a_repository_is_chosen_reported_and_imported(client: httpx.AsyncClient, host: FakeCodeHost) -> None:
    arrange(client)
    name = await visit(client)
    offered = (await client.get(IMPORTS, params={"visit": name})).json()["repositories"]
    assert offered == [{"id": 5, "name": NAME, "branch": "main", "private": True}]
    branches = await client.get(f"{IMPORTS}/branches", params={"visit": name, "id": "5"})
    assert branches.json() == {"branches": ["main"]}
    choice = {"visit": name, "id": 5, "branch": "main"}
    report = (await client.post(f"{IMPORTS}/report", json=choice)).json()
    assert (report["name"], report["commit"], report["unconnectable"]) == ("The shop", host.heads[NAME], "")
    assert apps() == {"habits": 0}
    made = await client.post(IMPORTS, json={**choice, "commit": report["commit"], "connect": True})
    assert (made.status_code, made.json()["slug"]) == (201, "the-shop")
    assert apps() == {"habits": 0, "the-shop": 1}


@pytest.mark.usefixtures("host")
async def test_what_was_not_offered_is_not_read(client: httpx.AsyncClient) -> None:
    arrange(client)
    name = await visit(client)
    for choice in ({"visit": name, "id": 6}, {"visit": "forged", "id": 5}):
        assert (await client.post(f"{IMPORTS}/report", json=choice)).status_code == 404
    assert (await client.get(f"{IMPORTS}/branches", params={"visit": name, "id": "x"})).status_code == 422
    assert (await client.get(f"{IMPORTS}/branches", params={"visit": name, "id": "9" * 5000})).status_code == 422


async def test_strangers_see_and_import_nothing(client: httpx.AsyncClient) -> None:
    assert (await client.get(IMPORTS, params={"visit": "x"})).status_code == 401
    assert (await client.post(f"{IMPORTS}/report", json={"visit": "x", "id": 5})).status_code == 401
    assert (await client.post(IMPORTS, json={"visit": "x", "id": 5})).status_code == 401
    assert (await client.post(f"{IMPORTS}/visit")).status_code == 401
