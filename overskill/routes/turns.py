"""`/api/turns/{id}`: all there is to tell of a turn that is over, read when somebody opens it.

`/api/turns/{id}/live`: a turn as it happens, over a websocket.
Each message is a list of {"id", "entry"}. The ids are the log's own, so a browser that lost the connection goes on
where it was (`?after=`), and one that comes late gets everything from the start. Why not server-sent events:
docs/decisions/0004.
"""

import asyncio
import re
from collections.abc import Sequence
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
from overskill.services.generation.follow import Entry, recorded_entries, turn_end, turn_record, turn_to_read
from overskill.services.generation.requests import turn_topic

HEARTBEAT_SECONDS = 15.0
START = "0"
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
    async for _ in log.changes(topic, at_least_every=HEARTBEAT_SECONDS):
        end = None
        entries = await log.read(topic, place)
        if not entries:
            end = await in_thread(turn_end, generation_id)
            entries = await log.read(topic, place)  # what was told between the two
        await _send(socket, entries)  # also when there is none: the page sees that the connection is alive
        while entries:
            if any(entry["k"] == "done" for _, entry in entries):
                return
            place = entries[-1][0]
            entries = await log.read(topic, place)
            await _send(socket, entries)
        if end is not None:
            recorded = await in_thread(recorded_entries, generation_id) if place == START else []
            await _send(socket, [("", entry) for entry in (*recorded, end)])
            return


async def _send(socket: WebSocket, entries: Sequence[tuple[str, Entry]]) -> None:
    await socket.send_text(orjson.dumps([{"id": log_id, "entry": entry} for log_id, entry in entries]).decode())


routes: list[BaseRoute] = [
    Route("/api/turns/{generation_id:uuid}", get_turn),
    WebSocketRoute("/api/turns/{generation_id:uuid}/live", live_turn),
]
