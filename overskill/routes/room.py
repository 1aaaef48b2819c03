"""`/api/studio/{slug}/room`: what those who have an app open at the same time hear of each other.

Messages to the page: {"k": "here", "id", "revision"} at first; {"k": "people", "people": [{"id", "name", "colour",
"tab", "path", "is_me"}]} whenever somebody comes, goes or moves; each change of the app's files (as in
services/apps/bells.py) with the "id" of its log entry, so that a page that lost the connection goes on where it was
(`?after=`); {} now and then. From the page: {"k": "at", "tab", "path"}. Whoever may no longer read the app is shown out
within a heartbeat.
"""

import asyncio
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import orjson
from sqlmodel import Session
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.status import WS_1008_POLICY_VIOLATION
from starlette.websockets import WebSocket, WebSocketDisconnect

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound, OverskillError
from overskill.routes.access import signed_in
from overskill.services.accounts.sessions import SignedIn
from overskill.services.apps.access import app_to_read
from overskill.services.apps.bells import files_topic
from overskill.services.apps.presence import Place, be_at, leave, people_topic, places

HEARTBEAT_SECONDS = 15.0
COLOURS = 8  # the page knows them by number
_LOG_ID = re.compile(r"\d{1,20}-\d{1,20}")
_LONGEST = {"tab": 20, "path": 200}
_LARGEST_MESSAGE = 1000


@dataclass(frozen=True, slots=True)
class _OpenApp:
    id: UUID
    revision: int


def _open(session: Session, user_id: UUID, slug: str) -> _OpenApp:
    app = app_to_read(session, user_id, slug)
    return _OpenApp(app.id, app.revision)


async def room(socket: WebSocket) -> None:
    slug = socket.path_params["slug"]
    try:
        user = await signed_in(socket)
        app = await in_thread(_open, user.id, slug)
    except OverskillError:
        await socket.close(WS_1008_POLICY_VIOLATION)
        return
    await socket.accept()
    after = socket.query_params.get("after", "")
    guest = _Guest(socket, user, slug, app, after if _LOG_ID.fullmatch(after) else "")
    try:
        async with asyncio.TaskGroup() as tasks:
            for work in (guest.listen, guest.tell_people, guest.tell_files, guest.stay):
                tasks.create_task(work())
    except* WebSocketDisconnect:
        pass
    except* NotFound:
        await socket.close(WS_1008_POLICY_VIOLATION)
    finally:
        await guest.go()


@dataclass
class _Guest:
    """One tab of one user in one app."""

    socket: WebSocket
    user: SignedIn
    slug: str
    app: _OpenApp
    after: str
    _place: Place = field(init=False)

    def __post_init__(self) -> None:
        self._place = Place(secrets.token_hex(8), str(self.user.id), self.user.name)

    async def listen(self) -> None:
        await self._be_at(self._place)
        while True:
            text = await self.socket.receive_text()
            said = _read(text)
            if said is not None and replace(self._place, **said) != self._place:
                await self._be_at(replace(self._place, **said))

    async def stay(self) -> None:
        """Be seen, hear that the connection is alive, and go when the app is no longer theirs to see."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            await in_thread(_open, self.user.id, self.slug)
            await asyncio.to_thread(be_at, container.get().redis, self.app.id, self._place)
            await self._say({})

    async def tell_people(self) -> None:
        services, told = container.get(), None
        async for _ in services.progress.changes(people_topic(self.app.id), at_least_every=HEARTBEAT_SECONDS):
            here = await asyncio.to_thread(places, services.redis, self.app.id)
            people = _people(here, self._place)
            if people != told:
                told = people
                await self._say({"k": "people", "people": people})

    async def tell_files(self) -> None:
        log, topic = container.get().progress, files_topic(self.app.id)
        if not self.after:
            newest = await log.read_newest(topic)
            self.after = newest or "0"
        await self._say({"k": "here", "id": self.after, "revision": self.app.revision})
        async for _ in log.changes(topic, at_least_every=HEARTBEAT_SECONDS):
            for log_id, entry in await log.read(topic, self.after):
                self.after = log_id
                await self._say({**entry, "id": log_id})

    async def go(self) -> None:
        services = container.get()
        await asyncio.to_thread(leave, services.redis, self.app.id, self._place.connection)
        await asyncio.to_thread(services.progress.ring, people_topic(self.app.id))

    async def _be_at(self, place: Place) -> None:
        services = container.get()
        self._place = place
        await asyncio.to_thread(be_at, services.redis, self.app.id, place)
        await asyncio.to_thread(services.progress.ring, people_topic(self.app.id))

    async def _say(self, message: dict[str, Any]) -> None:
        await self.socket.send_text(orjson.dumps(message).decode())


def _read(text: str) -> dict[str, str] | None:
    """What a page says of where it is, or None for what no page of ours says."""
    if len(text) > _LARGEST_MESSAGE:
        return None
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(said, dict) or said.get("k") != "at":
        return None
    return {name: str(said.get(name, ""))[:longest] for name, longest in _LONGEST.items()}


def _people(here: Sequence[Place], me: Place) -> list[dict[str, Any]]:
    """One entry a person, oneself first. Of somebody with several tabs, the one that is looked at in most detail."""
    by_user: dict[str, Place] = {}
    for place in here:
        known = by_user.get(place.user_id)
        if known is None or place.connection == me.connection or (not known.path and known != me):
            by_user[place.user_id] = place
    people = [
        {
            "id": place.user_id,
            "name": place.name,
            "colour": int(UUID(place.user_id)) % COLOURS,
            "tab": place.tab,
            "path": place.path,
            "is_me": place.user_id == me.user_id,
        }
        for place in by_user.values()
    ]
    return sorted(people, key=lambda person: not person["is_me"])


routes: list[BaseRoute] = [WebSocketRoute("/api/studio/{slug}/room", room)]
