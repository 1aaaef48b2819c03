import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from starlette.applications import Starlette

from overskill import db
from overskill.container import Container
from overskill.models import App, Generation, GenerationEvent, GenerationStatus
from overskill.routes import turns
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.generation import request_stop, turn_topic
from tests.factories import make_app, make_generation, make_user
from tests.fake_author import says, writes
from tests.routes.conftest import sign_in
from tests.support_socket import Socket
from tests.support_waiting import until

SITE = Starlette(routes=turns.routes)
Told = list[tuple[str, Any]]  # (id, entry)


@pytest.fixture
def turn(services: Container) -> UUID:
    with db.transaction() as session:
        user = make_user(session, email="ada@example.com")
        return make_generation(session, make_app(session, user)).id


def cookie_of_maker(turn: UUID) -> str:
    with db.transaction() as session:
        user_id = session.get_one(Generation, turn).user_id
        return f"{COOKIE}={open_session(session, user_id, Visitor())}"


def socket_to(turn: UUID, after: str = "") -> Socket:
    return Socket(f"/api/turns/{turn}/live", query=f"after={after}", cookie=cookie_of_maker(turn))


def told(socket: Socket) -> Told:
    """Each entry with the id of the last of its message."""
    return [(message[0], entry) for message in socket.heard for entry in message[1:]]


async def read(turn: UUID, after: str = "") -> Told:
    socket = socket_to(turn, after)
    await socket.run(SITE)
    assert (socket.is_accepted, socket.closed_with) == (True, 1000)
    return told(socket)


def texts(entries: Told) -> list[str | None]:
    return [entry.get("text") for _, entry in entries]


async def test_a_whole_turn_can_be_read_afterwards(services: Container, turn: UUID, work: Callable[[], int]) -> None:
    services.authors.scripts = [[says("Hello."), *writes("src/App.tsx", "export {}\n")]]  # type: ignore[attr-defined]
    services.queue.enqueue("overskill.jobs.generate.generate", str(turn), queue="generate")
    await asyncio.to_thread(work)

    entries = await read(turn)

    kinds = ["delta" if isinstance(entry, str) else entry["k"] for _, entry in entries]
    assert kinds[-1] == "done"
    assert {"prose", "close"} <= set(kinds)
    assert all(log_id for log_id, _ in entries)


async def test_a_turn_is_followed_while_it_happens(services: Container, turn: UUID) -> None:
    services.progress.write(turn_topic(turn), {"k": "prose", "text": "one"})
    socket = socket_to(turn)
    following = asyncio.create_task(socket.run(SITE))
    await until(lambda: len(socket.heard) > 0)

    await asyncio.to_thread(services.progress.write, turn_topic(turn), {"k": "prose", "text": "two"})
    await asyncio.to_thread(services.progress.write, turn_topic(turn), {"k": "done", "status": "succeeded"})

    await following
    assert texts(told(socket)) == ["one", "two", None]


async def test_a_browser_that_comes_back_gets_only_what_it_missed(services: Container, turn: UUID) -> None:
    services.progress.write(turn_topic(turn), {"k": "prose", "text": "before"})
    [(last_id, _)] = await services.progress.read(turn_topic(turn))
    services.progress.write(turn_topic(turn), {"k": "prose", "text": "after"}, {"k": "done"})
    assert texts(await read(turn, after=last_id)) == ["after", None]


async def test_pieces_of_a_file_are_told_without_saying_each_time_of_which(services: Container, turn: UUID) -> None:
    pieces = [
        {"k": "delta", "path": path, "text": text} for path, text in [("a.ts", "1"), ("a.ts", "2"), ("b.ts", "3")]
    ]
    services.progress.write(turn_topic(turn), {"k": "open", "path": "a.ts"}, *pieces, {"k": "done"})
    assert [entry for _, entry in await read(turn)] == [
        {"k": "open", "path": "a.ts"},
        "12",
        {"k": "delta", "path": "b.ts", "text": "3"},
        {"k": "done"},
    ]


async def test_later_ids_are_told_as_the_time_between(services: Container, turn: UUID) -> None:
    log, topic = services.progress, turn_topic(turn)
    socket = socket_to(turn)
    following = asyncio.create_task(socket.run(SITE))
    for count, entry in enumerate(({"k": "prose", "text": "a"}, {"k": "prose", "text": "b"}, {"k": "done"}), start=1):
        await asyncio.to_thread(log.write, topic, entry)
        await until(lambda count=count: len([one for one in socket.heard if one]) == count)
    await following

    [first, *steps] = [message[0] for message in socket.heard if message]
    last = int(first.partition("-")[0]) + sum(steps)
    assert f"{last}-0" == (await log.read(topic))[-1][0]


async def test_an_id_that_is_not_the_first_of_its_millisecond_is_told_whole(services: Container, turn: UUID) -> None:
    wire = turns._Wire(Socket("/"))  # type: ignore[arg-type]
    assert [wire._short(one) for one in ("7-0", "9-0", "9-1", "12-0", "")] == ["7-0", 2, "9-1", 3, ""]


async def test_only_what_pages_show_is_told(services: Container, turn: UUID) -> None:
    services.progress.write(
        turn_topic(turn),
        {"k": "edit", "path": "a.ts", "search": "x" * 999, "replace": "y" * 999},
        {"k": "preview", "revision": 7},
        {"k": "close", "path": "b.ts", "checksum": "0" * 64, "lines": 3},
        {"k": "refused", "path": "c.ts", "text": "The search block is not in c.ts."},
        {"k": "done"},
    )
    assert [entry for _, entry in await read(turn)] == [
        {"k": "edit", "path": "a.ts"},
        {"k": "close", "path": "b.ts", "lines": 3},
        {"k": "refused", "path": "c.ts"},
        {"k": "done"},
    ]


async def test_an_id_that_is_not_one_of_ours_is_ignored(services: Container, turn: UUID) -> None:
    services.progress.write(turn_topic(turn), {"k": "done"})
    assert len(await read(turn, after="+ 1")) == 1


async def test_a_turn_whose_log_expired_is_told_from_the_rows(turn: UUID) -> None:
    with db.transaction() as session:
        session.add(GenerationEvent(generation_id=turn, seq=1, kind="prose", data={"text": "Hello."}))
        session.add(GenerationEvent(generation_id=turn, seq=2, kind="close", data={"path": "a.ts", "lines": 3}))
        row = session.get_one(Generation, turn)
        row.status, row.version = GenerationStatus.SUCCEEDED, 4

    assert [entry for _, entry in await read(turn)] == [
        {"k": "resumed", "prose": "", "files": []},
        {"k": "prose", "text": "Hello."},
        {"k": "close", "path": "a.ts", "lines": 3},
        {"k": "done", "status": "succeeded", "version": 4, "error": ""},
    ]


async def test_a_turn_stopped_while_it_waited_ends_the_connection(services: Container, turn: UUID) -> None:
    following = asyncio.create_task(read(turn))
    await asyncio.sleep(0.05)
    with db.transaction() as session:
        row = session.get_one(Generation, turn)
        request_stop(session, session.get_one(App, row.app_id), turn, log=services.progress)

    assert (await following)[-1][1]["status"] == "stopped"


async def test_the_page_hears_that_the_connection_is_alive(turn: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "HEARTBEAT_SECONDS", 0.02)
    socket = socket_to(turn)
    following = asyncio.create_task(socket.run(SITE))
    await until(lambda: len(socket.heard) > 1)
    socket.leave()
    await following


async def test_nobody_follows_a_turn_for_a_tab_that_was_closed(services: Container, turn: UUID) -> None:
    socket = socket_to(turn)
    following = asyncio.create_task(socket.run(SITE))
    await asyncio.sleep(0.05)
    socket.leave()
    await following
    assert services.progress._waiting == {}


async def test_somebody_elses_turn_is_not_there(turn: UUID) -> None:
    with db.transaction() as session:
        stranger = make_user(session, name="Mallory")
        cookie = f"{COOKIE}={open_session(session, stranger.id, Visitor())}"
    await refused(Socket(f"/api/turns/{turn}/live", cookie=cookie))


async def test_a_visitor_follows_nothing(turn: UUID) -> None:
    await refused(Socket(f"/api/turns/{turn}/live"))


@pytest.mark.parametrize("key", ["1", "not-a-uuid", "2b0c08c9-4e7c-47ed-8e88-3290241a86fa"])
async def test_a_turn_that_is_not_there_can_not_be_followed(turn: UUID, key: str) -> None:
    await refused(Socket(f"/api/turns/{key}/live", cookie=cookie_of_maker(turn)))


async def refused(socket: Socket) -> None:
    await socket.run(SITE)
    assert not socket.is_accepted
    assert socket.closed_with is not None


def keep_events(turn: UUID, *events: tuple[str, dict[str, Any]]) -> None:
    with db.transaction() as session:
        for seq, (kind, data) in enumerate(events, start=1):
            session.add(GenerationEvent(generation_id=turn, seq=seq, kind=kind, data=data))


async def record(client: httpx.AsyncClient, turn: UUID) -> dict[str, dict[str, Any]]:
    """The last entry of each kind."""
    response = await client.get(f"/api/turns/{turn}")
    assert response.status_code == 200
    return {entry["k"]: entry for entry in response.json()["entries"]}


async def test_a_turn_that_is_over_tells_all_there_is_to_it(client: httpx.AsyncClient, turn: UUID) -> None:
    client.headers["cookie"] = cookie_of_maker(turn)
    repairs = [{"path": "src/App.tsx", "kind": "import", "message": "Imported useState", "line": 1}]
    keep_events(turn, ("close", {"path": "src/App.tsx", "lines": 3}), ("repaired", {"repairs": repairs}))
    with db.transaction() as session:
        row = session.get_one(Generation, turn)
        row.status, row.version, row.model, row.charged = GenerationStatus.SUCCEEDED, 1, "some-model", 1200
        row.steps = [{"name": "plan", "state": "done", "ms": 900, "note": ""}]
        row.brief = {"kind": "tracker"}
        row.plan = {"summary": "A tracker", "steps": ["One page"]}
        row.checks = {"compiles": True, "browser": "passed"}
        row.usage = {"build": {"model": "some-model", "tokens_in": 10, "tokens_out": 20, "cost_micro": 12_000}}

    told = await record(client, turn)

    assert told["step"] == {"k": "step", "name": "plan", "state": "done", "ms": 900, "note": ""}
    assert told["brief"] == {"k": "brief", "kind": "tracker"}
    assert told["plan"]["steps"] == ["One page"]
    assert told["repaired"]["repairs"] == repairs
    assert told["checks"] == {"k": "checks", "compiles": True, "browser": "passed"}
    assert (told["receipt"]["charged"], told["receipt"]["model"]) == (1200, "some-model")
    assert told["receipt"]["usage"]["build"]["tokens_out"] == 20
    assert told["done"] == {"k": "done", "status": "succeeded", "version": 1, "error": ""}


async def test_what_files_say_is_no_part_of_a_record(client: httpx.AsyncClient, turn: UUID) -> None:
    client.headers["cookie"] = cookie_of_maker(turn)
    keep_events(turn, ("edit", {"path": "a.ts", "search": "x" * 999, "replace": "y" * 999}), ("prose", {"text": "Hi"}))
    told = await record(client, turn)
    assert told["edit"] == {"k": "edit", "path": "a.ts"}
    assert set(told) == {"edit", "receipt", "done"}


async def test_a_record_is_for_those_who_may_read_the_app(client: httpx.AsyncClient, turn: UUID) -> None:
    assert (await client.get(f"/api/turns/{turn}")).status_code == 401
    with db.transaction() as session:
        sign_in(client, session, make_user(session, email="mallory@example.com"))
    assert (await client.get(f"/api/turns/{turn}")).status_code == 404
