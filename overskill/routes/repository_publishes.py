"""What the workflow of an app's repository asks (services/repositories/workflow.yml). `Authorization: Bearer <token>`.

POST /api/repository/publishes         {"commit", "branch"} -> 202 {"id"}: brought in and published, by a job
GET  /api/repository/publishes/{id}    {"status", "words", "url"}
"""

import asyncio
from dataclasses import asdict
from functools import partial

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import answers_failures
from overskill.routes.plain_page import NO_STORE
from overskill.routes.requests import UNREADABLE, read_body, visitor_of
from overskill.services.rate_limits import count_attempt
from overskill.services.repositories.pushes import ask_to_publish, told_of_push

_LARGEST_REQUEST = 4096
_LONGEST_NAME = 64


class Wish(BaseModel):
    commit: str = Field(pattern=r"^[0-9a-f]{40}$")
    branch: str = Field(min_length=1, max_length=100)


@answers_failures
async def post_publish(request: Request) -> Response:
    services = container.get()
    token = await _token(request)
    wish = await read_body(request, Wish, largest=_LARGEST_REQUEST, refusal=UNREADABLE)
    name = await in_thread(
        ask_to_publish,
        token,
        wish.commit,
        wish.branch,
        redis=services.redis,
        queue=services.queue,
        settings=services.settings,
    )
    return JSONResponse({"id": name}, 202, headers=NO_STORE)


@answers_failures
async def get_publish(request: Request) -> Response:
    services = container.get()
    token = await _token(request)
    name = request.path_params["name"][:_LONGEST_NAME]
    told = await in_thread(told_of_push, token, name, redis=services.redis, settings=services.settings)
    return JSONResponse(asdict(told), headers=NO_STORE)


async def _token(request: Request) -> str:
    """Guesses are counted by address and by token. Workflows share addresses, so those may ask more often."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()[:120]
    count = partial(count_attempt, container.get().redis)
    await asyncio.to_thread(partial(count, "repository-publish-from", visitor_of(request).ip, limit="3000/minute"))
    await asyncio.to_thread(partial(count, "repository-publish", token or "none", limit="120/minute"))
    return token


routes: list[BaseRoute] = [
    Route("/api/repository/publishes", post_publish, methods=["POST"]),
    Route("/api/repository/publishes/{name}", get_publish),
]
