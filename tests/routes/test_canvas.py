from typing import Any

import httpx
import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.container import Container
from overskill.models import AppVersion, VersionCause
from overskill.services.apps import checksum, read_files, write_files
from tests.factories import STARTER, make_user
from tests.routes.conftest import arrange, sign_in

CANVAS = "/api/studio/habits/canvas"
PAGE = "src/App.tsx"


async def opened(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get(f"{CANVAS}/{PAGE}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def save(client: httpx.AsyncClient, page: dict[str, Any], **changes: Any) -> httpx.Response:
    document = page["page"]["document"]
    return await client.post(f"{CANVAS}/{PAGE}", json={"document": document, "base": page["checksum"], **changes})


def append(page: dict[str, Any], text: str) -> None:
    page["page"]["document"]["content"].append({"type": "#text", "props": {"id": f"new-{text}", "text": text}})


async def test_the_pages_of_an_app_are_listed(client: httpx.AsyncClient) -> None:
    arrange(client)
    pages = (await client.get(CANVAS)).json()["pages"]
    assert [page["path"] for page in pages] == [path for path in sorted(STARTER) if path.endswith(".tsx")]


async def test_a_page_is_read_with_what_can_be_added_to_it(client: httpx.AsyncClient) -> None:
    arrange(client)
    page = await opened(client)
    assert (page["path"], page["checksum"]) == (PAGE, checksum(STARTER[PAGE]))
    assert page["blocks"] == [{"type": "p", "label": "Paragraph"}]


async def test_a_page_is_saved_as_a_version_and_shown(client: httpx.AsyncClient, services: Container) -> None:
    app = arrange(client)
    assert isinstance(services.bundler, FakeBundler)
    services.bundler.open(app.preview_key, STARTER)
    page = await opened(client)
    append(page, "// added")
    answer = (await save(client, page)).json()
    text = f"{STARTER[PAGE]}\n// added"
    assert (answer["checksum"], answer["version"], answer["is_merged"]) == (checksum(text), 2, False)
    assert services.bundler.apps[app.preview_key][PAGE] == text
    with db.transaction() as session:
        cause = session.exec(select(AppVersion.cause).where(AppVersion.app_id == app.id, AppVersion.number == 2)).one()
    assert cause is VersionCause.EDIT


async def test_what_others_changed_elsewhere_in_the_page_stays(client: httpx.AsyncClient) -> None:
    arrange(client)
    mine, theirs = await opened(client), await opened(client)
    theirs["page"]["document"]["content"].insert(0, {"type": "#text", "props": {"id": "new", "text": "// theirs"}})
    assert (await save(client, theirs)).status_code == 200
    append(mine, "// mine")
    answer = (await save(client, mine)).json()
    assert answer["is_merged"]
    texts = [node["props"]["text"] for node in answer["document"]["content"]]
    assert (texts[0], texts[-1]) == ("// theirs", "// mine")


async def test_what_others_changed_in_the_same_place_is_not_overwritten(client: httpx.AsyncClient) -> None:
    app = arrange(client)
    mine, theirs = await opened(client), await opened(client)
    append(theirs, "// theirs")
    append(mine, "// mine")
    assert (await save(client, theirs)).status_code == 200
    answer = await save(client, mine)
    assert answer.status_code == 409
    with db.transaction() as session:
        assert read_files(session, app.id)[PAGE].endswith("// theirs")


async def test_a_page_made_from_a_text_that_nobody_has_is_a_conflict(client: httpx.AsyncClient) -> None:
    arrange(client)
    page = await opened(client)
    assert (await save(client, page, base="0" * 64)).status_code == 409


async def test_what_can_not_be_read_is_refused(client: httpx.AsyncClient) -> None:
    arrange(client)
    assert (await client.post(f"{CANVAS}/{PAGE}", content=b"{")).status_code == 422
    assert (await client.get(f"{CANVAS}/src/Missing.tsx")).status_code == 404


async def test_styles_are_handed_out_as_data_and_never_as_a_stylesheet(client: httpx.AsyncClient) -> None:
    app = arrange(client)
    answer = await client.get(f"{CANVAS}.css")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"css": f"/* {app.preview_key} */", "theme": ""}


@pytest.mark.parametrize(("default", "theme"), [("dark", "dark"), ("light", "light"), ("system", "")])
async def test_the_theme_that_an_app_begins_with_comes_with_its_styles(
    client: httpx.AsyncClient, default: str, theme: str
) -> None:
    app = arrange(client)
    with db.transaction() as session:
        write_files(session, app.id, {"src/lib/theme.ts": f'const DEFAULT_THEME: Theme = "{default}";\n'})
    assert (await client.get(f"{CANVAS}.css")).json()["theme"] == theme


async def test_nobody_else_sees_or_changes_a_page(client: httpx.AsyncClient) -> None:
    arrange(client)
    page = await opened(client)
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get(CANVAS)).status_code == 404
    assert (await client.get(f"{CANVAS}/{PAGE}")).status_code == 404
    assert (await client.get(f"{CANVAS}.css")).status_code == 404
    assert (await save(client, page)).status_code == 404
    client.cookies.clear()
    assert (await client.get(CANVAS)).status_code == 401
