import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.clients.elements import FakeElements
from overskill.container import Container
from overskill.models import CreditEntry, Membership, Role
from overskill.services.apps import checksum, write_files
from overskill.services.apps.access import app_to_change
from tests.factories import STARTER, make_user
from tests.routes.conftest import arrange, sign_in
from tests.support_waiting import until

ELEMENT = "/api/studio/habits/element"
APP = "src/App.tsx"
SPOT = {"file": APP, "line": 1, "column": 1, "checksum": checksum(STARTER[APP])[:16]}
TEXT = {"kind": "text", "value": "changed"}


async def patch(client: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    return await client.post(f"{ELEMENT}/patch", json={**SPOT, "operation": TEXT, **changes})


def is_waited_for(session: Session) -> bool:
    """Whether another transaction waits for this one (Postgres's documentation, 9.27)."""
    blocked = text("select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))")
    return bool(session.execute(blocked).scalar_one())


async def test_an_element_is_described_from_the_text_that_was_drawn(
    client: httpx.AsyncClient, services: Container
) -> None:
    app = arrange(client)
    answer = await client.post(f"{ELEMENT}/describe", json=SPOT)
    assert answer.json() == {
        "element": {"name": "h1", "line": 1, "column": 1},
        "colours": [{"name": "primary", "value": "red"}],
    }
    assert isinstance(services.elements, FakeElements)
    [(key, place)] = services.elements.asked
    assert (key, place.text) == (app.preview_key, STARTER[APP])


async def test_what_was_drawn_before_its_save_was_committed_is_described_once_it_is(
    client: httpx.AsyncClient, services: Container
) -> None:
    app = arrange(client)
    drawn = "drawn already"
    with db.transaction() as session:
        write_files(session, app_to_change(session, app.creator_id, app.slug).id, {APP: drawn})
        session.flush()
        spot = {**SPOT, "checksum": checksum(drawn)[:16]}
        asked = asyncio.create_task(client.post(f"{ELEMENT}/describe", json=spot))
        await until(lambda: asked.done() or is_waited_for(session))
    answer = await asked
    assert answer.status_code == 200
    assert isinstance(services.elements, FakeElements)
    [(_, place)] = services.elements.asked
    assert place.text == drawn


async def test_a_change_is_saved_as_a_version_shown_and_answered_with_the_way_back(
    client: httpx.AsyncClient, services: Container
) -> None:
    app = arrange(client)
    assert isinstance(services.bundler, FakeBundler)
    services.bundler.open(app.preview_key, STARTER)
    answer = (await patch(client)).json()
    assert (answer["before"], answer["version"]) == (STARTER[APP], 2)
    assert answer["text"].startswith("changed")
    assert answer["checksum"] == checksum(answer["text"])
    assert services.bundler.apps[app.preview_key][APP] == answer["text"]


async def test_a_change_costs_nothing(client: httpx.AsyncClient) -> None:
    arrange(client)
    with db.transaction() as session:
        before = len(session.exec(select(CreditEntry)).all())
    assert (await patch(client)).status_code == 200
    with db.transaction() as session:
        assert len(session.exec(select(CreditEntry)).all()) == before


async def test_an_element_of_a_text_that_changed_meanwhile_is_refused(client: httpx.AsyncClient) -> None:
    arrange(client)
    assert (await patch(client)).status_code == 200
    again = await patch(client)
    assert again.status_code == 409
    assert again.json() == {"error": "The code has changed since this was drawn. Select the element again."}


async def test_why_something_is_not_changed_is_told(client: httpx.AsyncClient) -> None:
    arrange(client)
    answer = await patch(client, operation={"kind": "wrap"})
    assert (answer.status_code, answer.json()) == (422, {"error": "The fake changes texts only."})


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": 0},
        {"column": "x"},
        {"file": "\0"},
        {"checksum": ""},
        {"checksum": "%" * 16},
        {"operation": "text"},
        {"file": "x" * 300},
    ],
    ids=repr,
)
async def test_what_is_no_element_is_refused(client: httpx.AsyncClient, wrong: dict[str, Any]) -> None:
    arrange(client)
    assert (await patch(client, **wrong)).status_code == 422


async def test_a_file_that_is_gone_is_not_found(client: httpx.AsyncClient) -> None:
    arrange(client)
    assert (await patch(client, file="src/Gone.tsx")).status_code == 404


async def test_nobody_changes_elements_of_others_apps(client: httpx.AsyncClient) -> None:
    arrange(client)
    with db.transaction() as session:
        sign_in(client, session, make_user(session, email="eve@example.com"))
    assert (await patch(client)).status_code == 404
    assert (await client.post(f"{ELEMENT}/describe", json=SPOT)).status_code == 404
    client.cookies.clear()
    assert (await patch(client)).status_code == 401


async def test_who_may_only_look_changes_nothing(client: httpx.AsyncClient) -> None:
    app = arrange(client)
    with db.transaction() as session:
        viewer = make_user(session, email="bob@example.com")
        session.add(Membership(team_id=app.team_id, user_id=viewer.id, role=Role.VIEWER))
        sign_in(client, session, viewer)
    assert (await client.post(f"{ELEMENT}/describe", json=SPOT)).status_code == 200
    assert (await patch(client)).status_code == 403
