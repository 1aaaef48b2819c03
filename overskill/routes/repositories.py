"""Connecting an app to GitHub, and hearing from there.

POST /api/studio/{slug}/repository/connect  a form with name, owner, private, publishes -> to GitHub, to say who one is
GET  /github/connected?code=&state=         back from there -> to GitHub again, or to the app
POST /webhooks/github                       a signed delivery -> 202: a job works it through
"""

import asyncio
import json
from functools import partial
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.clients.builders.finished_runs import RedisFinishedRuns
from overskill.db import in_thread
from overskill.errors import InvalidInput, OverskillError
from overskill.routes.access import allowed, answers_failures
from overskill.routes.plain_page import NO_STORE, plain_page
from overskill.routes.requests import UNREADABLE, read_at_most, visitor_of
from overskill.services.rate_limits import count_attempt
from overskill.services.repositories import Wish, end_visit, finish_connecting, keep_event
from overskill.services.repositories.importing import finish_import
from overskill.services.repositories.webhooks import check_signature, tell_of_run
from overskill.services.studio_repository import begin, keep_connected

LARGEST_DELIVERY = 25 * 1024 * 1024  # GitHub sends none that is larger
_TITLE = "GitHub was not connected"


async def post_connect(request: Request) -> Response:
    slug, services = request.path_params["slug"], container.get()
    async with request.form(max_files=0, max_fields=5) as form:
        name, owner = (str(form.get(field, "")).strip() for field in ("name", "owner"))
        wish = Wish(slug, name, form.get("private") == "yes", owner, form.get("publishes") == "yes")
    try:
        user_id = await allowed(request, "connect-repository", "30/hour")
        address = await in_thread(begin, user_id, wish, redis=services.redis, host=services.code_host)
    except OverskillError as error:
        return plain_page(_TITLE, error.message, status=error.status, way_on=(f"/studio/{slug}", "Back to the app"))
    return RedirectResponse(address, 303, headers=NO_STORE)


async def get_connected(request: Request) -> Response:
    asked = request.query_params
    try:
        user_id = await allowed(request, "connect-repository", "30/hour")
        address = await _connect(user_id, asked.get("state", ""), asked.get("code", ""))
    except OverskillError as error:
        return plain_page(_TITLE, error.message, status=error.status, way_on=("/studio", "Back to your apps"))
    return RedirectResponse(address, 303, headers=NO_STORE)


async def _connect(user_id: UUID, state: str, code: str) -> str:
    """Where the browser goes next."""
    services = container.get()
    github: dict[str, Any] = {"redis": services.redis, "host": services.code_host}
    visit = await asyncio.to_thread(partial(end_visit, user_id, state, code, **github))
    if visit.purpose == "import":
        return await asyncio.to_thread(partial(finish_import, visit, **github))
    wish, made = await asyncio.to_thread(partial(finish_connecting, visit, **github))
    if isinstance(made, str):
        return made
    await in_thread(keep_connected, user_id, wish, made, queue=services.queue, log=services.progress)
    return f"/studio/{wish.slug}"


@answers_failures
async def post_webhook(request: Request) -> Response:
    """Anybody may call; only what is signed is read."""
    services = container.get()
    ip = visitor_of(request).ip
    await asyncio.to_thread(count_attempt, services.redis, "github-webhook", ip, limit="3000/minute")
    body = await read_at_most(request, LARGEST_DELIVERY, "A delivery has at most 25 MB.")
    check_signature(body, request.headers.get("x-hub-signature-256", ""), settings=services.settings)
    try:
        payload = json.loads(body)
    except ValueError as error:
        raise InvalidInput(UNREADABLE) from error
    delivery, kind = request.headers.get("x-github-delivery", ""), request.headers.get("x-github-event", "")
    if isinstance(payload, dict):
        if kind == "workflow_run":
            finished = RedisFinishedRuns(services.redis)
            await asyncio.to_thread(partial(tell_of_run, payload, finished=finished, settings=services.settings))
        await in_thread(keep_event, delivery, kind, payload, queue=services.queue)
    return Response(status_code=202)


routes: list[BaseRoute] = [
    Route("/api/studio/{slug}/repository/connect", post_connect, methods=["POST"]),
    Route("/github/connected", get_connected),
    Route("/webhooks/github", post_webhook, methods=["POST"]),
]
