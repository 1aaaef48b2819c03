"""Files renamed, locked, searched and replaced in, over HTTP; and conflicts with a turn."""

from collections.abc import Iterator

import httpx
import pytest

from overskill import db
from overskill.clients.codebase import FakeCodebase, Query
from overskill.container import Container
from overskill.models import App, Generation, GenerationStatus, VersionCause
from overskill.services.apps import checksum, save_version, store_blobs
from overskill.services.apps.bells import files_topic
from overskill.services.apps.locks import lock, locked_paths
from overskill.services.apps.versions import find_version
from tests.factories import STARTER, make_app, make_generation, make_user
from tests.routes.conftest import sign_in

STUDIO = "/api/studio/habits"
APP, LIST, DAY = "src/App.tsx", "src/habits/List.tsx", "src/habits/Day.tsx"
FILES = {**STARTER, APP: 'import List from "./List";\n', LIST: "list of habits\n", DAY: "day of habits\n"}


@pytest.fixture
def app(client: httpx.AsyncClient) -> Iterator[App]:
    with db.transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        app = make_app(session, user, slug="habits", files=FILES)
        save_version(session, app, note="Written", cause=VersionCause.GENERATION)
    return app


async def paths(client: httpx.AsyncClient) -> list[str]:
    return [file["path"] for file in (await client.get(f"{STUDIO}/files")).json()["files"]]


async def text(client: httpx.AsyncClient, path: str) -> str:
    return str((await client.get(f"{STUDIO}/files/{path}")).json()["text"])


async def rename(client: httpx.AsyncClient, path: str, target: str) -> httpx.Response:
    return await client.post(f"{STUDIO}/files/rename", json={"from": path, "to": target})


async def test_a_file_is_renamed_and_its_imports_follow(client: httpx.AsyncClient, app: App) -> None:
    answer = await rename(client, LIST, "src/habits/Table.tsx")
    changed = {file["path"]: file["checksum"] for file in answer.json()["files"]}
    assert changed[LIST] is None
    assert changed["src/habits/Table.tsx"] == checksum(FILES[LIST])
    assert await text(client, APP) == 'import List from "./Table";\n'
    with db.transaction() as session:
        version = find_version(session, app.id, 2)
    assert version.note == f"Renamed {LIST} to src/habits/Table.tsx"


async def test_a_folder_is_renamed_with_all_that_is_in_it(client: httpx.AsyncClient, app: App) -> None:
    assert (await rename(client, "src/habits", "src/days")).status_code == 200
    assert {"src/days/List.tsx", "src/days/Day.tsx"} <= set(await paths(client))
    assert not [path for path in await paths(client) if path.startswith("src/habits")]


async def test_a_lock_goes_along_with_its_file(client: httpx.AsyncClient, app: App) -> None:
    with db.transaction() as session:
        lock(session, app, [LIST])
    await rename(client, "src/habits", "src/days")
    with db.transaction() as session:
        assert locked_paths(session, app) == {"src/days/List.tsx"}


@pytest.mark.parametrize(
    ("path", "target", "status", "words"),
    [
        (LIST, DAY, 422, "already exists"),
        (LIST, "src/habits/day.tsx", 422, "differs only in case"),
        (LIST, "../List.tsx", 422, "not a path inside the app"),
        (LIST, "src/App.tsx/List.tsx", 422, "is a file"),
        ("src/main.tsx", "src/start.tsx", 422, "needed for the app to start"),
        ("src", "app", 422, "needed for the app to start"),
        ("src/none.ts", "src/some.ts", 404, "not in this app any more"),
    ],
)
async def test_a_name_that_can_not_be_is_refused(
    client: httpx.AsyncClient, app: App, path: str, target: str, status: int, words: str
) -> None:
    answer = await rename(client, path, target)
    assert answer.status_code == status
    assert words in answer.json()["error"]
    assert await paths(client) == sorted(FILES)


async def test_only_the_case_of_a_name_can_change(client: httpx.AsyncClient, app: App) -> None:
    assert (await rename(client, LIST, "src/habits/list.tsx")).status_code == 200
    assert "src/habits/list.tsx" in await paths(client)


async def test_a_folder_is_locked_and_unlocked(client: httpx.AsyncClient, services: Container, app: App) -> None:
    answer = await client.post(f"{STUDIO}/files/lock", json={"path": "src/habits", "locked": True})
    assert answer.json() == {"paths": [DAY, LIST], "locked": True}
    assert (await client.get(f"{STUDIO}/files/{LIST}")).json()["locked"]
    [(_, told)] = await services.progress.read(files_topic(app.id))
    assert told["revision"] == 2
    assert told["files"][0] == {"path": DAY, "checksum": checksum(FILES[DAY]), "locked": True}
    await client.post(f"{STUDIO}/files/lock", json={"path": LIST, "locked": False})
    assert not (await client.get(f"{STUDIO}/files/{LIST}")).json()["locked"]


async def test_what_is_not_there_can_not_be_locked(client: httpx.AsyncClient, app: App) -> None:
    answer = await client.post(f"{STUDIO}/files/lock", json={"path": "src/none.ts", "locked": True})
    assert answer.status_code == 404


async def test_text_is_found_in_all_files(client: httpx.AsyncClient, services: Container, app: App) -> None:
    found = (await client.get(f"{STUDIO}/search", params={"q": "habits", "case": "1"})).json()
    assert [file["path"] for file in found["files"]] == [DAY, LIST]
    hit = {"line": 1, "column": 8, "length": 6, "preview": "day of habits", "at": 7, "replaced": ""}
    assert found["files"][0]["hits"] == [hit]
    assert isinstance(services.codebase, FakeCodebase)
    assert services.codebase.asked == [Query("habits", is_case=True)]


async def test_a_search_for_nothing_is_refused(client: httpx.AsyncClient, app: App) -> None:
    assert (await client.get(f"{STUDIO}/search")).status_code == 422


async def test_replacing_is_shown_first_and_changes_nothing(client: httpx.AsyncClient, app: App) -> None:
    shown = (await client.post(f"{STUDIO}/replace", json={"q": "habits", "replacement": "streaks"})).json()
    assert [(file["path"], file["base"]) for file in shown["files"]] == [
        (DAY, checksum(FILES[DAY])),
        (LIST, checksum(FILES[LIST])),
    ]
    assert shown["files"][0]["hits"][0]["replaced"] == "streaks"
    assert await text(client, DAY) == FILES[DAY]


async def test_what_was_looked_at_is_replaced(client: httpx.AsyncClient, app: App) -> None:
    chosen = [{"path": DAY, "base": checksum(FILES[DAY])}]
    body = {"q": "habits", "replacement": "streaks", "files": chosen}
    answer = (await client.post(f"{STUDIO}/replace", json=body)).json()
    assert answer["files"] == [{"path": DAY, "checksum": checksum("day of streaks\n")}]
    assert (await text(client, DAY), await text(client, LIST)) == ("day of streaks\n", FILES[LIST])


async def test_what_changed_since_it_was_looked_at_is_not_replaced(client: httpx.AsyncClient, app: App) -> None:
    chosen = [{"path": DAY, "base": checksum(FILES[DAY])}, {"path": LIST, "base": checksum("before")}]
    body = {"q": "habits", "replacement": "streaks", "files": chosen}
    answer = await client.post(f"{STUDIO}/replace", json=body)
    assert answer.status_code == 409
    assert LIST in answer.json()["error"]
    assert await text(client, DAY) == FILES[DAY]


@pytest.fixture
def turn(app: App) -> Generation:
    """One that wrote the list and removed the day, where a person had changed both meanwhile."""
    with db.transaction() as session:
        turn = make_generation(session, app, status=GenerationStatus.SUCCEEDED)
        store_blobs(session, ["the turn's\n"])
        turn.conflicts = [{"path": LIST, "checksum": checksum("the turn's\n")}, {"path": DAY, "checksum": None}]
        return turn


async def choose(client: httpx.AsyncClient, turn: Generation, path: str, keep: str) -> httpx.Response:
    return await client.post(f"{STUDIO}/conflicts", json={"turn": str(turn.id), "path": path, "keep": keep})


async def test_both_texts_of_a_conflict_are_shown(client: httpx.AsyncClient, turn: Generation) -> None:
    shown = await client.get(f"{STUDIO}/conflicts", params={"turn": str(turn.id), "path": LIST})
    assert shown.json() == {"path": LIST, "mine": FILES[LIST], "theirs": "the turn's\n"}


async def test_keeping_what_is_there_only_ends_the_conflict(client: httpx.AsyncClient, turn: Generation) -> None:
    answer = await choose(client, turn, LIST, "mine")
    assert answer.json() == {"conflicts": [{"path": DAY, "checksum": None}]}
    assert await text(client, LIST) == FILES[LIST]


async def test_what_the_turn_wrote_can_be_taken(client: httpx.AsyncClient, turn: Generation) -> None:
    await choose(client, turn, LIST, "theirs")
    await choose(client, turn, DAY, "theirs")
    assert await text(client, LIST) == "the turn's\n"
    assert DAY not in await paths(client)


async def test_a_choice_is_made_once(client: httpx.AsyncClient, turn: Generation) -> None:
    await choose(client, turn, LIST, "mine")
    again = await choose(client, turn, LIST, "theirs")
    assert again.status_code == 404
    assert await text(client, LIST) == FILES[LIST]


async def test_a_turn_of_another_app_has_no_conflicts_here(client: httpx.AsyncClient, app: App) -> None:
    with db.transaction() as session:
        stranger = make_user(session)
        other = make_generation(session, make_app(session, stranger), status=GenerationStatus.SUCCEEDED)
        other.conflicts = [{"path": LIST, "checksum": checksum("secret")}]
    assert (await choose(client, other, LIST, "theirs")).status_code == 404
    shown = await client.get(f"{STUDIO}/conflicts", params={"turn": str(other.id), "path": LIST})
    assert shown.status_code == 404


@pytest.mark.parametrize("turn_id", ["", "nonsense"])
async def test_what_is_no_turn_has_no_conflicts(client: httpx.AsyncClient, app: App, turn_id: str) -> None:
    assert (await client.get(f"{STUDIO}/conflicts", params={"turn": turn_id, "path": LIST})).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("files/rename", {"from": LIST, "to": "src/a.ts"}),
        ("files/lock", {"path": LIST, "locked": True}),
        ("replace", {"q": "a", "replacement": "b"}),
        ("replace", {"q": "a", "replacement": "b", "files": []}),
    ],
)
async def test_strangers_can_do_none_of_it(
    client: httpx.AsyncClient, app: App, path: str, body: dict[str, object]
) -> None:
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.post(f"{STUDIO}/{path}", json=body)).status_code == 404
    assert (await client.get(f"{STUDIO}/search", params={"q": "habits"})).status_code == 404
