"""`/api/turns/{id}`: all there is to tell of a turn that is over, read when somebody opens it.

`/api/turns/{id}/live`: a turn as it happens, over a websocket.
Each message is a list: the id of its last entry, then the entries. The ids are the log's own (milliseconds, a hyphen, a
count), so a browser that lost the connection goes on where it was (`?after=`), and one that comes late gets everything
from the start. A message carries little more than its words: after the first, an id whose count is 0 is the number of
milliseconds since the one before; a piece of the file that the last piece was of is only its text, without an object.
Why not server-sent events: docs/decisions/0004.
"""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.status import WS_1008_POLICY_VIOLATION
from starlette.websockets import WebSocket, WebSocketDisconnect

from overskill import container
from overskill.db import in_thread
from overskill.errors import OverskillError
from overskill.routes.access import answers_failures, signed_in
from overskill.services.generation.events import Kind
from overskill.services.generation.follow import Entry, recorded_entries, turn_end, turn_record, turn_to_read
from overskill.services.generation.requests import turn_topic

HEARTBEAT_SECONDS = 15.0
PACE_SECONDS = 0.15  # between messages: words appear smoothly, and many small pieces become one
START = "0"
# Of these entries pages show only so much: no blocks of an edit, no reasons that were worded for the author.
_SHOWN = {Kind.EDIT: ("path",), Kind.CLOSE: ("path", "lines"), Kind.BAD: ("path",), "refused": ("path",)}
_OF_THE_PREVIEW = "preview"  # which state the preview has: it tells the page itself
_LOG_ID = re.compile(r"\d{1,20}-\d{1,20}")


@answers_failures
async def get_turn(request: Request) -> Response:
    user = await signed_in(request)
    entries = await in_thread(turn_record, user.id, request.path_params["generation_id"])
    return JSONResponse({"entries": entries}, headers={"cache-control": "no-store"})


async def live_turn(socket: WebSocket) -> None:
    try:
        user = await signed_in(socket)
        turn = await in_thread(turn_to_read, user.id, socket.path_params["generation_id"])
    except OverskillError:
        await socket.close(WS_1008_POLICY_VIOLATION)
        return
    await socket.accept()
    after = socket.query_params.get("after", "")
    try:
        async with asyncio.TaskGroup() as tasks:
            leaving = tasks.create_task(_wait_until_left(socket))
            await _tell(socket, turn.id, after if _LOG_ID.fullmatch(after) else START)
            leaving.cancel()
        await socket.close()
    except* WebSocketDisconnect:
        pass  # nobody looks any more


async def _wait_until_left(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass  # pages have nothing to say here
    raise WebSocketDisconnect


async def _tell(socket: WebSocket, generation_id: UUID, place: str) -> None:
    """Send what was logged after `place`, and what comes, until the turn is over."""
    log = container.get().progress
    topic = turn_topic(generation_id)
    wire = _Wire(socket)
    async for _ in log.changes(topic, at_least_every=HEARTBEAT_SECONDS):
        end = None
        entries = await log.read(topic, place)
        if not entries:
            end = await in_thread(turn_end, generation_id)
            entries = await log.read(topic, place)  # what was told between the two
        await wire.send(entries)  # also when there is none: the page sees that the connection is alive
        while entries:
            if any(entry["k"] == "done" for _, entry in entries):
                return
            place = entries[-1][0]
            await asyncio.sleep(PACE_SECONDS)
            entries = await log.read(topic, place)
            if entries:
                await wire.send(entries)
        if end is not None:
            recorded = await in_thread(recorded_entries, generation_id) if place == START else []
            await wire.send([("", entry) for entry in (*recorded, end)])
            return


@dataclass
class _Wire:
    """Entries as one connection is sent them."""

    socket: WebSocket
    _file: str = ""  # that the last piece was of
    _time: int = 0  # of the last id

    async def send(self, entries: Sequence[tuple[str, Entry]]) -> None:
        told = [entry for _, entry in entries if entry["k"] != _OF_THE_PREVIEW]
        packed = [self._packed(entry) for entry in _joined(told)]
        message = [self._short(entries[-1][0]), *packed] if entries else []
        await self.socket.send_text(orjson.dumps(message).decode())

    def _short(self, log_id: str) -> str | int:
        at, _, count = log_id.partition("-")
        known, self._time = self._time, int(at or 0)
        return self._time - known if known and count == "0" else log_id

    def _packed(self, entry: Entry) -> Entry | str:
        if entry["k"] in _SHOWN:
            return {name: entry[name] for name in ("k", *_SHOWN[entry["k"]]) if name in entry}
        if entry["k"] not in (Kind.OPEN, Kind.DELTA):
            return entry
        known, self._file = self._file, entry["path"]
        return str(entry["text"]) if entry["k"] == Kind.DELTA and entry["path"] == known else entry


def _joined(entries: Iterable[Entry]) -> list[Entry]:
    """Pieces of one text that follow each other, as one."""
    joined: list[Entry] = []
    for entry in entries:
        last = joined[-1] if joined else {}
        if entry["k"] in (Kind.PROSE, Kind.DELTA) and (last.get("k"), last.get("path")) == (
            entry["k"],
            entry.get("path"),
        ):
            joined[-1] = {**last, "text": last["text"] + entry["text"]}
        else:
            joined.append(entry)
    return joined


routes: list[BaseRoute] = [
    Route("/api/turns/{generation_id:uuid}", get_turn),
    WebSocketRoute("/api/turns/{generation_id:uuid}/live", live_turn),
]
