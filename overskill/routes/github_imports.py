"""A repository on GitHub, in. `visit` names what its visitor can reach there (services/repositories/importing.py).

POST /api/imports/github/visit                a form -> to GitHub, to say who one is; back at /github/connected
GET  /api/imports/github?visit=               {"repositories": [{"id", "name", "branch", "private"}]}
GET  /api/imports/github/branches?visit=&id=  {"branches": ["main"]}
POST /api/imports/github/report               {"visit", "id", "branch"} -> as of a zip, with "commit", "unconnectable"
POST /api/imports/github                      with "commit", "connect" -> 201 {"slug", "version", "diagnostics"}
"""

import asyncio
from dataclasses import asdict
from functools import partial
from typing import Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.clients.github import OfferedRepository
from overskill.db import in_thread
from overskill.errors import InvalidInput, OverskillError
from overskill.routes.access import allowed, answers_failures, signed_in
from overskill.routes.imports import report_of
from overskill.routes.plain_page import NO_STORE, plain_page
from overskill.routes.requests import UNREADABLE, read_body
from overskill.services.repositories.importing import (
    ReadRepository,
    begin_import,
    chosen_of,
    import_repository,
    offered_to,
    read_repository,
    why_unconnectable,
)

_LARGEST_REQUEST = 4096
_MOST_DIGITS = 20  # of a repository's id


class Choice(BaseModel):
    visit: str = Field(max_length=100)
    id: int
    branch: str = Field("", max_length=100)
    commit: str = Field("", pattern=r"^([0-9a-f]{40})?$")
    connect: bool = False


async def post_visit(request: Request) -> Response:
    services = container.get()
    async with request.form(max_files=0, max_fields=2) as form:
        is_to_install = form.get("install") == "yes"
    try:
        user_id = await allowed(request, "import-visit", "30/hour")
        github: dict[str, Any] = {"redis": services.redis, "host": services.code_host}
        begin = partial(begin_import, is_to_install=is_to_install, **github)
        address = await asyncio.to_thread(begin, user_id)
    except OverskillError as error:
        way_on = ("/studio", "Back to your apps")
        return plain_page("GitHub could not be asked", error.message, status=error.status, way_on=way_on)
    return RedirectResponse(address, 303, headers=NO_STORE)


@answers_failures
async def get_repositories(request: Request) -> Response:
    offers = await _offers(request, request.query_params.get("visit", ""))
    found = [
        {
            "id": offer.place.external_id,
            "name": offer.place.full_name,
            "branch": offer.place.branch,
            "private": offer.is_private,
        }
        for offer in offers
    ]
    return JSONResponse({"repositories": found}, headers=NO_STORE)


@answers_failures
async def get_branches(request: Request) -> Response:
    await allowed(request, "import-branches", "300/hour")
    offers = await _offers(request, request.query_params.get("visit", ""))
    wanted = request.query_params.get("id", "")
    if not wanted.isdecimal() or len(wanted) > _MOST_DIGITS:
        raise InvalidInput(UNREADABLE)
    offer = chosen_of(offers, int(wanted), "")
    branches = await asyncio.to_thread(container.get().code_host.branches, offer.place)
    return JSONResponse({"branches": branches}, headers=NO_STORE)


@answers_failures
async def post_report(request: Request) -> Response:
    await allowed(request, "import-report", "120/hour")
    _, read = await _read(request)
    why = await in_thread(why_unconnectable, read)
    report = {**report_of(read.imported), "commit": read.commit, "unconnectable": why}
    return JSONResponse(report, headers=NO_STORE)


@answers_failures
async def post_import(request: Request) -> Response:
    user_id = await allowed(request, "import", "60/hour")
    choice, read = await _read(request)
    made = await in_thread(
        import_repository, user_id, read, stays_connected=choice.connect, bundler=container.get().bundler
    )
    return JSONResponse(asdict(made), 201, headers=NO_STORE)


async def _read(request: Request) -> tuple[Choice, ReadRepository]:
    """Reading takes as long as GitHub and its repairs do, so no transaction is open meanwhile."""
    services = container.get()
    choice = await read_body(request, Choice, largest=_LARGEST_REQUEST, refusal=UNREADABLE)
    offer = chosen_of(await _offers(request, choice.visit), choice.id, choice.branch)
    read = partial(read_repository, host=services.code_host, bundler=services.bundler)
    return choice, await asyncio.to_thread(read, offer, choice.commit)


async def _offers(request: Request, visit: str) -> list[OfferedRepository]:
    user = await signed_in(request)
    return await asyncio.to_thread(offered_to, user.id, visit, redis=container.get().redis)


routes: list[BaseRoute] = [
    Route("/api/imports/github/visit", post_visit, methods=["POST"]),
    Route("/api/imports/github", get_repositories, methods=["GET"]),
    Route("/api/imports/github/branches", get_branches),
    Route("/api/imports/github/report", post_report, methods=["POST"]),
    Route("/api/imports/github", post_import, methods=["POST"]),
]
