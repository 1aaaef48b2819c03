"""`POST /api/studio/{slug}/language/{kind}`: what the code editor asks about an app's code.

{"path", "text": of the open file, which need not be saved, "line", "column": from 1}
complete     -> {"items": [{"label", "kind", "detail", "source", "insert", "column", "rank"}], "isIncomplete"}
resolve      <- with the "label" and "source" of an item
             -> {"code", "documentation", "edits": [{"from": {"line", "column"}, "to", "text"}]}
hover        -> {"hover": {"code", "documentation", "from", "to"} or null}
signature    -> {"signature": {"label", "parameters": [[from, to]], "active", "documentation"} or null}
definition   -> {"places": [{"file", "line", "column"}], "package": of what is not the app's}
diagnostics  -> {"diagnostics": [{"file", "message", "line", "column", "code", "severity"}]}
format       -> {"text"}
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar, get_args
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.clients.daemon import UnknownApp
from overskill.clients.language import Answer, Kind, Question
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.routes.access import answers_failures, signed_in
from overskill.routes.requests import read_body
from overskill.services.rate_limits import count_attempt
from overskill.services.studio_language import code_key, open_code

LARGEST_TEXT = 512 * 1024
LARGEST_BODY = 2 * LARGEST_TEXT + 4096  # JSON writes a line break as two characters
_TOO_LARGE = "This file is too large for suggestions and formatting: at most 512 KB."
_AT_ONCE = 8  # questions; they wait here, so that nothing else of the site waits for their threads
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_T = TypeVar("_T")


class Asked(BaseModel):
    path: str = Field(max_length=200)
    text: str = Field(max_length=LARGEST_TEXT)
    line: int = Field(1, ge=1)
    column: int = Field(1, ge=1)
    label: str = Field("", max_length=400)
    source: str = Field("", max_length=400)


@answers_failures
async def post_question(request: Request) -> Response:
    kind, slug = request.path_params["kind"], request.path_params["slug"]
    user_id = (await signed_in(request)).id
    await asyncio.to_thread(count_attempt, container.get().redis, "language", str(user_id), limit="900/minute")
    asked = await _read(request)
    question = Question(**asked.model_dump())
    if kind == "format":
        answer = await _format(user_id, slug, question)
    elif kind in _KINDS:
        answer = await _ask(user_id, slug, _KINDS[kind], question)
    else:
        raise NotFound("That can't be asked about code.")
    return JSONResponse(answer, headers={"cache-control": "no-store"})


async def _ask(user_id: UUID, slug: str, kind: Kind, question: Question) -> Answer:
    services = container.get()
    key = await in_thread(code_key, user_id, slug)
    try:
        return await _aside(lambda: services.language.ask(key, kind, question))
    except UnknownApp:
        await in_thread(open_code, user_id, slug, bundler=services.bundler, settings=services.settings)
        return await _aside(lambda: services.language.ask(key, kind, question))


async def _format(user_id: UUID, slug: str, question: Question) -> Answer:
    services = container.get()
    await in_thread(code_key, user_id, slug)  # it is for those who may read the app
    return {"text": await _aside(lambda: services.language.format(question.path, question.text))}


async def _read(request: Request) -> Asked:
    return await read_body(request, Asked, largest=LARGEST_BODY, refusal=_TOO_LARGE)


async def _aside(work: Callable[[], _T]) -> _T:
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="language")


routes: list[BaseRoute] = [Route("/api/studio/{slug}/language/{kind}", post_question, methods=["POST"])]
