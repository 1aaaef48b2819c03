"""`/api/studio/{slug}/versions…`: the timeline of an app, for the versions tab in the browser.

GET  versions                    ?before=<number>&only=generation|edit|restore|published|kept
  -> {"versions": [TimelineVersion, newest first], "has_more"}
GET  versions/compare            ?before=&after= (numbers; 0: nothing) -> {"files": [Difference]}
GET  versions/texts/{checksum}   {"text"}: what some version of this app holds
POST versions/{number}/restore   {"paths"} -> {"version"}: these files, as a version of its own
POST versions/{number}/mark      {"name", "pinned"}, both optional -> {}
"""

from dataclasses import asdict
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import BaseModel, Field, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.routes.access import allowed, answers_failures
from overskill.routes.requests import UNREADABLE, read_body
from overskill.services.apps.timeline import compare, list_timeline, mark_version, read_held
from overskill.services.studio_versions import restore_some

_LARGEST_BODY = 256 * 1024
_LARGEST_NUMBER = 2**31 - 1
_TOO_MUCH = "That is more than this page sends. Reload it, then try again."
_A_DAY = "private, max-age=86400, immutable"  # a text is named by what it says
_Query = TypeVar("_Query", bound=BaseModel)
_Number = Annotated[int, Field(ge=0, le=_LARGEST_NUMBER)]


class Page(BaseModel):
    before: _Number | None = None
    only: Annotated[str, StringConstraints(pattern="^(generation|edit|restore|published|kept|)$")] = ""


class Pair(BaseModel):
    before: _Number
    after: _Number


_Path = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]+$")]


class Restore(BaseModel):
    paths: Annotated[list[_Path], Field(max_length=400)]


class Mark(BaseModel):
    name: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    is_pinned: bool | None = Field(None, alias="pinned")


@answers_failures
async def get_timeline(request: Request) -> Response:
    user_id = await allowed(request, "read-versions", "600/minute")
    page = _asked(request, Page)
    found = await in_thread(list_timeline, user_id, request.path_params["slug"], before=page.before, only=page.only)
    return _answer({"versions": [asdict(one) for one in found.versions], "has_more": found.has_more})


@answers_failures
async def get_comparison(request: Request) -> Response:
    user_id = await allowed(request, "read-versions", "600/minute")
    pair = _asked(request, Pair)
    files = await in_thread(compare, user_id, request.path_params["slug"], pair.before, pair.after)
    return _answer({"files": [asdict(one) for one in files]})


@answers_failures
async def get_text(request: Request) -> Response:
    user_id = await allowed(request, "read-versions", "600/minute")
    text = await in_thread(read_held, user_id, request.path_params["slug"], request.path_params["checksum"])
    return _answer({"text": text}, cache=_A_DAY)


@answers_failures
async def post_restore(request: Request) -> Response:
    user_id = await allowed(request, "versions", "120/minute")
    asked = await read_body(request, Restore, largest=_LARGEST_BODY, refusal=_TOO_MUCH)
    services = container.get()
    saved = await in_thread(
        restore_some,
        user_id,
        request.path_params["slug"],
        request.path_params["number"],
        asked.paths,
        bundler=services.bundler,
        log=services.progress,
    )
    return _answer({"version": saved.version})


@answers_failures
async def post_mark(request: Request) -> Response:
    user_id = await allowed(request, "versions", "120/minute")
    mark = await read_body(request, Mark, largest=_LARGEST_BODY, refusal=_TOO_MUCH)
    slug, number = request.path_params["slug"], request.path_params["number"]
    await in_thread(mark_version, user_id, slug, number, name=mark.name, is_pinned=mark.is_pinned)
    return _answer({})


def _answer(told: dict[str, Any], *, cache: str = "no-store") -> Response:
    return Response(orjson.dumps(told), media_type="application/json", headers={"cache-control": cache})


def _asked(request: Request, kind: type[_Query]) -> _Query:
    try:
        return kind.model_validate(dict(request.query_params))
    except ValidationError:
        raise InvalidInput(UNREADABLE) from None


routes: list[BaseRoute] = [
    Route("/api/studio/{slug}/versions", get_timeline),
    Route("/api/studio/{slug}/versions/compare", get_comparison),
    Route("/api/studio/{slug}/versions/texts/{checksum}", get_text),
    Route("/api/studio/{slug}/versions/{number:int}/restore", post_restore, methods=["POST"]),
    Route("/api/studio/{slug}/versions/{number:int}/mark", post_mark, methods=["POST"]),
]
