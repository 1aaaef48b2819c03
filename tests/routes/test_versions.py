import httpx
import pytest

from overskill import db
from overskill.container import Container
from overskill.models import User
from overskill.services.apps import checksum
from tests.factories import make_app, make_user
from tests.routes.conftest import sign_in


@pytest.fixture
def user(services: Container, client: httpx.AsyncClient) -> User:
    with db.transaction() as session:
        user = make_user(session, name="Ada")
        make_app(session, user, slug="habits", versions=3)
        sign_in(client, session, user)
    return user


async def test_the_timeline_is_read_in_pages(client: httpx.AsyncClient, user: User) -> None:
    answer = (await client.get("/api/studio/habits/versions?before=3")).json()
    assert [one["number"] for one in answer["versions"]] == [2, 1]
    assert answer["versions"][0]["author"] == "Ada"
    assert answer["has_more"] is False


async def test_two_versions_are_compared_and_their_texts_read(client: httpx.AsyncClient, user: User) -> None:
    [changed] = (await client.get("/api/studio/habits/versions/compare?before=1&after=3")).json()["files"]
    assert (changed["path"], changed["added"], changed["removed"]) == ("src/App.tsx", 1, 1)
    answer = await client.get(f"/api/studio/habits/versions/texts/{changed['after']}")
    assert answer.json() == {"text": "export const version = 3;\n"}
    assert "immutable" in answer.headers["cache-control"]
    assert (await client.get(f"/api/studio/habits/versions/texts/{checksum('no')}")).status_code == 404


async def test_a_version_is_named_and_pinned(client: httpx.AsyncClient, user: User) -> None:
    assert (await client.post("/api/studio/habits/versions/2/mark", json={"name": "Good", "pinned": True})).is_success
    [kept] = (await client.get("/api/studio/habits/versions?only=kept")).json()["versions"]
    assert (kept["number"], kept["name"], kept["is_pinned"]) == (2, "Good", True)


async def test_some_files_are_restored(client: httpx.AsyncClient, user: User) -> None:
    answer = await client.post("/api/studio/habits/versions/1/restore", json={"paths": ["src/App.tsx"]})
    assert answer.json() == {"version": 4}


@pytest.mark.parametrize(
    ("method", "address", "body"),
    [
        ("GET", "versions?before=x", None),
        ("GET", "versions?only=all", None),
        ("GET", "versions/compare?before=1", None),
        ("GET", "versions/compare?before=1&after=99999999999", None),
        ("POST", "versions/1/restore", {"paths": "src"}),
        ("POST", "versions/1/restore", {"paths": []}),
        ("POST", "versions/1/restore", {"paths": ["a\0"]}),
        ("POST", "versions/1/mark", {"name": 7}),
        ("POST", "versions/9/mark", {"pinned": True}),
    ],
)
async def test_what_no_page_sends_is_refused(
    client: httpx.AsyncClient, user: User, method: str, address: str, body: object
) -> None:
    answer = await client.request(method, f"/api/studio/habits/{address}", json=body)
    assert answer.status_code in (404, 422)
    assert answer.json()["error"]


@pytest.mark.parametrize("address", ["versions", "versions/compare?before=0&after=1", f"versions/texts/{'0' * 64}"])
async def test_a_stranger_sees_nothing(client: httpx.AsyncClient, user: User, address: str) -> None:
    with db.transaction() as session:
        sign_in(client, session, make_user(session, email="mallory@example.com"))
    assert (await client.get(f"/api/studio/habits/{address}")).status_code == 404
