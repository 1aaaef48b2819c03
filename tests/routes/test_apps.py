import io
import zipfile
from zlib import crc32

import httpx
import pytest
from PIL import Image
from sqlmodel import select

from overskill import db
from overskill.clients.objects import FakeObjectStore
from overskill.container import Container
from overskill.models import App, Deployment, DeploymentStatus, Membership, Role, VersionCause
from overskill.services.apps import save_version
from tests.factories import make_app, make_user, versions_of
from tests.routes.conftest import sign_in


def picture(kind: str = "PNG", width: int = 1280, height: int = 800) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#6d5bf6").save(buffer, kind)
    return buffer.getvalue()


def arrange(client: httpx.AsyncClient) -> str:
    with db.transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        return make_app(session, user, slug="habits").slug


async def upload(client: httpx.AsyncClient, content: bytes) -> httpx.Response:
    return await client.post("/api/apps/habits/thumbnail", content=content)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
async def test_a_picture_is_drawn_anew_small_and_as_webp(
    client: httpx.AsyncClient, services: Container, kind: str
) -> None:
    arrange(client)
    checksum = (await upload(client, picture(kind))).json()["thumbnail"]

    shown = await client.get(f"/thumbnails/{checksum}.webp")

    assert shown.headers["content-type"] == "image/webp"
    assert "immutable" in shown.headers["cache-control"]
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.size == (640, 400)
    assert isinstance(services.objects, FakeObjectStore)
    assert list(services.objects.objects) == [f"thumbnails/{checksum[:2]}/{checksum}.webp"]


async def test_it_is_also_the_picture_of_a_version_without_one(client: httpx.AsyncClient) -> None:
    arrange(client)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        save_version(session, app, note="By hand", cause=VersionCause.EDIT)
    first = (await upload(client, picture())).json()["thumbnail"]
    await upload(client, picture(height=900))
    with db.transaction() as session:
        assert [version.screenshot for version in versions_of(session, session.exec(select(App)).one())] == [first]
    assert (await client.get(f"/thumbnails/{first}.webp")).status_code == 200


def huge() -> bytes:
    """Says that it is 30,000 pixels wide and high."""
    content = bytearray(picture())
    content[16:24] = (30_000).to_bytes(4, "big") * 2
    content[29:33] = crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", picture("JPEG"), picture()[:200], picture(width=2, height=2), huge(), b"x" * 500_000]
)
async def test_what_is_no_picture_of_an_app_is_refused(client: httpx.AsyncClient, content: bytes) -> None:
    arrange(client)
    response = await upload(client, content)
    assert response.status_code == 422
    assert "picture" in response.json()["error"]


async def test_a_viewer_may_not_change_the_picture(client: httpx.AsyncClient) -> None:
    slug = arrange(client)
    with db.transaction() as session:
        viewer = make_user(session)
        team = session.exec(select(App.team_id).where(App.slug == slug)).one()
        session.add(Membership(team_id=team, user_id=viewer.id, role=Role.VIEWER))
        sign_in(client, session, viewer)
    assert (await upload(client, picture())).status_code == 403


async def test_the_picture_of_an_unpublished_app_is_for_its_team_only(client: httpx.AsyncClient) -> None:
    arrange(client)
    checksum = (await upload(client, picture())).json()["thumbnail"]
    client.cookies.clear()
    assert (await client.get(f"/thumbnails/{checksum}.webp")).status_code == 404


@pytest.mark.parametrize(("in_gallery", "status"), [(True, 200), (False, 404)])
async def test_strangers_see_the_picture_of_a_published_app_while_it_is_in_the_gallery(
    client: httpx.AsyncClient, in_gallery: bool, status: int
) -> None:
    slug = arrange(client)
    checksum = (await upload(client, picture())).json()["thumbnail"]
    with db.transaction() as session:
        app = session.exec(select(App).where(App.slug == slug)).one()
        session.add(
            Deployment(app_id=app.id, user_id=app.creator_id, version=1, status=DeploymentStatus.DEPLOYED, is_live=True)
        )
        app.in_gallery = in_gallery
        session.add(app)
    client.cookies.clear()
    assert (await client.get(f"/thumbnails/{checksum}.webp")).status_code == status


async def test_the_picture_of_a_version_that_was_checked_is_for_the_team_only(client: httpx.AsyncClient) -> None:
    slug = arrange(client)
    checksum = (await upload(client, picture())).json()["thumbnail"]
    with db.transaction() as session:
        app = session.exec(select(App).where(App.slug == slug)).one()
        save_version(session, app, note="Checked", cause=VersionCause.GENERATION).screenshot = checksum
        app.thumbnail = ""
    assert (await client.get(f"/thumbnails/{checksum}.webp")).status_code == 200
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get(f"/thumbnails/{checksum}.webp")).status_code == 404


async def test_an_app_is_taken_along_as_a_zip(client: httpx.AsyncClient) -> None:
    arrange(client)
    response = await client.get("/studio/habits/export.zip")
    assert 'filename="habits.zip"' in response.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert "habits/src/App.tsx" in archive.namelist()


async def test_somebody_elses_app_can_not_be_taken_along(client: httpx.AsyncClient) -> None:
    arrange(client)
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get("/studio/habits/export.zip")).status_code == 404


@pytest.mark.parametrize("path", ["/studio/%00/export.zip", "/thumbnails/%00.webp", "/thumbnails/..%2Fhabits.webp"])
async def test_an_address_that_cannot_be_one_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    arrange(client)
    assert (await client.get(path)).status_code == 404


async def test_a_picture_for_an_app_that_cannot_be_one_is_not_found(client: httpx.AsyncClient) -> None:
    arrange(client)
    assert (await client.post("/api/apps/%00/thumbnail", content=picture())).status_code == 404
