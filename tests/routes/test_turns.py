import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest

from overskill import db
from overskill.container import Container
from overskill.models import App, Generation, GenerationEvent, GenerationStatus, User
from overskill.services.generation import request_stop, turn_topic
from tests.factories import make_app, make_generation, make_user
from tests.fake_author import says, writes
from tests.routes.conftest import sign_in


def parse(body: str) -> list[tuple[str, dict[str, Any]]]:
    """(id, entry) of every event of a stream."""
    events = []
    for block in body.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":"))
        if "data" in fields:
            events.append((fields.get("id", ""), orjson.loads(fields["data"])))
    return events


def arrange(client: httpx.AsyncClient, *, status: GenerationStatus = GenerationStatus.QUEUED) -> UUID:
    with db.transaction() as session:
        user = make_user(session)
        turn = make_generation(session, make_app(session, user), status=status)
        sign_in(client, session, user)
        return turn.id


async def read(client: httpx.AsyncClient, turn: UUID, **headers: str) -> list[tuple[str, dict[str, Any]]]:
    response = await client.get(f"/api/turns/{turn}/events", headers=headers)
    assert response.status_code == 200, response.text
    return parse(response.text)


async def test_a_whole_turn_can_be_read_afterwards(
    client: httpx.AsyncClient, services: Container, work: Callable[[], int]
) -> None:
    turn = arrange(client)
    services.author.scripts = [[says("Hello."), *writes("src/App.tsx", "export {}\n")]]  # type: ignore[attr-defined]
    services.queue.enqueue("overskill.jobs.generate.generate", str(turn), queue="generate")
    await asyncio.to_thread(work)

    events = await read(client, turn)

    kinds = [entry["k"] for _, entry in events]
    assert kinds[-1] == "done"
    assert "prose" in kinds
    assert "close" in kinds
    assert all(log_id for log_id, _ in events)


async def test_a_turn_is_followed_while_it_happens(client: httpx.AsyncClient, services: Container) -> None:
    turn = arrange(client, status=GenerationStatus.RUNNING)
    services.progress.write(turn_topic(turn), {"k": "prose", "text": "one"})
    following = asyncio.create_task(read(client, turn))
    await asyncio.sleep(0.05)

    await asyncio.to_thread(services.progress.write, turn_topic(turn), {"k": "prose", "text": "two"})
    await asyncio.to_thread(services.progress.write, turn_topic(turn), {"k": "done", "status": "succeeded"})

    assert [entry.get("text") for _, entry in await following] == ["one", "two", None]


async def test_a_browser_that_comes_back_gets_only_what_it_missed(
    client: httpx.AsyncClient, services: Container
) -> None:
    turn = arrange(client)
    services.progress.write(turn_topic(turn), *({"k": "prose", "text": str(n)} for n in range(3)), {"k": "done"})
    first_id = (await read(client, turn))[0][0]

    by_header = await read(client, turn, **{"last-event-id": first_id})
    by_query = parse((await client.get(f"/api/turns/{turn}/events?after={first_id}")).text)

    assert [entry.get("text") for _, entry in by_header] == ["1", "2", None]
    assert by_query == by_header


async def test_an_id_that_is_not_one_of_ours_is_ignored(client: httpx.AsyncClient, services: Container) -> None:
    turn = arrange(client)
    services.progress.write(turn_topic(turn), {"k": "done"})
    assert len(await read(client, turn, **{"last-event-id": "+ 1"})) == 1


async def test_a_turn_whose_log_expired_is_told_from_the_rows(client: httpx.AsyncClient) -> None:
    turn = arrange(client, status=GenerationStatus.SUCCEEDED)
    with db.transaction() as session:
        session.add(GenerationEvent(generation_id=turn, seq=1, kind="prose", data={"text": "Hello."}))
        session.add(GenerationEvent(generation_id=turn, seq=2, kind="close", data={"path": "a.ts", "lines": 3}))
        session.get_one(Generation, turn).version = 4

    assert [entry for _, entry in await read(client, turn)] == [
        {"k": "resumed", "prose": "", "files": []},
        {"k": "prose", "text": "Hello."},
        {"k": "close", "path": "a.ts", "lines": 3},
        {"k": "done", "status": "succeeded", "version": 4, "error": ""},
    ]


async def test_a_turn_stopped_while_it_waited_ends_the_stream(client: httpx.AsyncClient, services: Container) -> None:
    turn = arrange(client)
    following = asyncio.create_task(read(client, turn))
    await asyncio.sleep(0.05)
    with db.transaction() as session:
        row = session.get_one(Generation, turn)
        request_stop(session, session.get_one(App, row.app_id), turn, log=services.progress)

    events = await following
    assert events[-1][1]["k"] == "done"
    assert events[-1][1]["status"] == "stopped"


async def test_somebody_elses_turn_is_not_there(client: httpx.AsyncClient) -> None:
    turn = arrange(client)
    with db.transaction() as session:
        stranger: User = make_user(session, name="Mallory")
        client.cookies.clear()
        sign_in(client, session, stranger)
    assert (await client.get(f"/api/turns/{turn}/events")).status_code == 404


async def test_a_visitor_is_asked_to_sign_in(client: httpx.AsyncClient) -> None:
    turn = arrange(client)
    client.cookies.clear()
    response = await client.get(f"/api/turns/{turn}/events")
    assert response.status_code == 401
    assert "Sign in" in response.json()["error"]


@pytest.mark.parametrize("key", ["1", "not-a-uuid"])
async def test_an_id_that_cannot_be_one_is_not_found(client: httpx.AsyncClient, key: str) -> None:
    assert (await client.get(f"/api/turns/{key}/events")).status_code == 404
