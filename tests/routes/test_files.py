from typing import Any

import httpx
import pytest

from overskill import db
from overskill.clients.bundler import Diagnostic, FakeBundler
from overskill.clients.registry import FakeRegistry
from overskill.container import Container
from overskill.models import Membership, Role
from overskill.routes import files
from overskill.services.apps import checksum
from tests.factories import STARTER, make_user
from tests.routes.conftest import arrange, sign_in
from tests.services.packages.shelves import release

FILES = "/api/studio/habits/files"
APP = "src/App.tsx"


async def save(client: httpx.AsyncClient, *changes: dict[str, Any]) -> httpx.Response:
    return await client.post(FILES, json={"changes": list(changes)})


def change(text: str | None, *, path: str = APP, base: str | None = STARTER[APP]) -> dict[str, Any]:
    return {"path": path, "text": text, "base": checksum(base) if base is not None else None}


async def test_the_files_of_an_app_are_listed_with_their_sizes(client: httpx.AsyncClient) -> None:
    arrange(client)
    listed = (await client.get(FILES)).json()
    assert (listed["revision"], listed["version"]) == (1, 1)
    assert [file["path"] for file in listed["files"]] == sorted(STARTER)
    [app] = [file for file in listed["files"] if file["path"] == APP]
    assert app == {"path": APP, "checksum": checksum(STARTER[APP]), "size": len(STARTER[APP]), "locked": False}


async def test_a_file_is_read(client: httpx.AsyncClient) -> None:
    arrange(client)
    read = await client.get(f"{FILES}/{APP}")
    assert read.json() == {"path": APP, "checksum": checksum(STARTER[APP]), "text": STARTER[APP], "locked": False}
    assert read.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["src/None.tsx", "%00", "..%2f..%2fetc%2fpasswd"])
async def test_a_file_that_is_not_there_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    arrange(client)
    assert (await client.get(f"{FILES}/{path}")).status_code == 404


async def test_what_is_saved_is_answered_with_its_checksum_and_what_is_wrong(
    client: httpx.AsyncClient, services: Container
) -> None:
    app = arrange(client)
    assert isinstance(services.bundler, FakeBundler)
    services.bundler.open(app.preview_key, STARTER)
    services.bundler.diagnostics = (Diagnostic(APP, "Expected }", 1, 2, "syntax"),)
    answer = (await save(client, change("x\n"))).json()
    assert answer == {
        "revision": 2,
        "version": 2,
        "files": [{"path": APP, "checksum": checksum("x\n")}],
        "diagnostics": [
            {"file": APP, "message": "Expected }", "line": 1, "column": 2, "code": "syntax", "severity": "error"}
        ],
        "said": [],
    }


async def test_a_merged_file_comes_back_with_its_text(client: httpx.AsyncClient) -> None:
    arrange(client)
    await save(client, change("one\ntwo\nthree\n", path="src/a.ts", base=None))
    await save(client, change("ONE\ntwo\nthree\n", path="src/a.ts", base="one\ntwo\nthree\n"))
    answer = (await save(client, change("one\ntwo\nTHREE\n", path="src/a.ts", base="one\ntwo\nthree\n"))).json()
    merged = "ONE\ntwo\nTHREE\n"
    assert answer["files"] == [{"path": "src/a.ts", "checksum": checksum(merged), "text": merged}]


async def test_a_range_in_package_json_stays_while_it_is_typed_and_is_a_version_afterwards(
    client: httpx.AsyncClient, services: Container
) -> None:
    arrange(client)
    assert isinstance(services.shelf.registry, FakeRegistry)
    services.shelf.registry.add(release("maps", "1.4.2"))
    typed, pinned = '{"dependencies": {"maps": "^1.0.0"}}', '{"dependencies": {"maps": "1.4.2"}}'
    sent = change(typed, path="package.json", base=STARTER["package.json"])
    answer = (await client.post(FILES, json={"changes": [sent], "typing": True})).json()
    assert answer["files"] == [{"path": "package.json", "checksum": checksum(typed)}]
    answer = (await save(client, change(typed, path="package.json", base=typed))).json()
    assert answer["files"] == [{"path": "package.json", "checksum": checksum(pinned), "text": pinned}]
    assert answer["said"] == ["maps: “^1.0.0” became 1.4.2."]


async def test_a_conflict_says_what_the_file_is_now(client: httpx.AsyncClient) -> None:
    arrange(client)
    await save(client, change("theirs\n"))
    answer = await save(client, change("ours\n"), change("new\n", path="src/b.ts", base=None))
    assert answer.status_code == 409
    assert answer.json()["conflicts"] == [{"path": APP, "checksum": checksum("theirs\n"), "text": "theirs\n"}]
    assert "src/App.tsx" in answer.json()["error"]
    assert (await client.get(f"{FILES}/src/b.ts")).status_code == 404


async def test_a_file_is_removed(client: httpx.AsyncClient) -> None:
    arrange(client)
    await save(client, change("x\n", path="src/b.ts", base=None))
    answer = (await save(client, change(None, path="src/b.ts", base="x\n"))).json()
    assert answer["files"] == [{"path": "src/b.ts", "checksum": None}]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"changes": [{"path": "src/a.ts"}]}',
        b'{"changes": [{"path": "src/a.ts", "text": 1, "base": null}]}',
        b'{"changes": [{"path": "src/a.ts", "text": "\\ud800", "base": null}]}',
        b'{"changes": [{"path": "src/a.ts", "text": "", "base": "\\u0000"}]}',
        b'{"changes": [], "note": "\\u0000"}',
    ],
    ids=["nothing", "a list", "no text", "a number", "half a character", "no checksum", "a null character"],
)
async def test_what_can_not_be_read_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    arrange(client)
    answer = await client.post(FILES, content=body)
    assert answer.status_code == 422
    assert "Reload" in answer.json()["error"]


async def test_more_than_an_app_holds_is_not_even_read(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrange(client)
    monkeypatch.setattr(files, "LARGEST_BODY", 100)
    assert (await save(client, change("x" * 200))).status_code == 429


async def test_a_viewer_reads_but_does_not_save(client: httpx.AsyncClient) -> None:
    app = arrange(client)
    with db.transaction() as session:
        viewer = make_user(session)
        session.add(Membership(team_id=app.team_id, user_id=viewer.id, role=Role.VIEWER))
        sign_in(client, session, viewer)
    assert (await client.get(FILES)).status_code == 200
    assert (await save(client, change("x\n"))).status_code == 403


@pytest.mark.parametrize("path", ["", f"/{APP}"])
async def test_strangers_find_nothing(client: httpx.AsyncClient, path: str) -> None:
    arrange(client)
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get(FILES + path)).status_code == 404
    assert (await save(client, change("x\n"))).status_code == 404


async def test_who_is_signed_out_is_asked_to_sign_in(client: httpx.AsyncClient) -> None:
    arrange(client)
    client.cookies.clear()
    assert (await client.get(FILES)).status_code == 401
    assert (await save(client, change("x\n"))).status_code == 401
