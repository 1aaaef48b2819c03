"""`/api/turns/{id}/events`: a turn as it happens, as server-sent events.

Each event carries the log's own id, so a browser that lost the connection goes on where it was
(Last-Event-ID), and one that comes late gets everything from the start.
"""

import re
from collections.abc import AsyncIterator
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from overskill import container
from overskill.routes.access import answers_failures, signed_in
from overskill.routes.requests import in_transaction
from overskill.services.generation.follow import Entry, recorded_entries, turn_end, turn_to_read
from overskill.services.generation.requests import turn_topic
from overskill.services.progress import ProgressLog

HEARTBEAT_SECONDS = 15.0
START = "0"
_LOG_ID = re.compile(r"\d{1,20}-\d{1,20}")


@answers_failures
async def turn_events(request: Request) -> Response:
    user = await signed_in(request)
    turn = await in_transaction(turn_to_read, user.id, request.path_params["generation_id"])
    after = request.headers.get("last-event-id") or request.query_params.get("after", "")
    after = after if _LOG_ID.fullmatch(after) else START
    return StreamingResponse(
        _follow(turn.id, after, container.get().progress),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _follow(generation_id: UUID, place: str, log: ProgressLog) -> AsyncIterator[bytes]:
    topic = turn_topic(generation_id)
    yield b"retry: 1000\n\n"
    async for _ in log.changes(topic, at_least_every=HEARTBEAT_SECONDS):
        end = None
        entries = await log.read(topic, place)
        if not entries:
            end = await in_transaction(turn_end, generation_id)
            entries = await log.read(topic, place)  # what was told between the two
            yield b": still here\n\n"
        while entries:
            for log_id, entry in entries:
                yield _event(entry, log_id)
                if entry["k"] == "done":
                    return
            place = entries[-1][0]
            entries = await log.read(topic, place)
        if end is not None:
            if place == START:
                for entry in await in_transaction(recorded_entries, generation_id):
                    yield _event(entry)
            yield _event(end)
            return


def _event(entry: Entry, log_id: str = "") -> bytes:
    lead = f"id: {log_id}\n".encode() if log_id else b""
    return lead + b"data: " + orjson.dumps(entry) + b"\n\n"


routes = [Route("/api/turns/{generation_id:uuid}/events", turn_events)]
