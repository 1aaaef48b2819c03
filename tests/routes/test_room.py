import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import delete
from starlette.applications import Starlette

from overskill import db
from overskill.container import Container
from overskill.models import Membership, Role
from overskill.routes import room
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.apps.bells import tell_files
from overskill.services.apps.presence import places
from tests.factories import make_app, make_user
from tests.state.studio_tab import until
from tests.support_socket import Socket

SITE = Starlette(routes=room.routes)


class Studio:
    """An app of a team of two, and their tabs."""

    def __init__(self, services: Container) -> None:
        self.services = services
        self.tabs: list[tuple[Socket, asyncio.Task[None]]] = []
        with db.transaction() as session:
            ada, bob, mallory = (make_user(session, name=name) for name in ("Ada", "Bob", "Mallory"))
            app = make_app(session, ada, slug="habits")
            session.add(Membership(team_id=app.team_id, user_id=bob.id, role=Role.EDITOR))
            self.app_id, self.bob_id = app.id, bob.id
            self.cookies = {
                user.name: f"{COOKIE}={open_session(session, user.id, Visitor())}" for user in (ada, bob, mallory)
            }

    def open(self, name: str, *, after: str = "", slug: str = "habits") -> Socket:
        socket = Socket(f"/api/studio/{slug}/room", query=f"after={after}", cookie=self.cookies.get(name, ""))
        self.tabs.append((socket, asyncio.create_task(socket.run(SITE))))
        return socket

    def save(self, revision: int) -> None:
        log = self.services.progress
        tell_files(log, self.app_id, revision=revision, version=1, files={"a.ts": str(revision)}, by="Bob")

    async def close(self) -> None:
        for socket, running in self.tabs:
            socket.leave()
            await running


@pytest.fixture
async def studio(services: Container) -> Any:
    opened = Studio(services)
    yield opened
    await opened.close()


def said(socket: Socket, kind: str) -> list[dict[str, Any]]:
    return [message for message in socket.heard if message.get("k") == kind]


def people(socket: Socket) -> list[tuple[str, str, str, bool]]:
    told = said(socket, "people")
    return [(one["name"], one["tab"], one["path"], one["is_me"]) for one in told[-1]["people"]] if told else []


def heard_revisions(socket: Socket) -> Callable[[], list[int]]:
    return lambda: [message["revision"] for message in said(socket, "files")]


async def test_two_people_see_each_other_come_move_and_go(studio: Studio) -> None:
    ada = studio.open("Ada")
    await until(lambda: people(ada) == [("Ada", "", "", True)])

    bob = studio.open("Bob")
    await until(lambda: people(ada) == [("Ada", "", "", True), ("Bob", "", "", False)])
    bob.say(json.dumps({"k": "at", "tab": "code", "path": "src/App.tsx"}))
    await until(lambda: people(ada)[1:] == [("Bob", "code", "src/App.tsx", False)])
    await until(lambda: [name for name, *_ in people(bob)] == ["Bob", "Ada"])

    bob.leave()
    await until(lambda: people(ada) == [("Ada", "", "", True)])


async def test_somebody_with_two_tabs_is_one_person(studio: Studio) -> None:
    first, second = studio.open("Ada"), studio.open("Ada")
    second.say(json.dumps({"k": "at", "tab": "code", "path": "src/App.tsx"}))
    await until(lambda: people(second) == [("Ada", "code", "src/App.tsx", True)])
    await until(lambda: [name for name, *_ in people(first)] == ["Ada"])


async def test_each_change_of_files_is_told_at_once(studio: Studio) -> None:
    ada = studio.open("Ada")
    await until(lambda: bool(said(ada, "here")))
    await asyncio.to_thread(studio.save, 1)
    await until(lambda: heard_revisions(ada)() == [1])
    [change] = said(ada, "files")
    assert (change["by"], change["files"][0]["path"]) == ("Bob", "a.ts")
    assert change["id"]


async def test_what_was_changed_before_one_came_is_not_told(studio: Studio) -> None:
    studio.save(1)
    ada = studio.open("Ada")
    await until(lambda: bool(said(ada, "here")))
    await asyncio.to_thread(studio.save, 2)
    await until(lambda: bool(said(ada, "files")))
    assert heard_revisions(ada)() == [2]


async def test_who_comes_back_hears_what_was_missed(studio: Studio) -> None:
    studio.save(1)
    [(seen, _)] = await studio.services.progress.read(f"files:{studio.app_id}")
    studio.save(2)
    ada = studio.open("Ada", after=seen)
    await until(lambda: heard_revisions(ada)() == [2])


@pytest.mark.parametrize("text", ["", "[]", "{", '{"k":"at","tab":{}', '{"k":"shout"}', "x" * 5000])
async def test_what_no_page_says_moves_nobody(studio: Studio, text: str) -> None:
    ada = studio.open("Ada")
    await until(lambda: bool(people(ada)))
    ada.say(text)
    ada.say(json.dumps({"k": "at", "tab": "code", "path": ""}))
    await until(lambda: people(ada) == [("Ada", "code", "", True)])


async def test_a_place_is_never_longer_than_a_place_can_be(studio: Studio) -> None:
    ada = studio.open("Ada")
    ada.say(json.dumps({"k": "at", "tab": "x" * 300, "path": "y" * 500}))
    await until(lambda: bool(people(ada)) and people(ada)[0][1] == "x" * 20)
    assert people(ada)[0][2] == "y" * 200


async def test_who_left_the_team_is_shown_out(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "HEARTBEAT_SECONDS", 0.02)
    bob = studio.open("Bob")
    await until(lambda: bool(people(bob)))
    with db.transaction() as session:
        session.exec(delete(Membership).where(Membership.user_id == studio.bob_id))  # type: ignore[arg-type, call-overload]
    await until(lambda: bob.closed_with is not None)
    assert bob.closed_with == 1008
    assert places(studio.services.redis, UUID(str(studio.app_id))) == []


@pytest.mark.parametrize(("name", "slug"), [("Mallory", "habits"), ("nobody", "habits"), ("Ada", "no-such-app")])
async def test_only_who_may_read_the_app_comes_in(studio: Studio, name: str, slug: str) -> None:
    socket = studio.open(name, slug=slug)
    await until(lambda: socket.closed_with is not None)
    assert not socket.is_accepted
