"""`/api/studio/{slug}/turns…`: the chat of an app, a page at a time; and what one turn did to the files.

GET  …/turns?before=&until=     {"turns": [TurnCard], "has_earlier"}, oldest first: those before a turn, or the newest;
                                with `until`, all of them back to that one
GET  …/turns/search?q=          {"hits": [{"turn", "author", "at", "lead", "words", "rest"}]}, newest first
GET  /api/turns/{id}/files      {"files": [{"path", "before", "after", "added", "removed"}]}: checksums and lines
GET  /api/turns/{id}/files/{path}   {"path", "before", "after"}: texts, null where there was or is no file
"""

import asyncio
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.routes.access import answers_failures, signed_in
from overskill.services.chat.pages import search_turns, turns_page
from overskill.services.chat.turn_files import turn_file_texts, turn_files
from overskill.services.rate_limits import count_attempt

_READING = "600/minute"
_HEADERS = {"cache-control": "no-store"}


@answers_failures
async def get_turns(request: Request) -> Response:
    user_id = await _reader(request)
    slug = request.path_params["slug"]
    page = await in_thread(
        turns_page, user_id, slug, before=_turn_in(request, "before"), until=_turn_in(request, "until")
    )
    return _json(page)


@answers_failures
async def search(request: Request) -> Response:
    user_id = await _reader(request)
    wanted = request.query_params.get("q", "").replace("\0", "")
    hits = await in_thread(search_turns, user_id, request.path_params["slug"], wanted)
    return _json({"hits": hits})


@answers_failures
async def get_turn_files(request: Request) -> Response:
    user_id = await _reader(request)
    files = await in_thread(turn_files, user_id, request.path_params["generation_id"])
    return _json({"files": files})


@answers_failures
async def get_turn_file(request: Request) -> Response:
    user_id = await _reader(request)
    path = request.path_params["path"]
    return _json(await in_thread(turn_file_texts, user_id, request.path_params["generation_id"], path))


async def _reader(request: Request) -> UUID:
    """Who asks. Raises SignInRequired, and LimitReached for who asks too often."""
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, "read-chat", str(user.id), limit=_READING)
    return user.id


def _turn_in(request: Request, name: str) -> UUID | None:
    given = request.query_params.get(name, "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise NotFound("There is no such turn in this app.") from None


def _json(content: object) -> Response:
    """orjson writes dataclasses as they are."""
    return Response(orjson.dumps(content), media_type="application/json", headers=_HEADERS)


routes: list[BaseRoute] = [
    Route("/api/studio/{slug}/turns", get_turns),
    Route("/api/studio/{slug}/turns/search", search),
    Route("/api/turns/{generation_id:uuid}/files", get_turn_files),
    Route("/api/turns/{generation_id:uuid}/files/{path:path}", get_turn_file),
]
