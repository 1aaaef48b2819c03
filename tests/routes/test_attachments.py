import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
import time_machine
from PIL import Image
from sqlmodel import select
from starlette.applications import Starlette

from overskill import db
from overskill.clients.objects import FakeObjectStore
from overskill.clients.web_pages import FakeWebPages, WebPage
from overskill.container import Container
from overskill.jobs.schedule import forget_unsent_attachments
from overskill.models import Attachment, User
from overskill.models.base import utc_now
from overskill.routes import attachments
from overskill.services.attachments import pictures
from overskill.services.attachments.sending import send_along
from tests.factories import make_app, make_generation, make_user
from tests.routes.conftest import sign_in

NOBODYS = "6f1d7f0e-3c1b-4c1e-9a0a-3f1d7f0e3c1b"


@pytest.fixture
def pages() -> FakeWebPages:
    return FakeWebPages({"https://example.com/": WebPage("https://example.com/", "text/html", b"<h1>Hello</h1>")})


@pytest_asyncio.fixture
async def client(services: Container, pages: FakeWebPages) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=attachments.routes(pages)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


@pytest.fixture
def user(client: httpx.AsyncClient) -> User:
    with db.transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        return user


def somebody_else(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        sign_in(client, session, make_user(session))


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "#6d5bf6").save(buffer, "PNG")
    return buffer.getvalue()


async def test_no_connection_to_the_database_waits_for_an_upload_to_be_read(
    client: httpx.AsyncClient, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use: list[int] = []

    def watched(drawn: Image.Image, mode: str) -> Image.Image:
        in_use.append(db.engine().pool.checkedout())  # type: ignore[attr-defined]
        return small(drawn, mode)

    small = pictures._small
    monkeypatch.setattr(pictures, "_small", watched)
    assert (await attach(client)).status_code == 201
    assert in_use == [0]


async def attach(client: httpx.AsyncClient, name: str = "logo.png", content: bytes | None = None) -> httpx.Response:
    file = (name, picture() if content is None else content, "text/html")  # what a browser says it is counts nothing
    return await client.post("/api/attachments", files={"file": file})


def rows() -> list[Attachment]:
    with db.transaction() as session:
        return list(session.exec(select(Attachment)).all())


@pytest.mark.usefixtures("user")
async def test_a_picture_is_kept_under_a_key_of_our_own_and_shown_small(
    client: httpx.AsyncClient, services: Container
) -> None:
    response = await attach(client, "../../My logo.png")
    assert response.status_code == 201
    chip = response.json()
    assert (chip["kind"], chip["name"], chip["note"]) == ("image", "My logo.png", "A picture, 640 × 480 pixels.")
    assert isinstance(services.objects, FakeObjectStore)
    assert "logo" not in next(iter(services.objects.objects))

    shown = await client.get(chip["thumbnail"])

    assert shown.headers["content-type"] == "image/webp"
    assert shown.headers["cache-control"].startswith("private")
    with Image.open(io.BytesIO(shown.content)) as image:
        assert max(image.size) == 160


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("paper.pdf", b"%PDF-1.7", 422, "is a PDF"),
        ("empty.txt", b"", 422, "empty"),
        ("long.txt", b"x" * (2 << 20), 429, "at most 1 MB"),
        ("huge.zip", b"PK\x03\x04" + b"x" * (21 << 20), 429, "larger than 20 MB"),
    ],
)
async def test_what_can_not_be_attached_is_answered_with_a_sentence(
    client: httpx.AsyncClient, name: str, content: bytes, status: int, words: str
) -> None:
    response = await attach(client, name, content)
    assert response.status_code == status
    assert words in response.json()["error"]
    assert rows() == []


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("sent", [{}, {"data": {"file": "text"}}, {"content": b"garbage"}])
async def test_a_request_without_a_file_says_so(client: httpx.AsyncClient, sent: dict[str, Any]) -> None:
    response = await client.post("/api/attachments", **sent)
    assert response.status_code == 422
    assert "No file" in response.json()["error"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/attachments"),
        ("POST", "/api/attachments/link"),
        ("DELETE", f"/api/attachments/{NOBODYS}"),
        ("GET", f"/api/attachments/{NOBODYS}/thumbnail"),
    ],
)
async def test_nobody_attaches_anything_without_an_account(client: httpx.AsyncClient, method: str, path: str) -> None:
    assert (await client.request(method, path)).status_code == 401


@pytest.mark.usefixtures("user")
async def test_a_link_is_attached_as_what_its_page_says(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/attachments/link", json={"url": " https://example.com/ "})
    assert response.status_code == 201
    assert response.json()["kind"] == "link"
    assert "# Hello" in rows()[0].text


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("body", [b"", b"[]", b'{"url": 3}', b"{", b'{"url": "https://gone.example.com/"}'])
async def test_a_link_that_is_none_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    assert (await client.post("/api/attachments/link", content=body)).status_code in (404, 422)


@pytest.mark.usefixtures("user")
async def test_what_was_not_sent_yet_can_be_removed(client: httpx.AsyncClient, services: Container) -> None:
    chip = (await attach(client)).json()
    assert (await client.delete(f"/api/attachments/{chip['id']}")).status_code == 204
    assert (await client.delete(f"/api/attachments/{chip['id']}")).status_code == 204
    assert rows() == []
    assert isinstance(services.objects, FakeObjectStore)
    assert services.objects.objects == {}


@pytest.mark.usefixtures("user")
async def test_a_stranger_neither_sees_nor_removes_it(client: httpx.AsyncClient) -> None:
    chip = (await attach(client)).json()
    somebody_else(client)
    assert (await client.get(chip["thumbnail"])).status_code == 404
    await client.delete(f"/api/attachments/{chip['id']}")
    assert len(rows()) == 1


async def test_what_was_sent_stays_with_its_turn(client: httpx.AsyncClient, user: User) -> None:
    chip = (await attach(client)).json()
    with db.transaction() as session:
        turn = make_generation(session, make_app(session, user))
        send_along(session, turn, [rows()[0].id])
    await client.delete(f"/api/attachments/{chip['id']}")
    assert len(rows()) == 1


@pytest.mark.usefixtures("user")
async def test_what_is_never_sent_is_forgotten_after_a_day(client: httpx.AsyncClient, services: Container) -> None:
    await attach(client)
    forget_unsent_attachments(services)
    assert len(rows()) == 1
    with time_machine.travel(utc_now() + timedelta(days=1, minutes=1), tick=False):
        forget_unsent_attachments(services)
    assert rows() == []
    assert isinstance(services.objects, FakeObjectStore)
    assert services.objects.objects == {}


@pytest.mark.usefixtures("user")
async def test_who_leaves_too_much_unsent_is_told_to_send_or_remove_some(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overskill.services.attachments.upload.MOST_WAITING", 2)
    for _ in range(2):
        await attach(client, "a.txt", b"hello")
    response = await attach(client, "a.txt", b"hello")
    assert response.status_code == 429
    assert "Send or remove some" in response.json()["error"]
