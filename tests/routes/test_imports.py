"""A project as a zip over HTTP: reported, then made an app or a version of one; and icons."""

import httpx
from sqlmodel import select

from overskill.container import Container
from overskill.db import transaction
from overskill.models import App
from tests.routes.test_apps import arrange, picture
from tests.services.apps.test_importing import PROJECT, zipped


def apps() -> dict[str, int]:
    with transaction() as session:
        return {app.slug: app.current_version for app in session.exec(select(App))}


async def test_a_report_keeps_nothing(client: httpx.AsyncClient) -> None:
    arrange(client)
    answer = await client.post("/api/imports/report?name=shop.zip", content=zipped(PROJECT))
    assert answer.json()["name"] == "The shop"
    assert {"path": "src/App.tsx", "verdict": "taken", "words": ""} in answer.json()["lines"]
    assert apps() == {"habits": 0}


async def test_an_import_becomes_an_app(client: httpx.AsyncClient) -> None:
    arrange(client)
    answer = await client.post("/api/imports?name=shop.zip", content=zipped(PROJECT))
    assert (answer.status_code, answer.json()["slug"]) == (201, "the-shop")
    assert apps() == {"habits": 0, "the-shop": 1}


async def test_an_import_becomes_a_version(client: httpx.AsyncClient) -> None:
    arrange(client)
    answer = await client.post("/api/studio/habits/import?name=shop.zip", content=zipped(PROJECT))
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


async def test_strangers_import_nothing(client: httpx.AsyncClient) -> None:
    for address in ("/api/imports/report", "/api/imports", "/api/studio/habits/import"):
        assert (await client.post(address, content=zipped(PROJECT))).status_code == 401


async def test_what_is_no_zip_is_refused_with_a_sentence(client: httpx.AsyncClient) -> None:
    arrange(client)
    answer = await client.post("/api/imports/report", content=b"hello")
    assert answer.status_code == 422
    assert "zip" in answer.json()["error"]


async def test_an_icon_is_put_shown_and_taken_away(client: httpx.AsyncClient, services: Container) -> None:
    arrange(client)
    url = (await client.put("/api/studio/habits/icon", content=picture())).json()["url"]
    assert (await client.get(url)).headers["content-type"] == "image/webp"
    assert (await client.delete("/api/studio/habits/icon")).json()["url"] == ""  # of an app without a logo
    assert (await client.get(url)).status_code == 404
    assert services.objects.objects == {}  # type: ignore[attr-defined]
