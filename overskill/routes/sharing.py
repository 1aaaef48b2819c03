"""Share links: made, listed and revoked by who may change an app, followed by anybody.

GET  /api/studio/{slug}/shares              {"links": [{"id", "url", "made_by", "created_at", "expires_at"}]}
POST /api/studio/{slug}/shares              {"lifetime": "hour" | "day" | "week"} -> 201, the link
POST /api/studio/{slug}/shares/{id}/revoke  -> 204
GET  /share/{token}                         to the app, or a page that says why not
"""

import asyncio
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, NotFound, OverskillError
from overskill.routes.access import allowed, answers_failures
from overskill.routes.plain_page import NO_STORE, plain_page
from overskill.routes.requests import read_at_most, visitor_of
from overskill.services.apps.sharing import (
    Lifetime,
    SharedLink,
    create_link,
    find_shared,
    list_links,
    revoke_link,
    show_shared,
)
from overskill.services.generation import open_preview
from overskill.services.rate_limits import count_attempt


class Wish(BaseModel):
    lifetime: Lifetime


@answers_failures
async def get_links(request: Request) -> Response:
    user_id = await allowed(request, "read-shares", "600/minute")
    links = await in_thread(list_links, user_id, request.path_params["slug"], settings=container.get().settings)
    return JSONResponse({"links": [_json(link) for link in links]}, headers=NO_STORE)


@answers_failures
async def post_link(request: Request) -> Response:
    user_id = await allowed(request, "share", "60/hour")
    try:
        wish = Wish.model_validate_json(await read_at_most(request, 1024, "That is more than a share link needs."))
    except ValidationError:
        raise InvalidInput("A link lasts an hour, a day or a week. Choose one of them.") from None
    link = await in_thread(
        create_link,
        user_id,
        request.path_params["slug"],
        wish.lifetime,
        settings=container.get().settings,
        visitor=visitor_of(request),
    )
    return JSONResponse(_json(link), 201, headers=NO_STORE)


@answers_failures
async def post_revoke(request: Request) -> Response:
    user_id = await allowed(request, "revoke-share", "600/hour")
    await in_thread(
        revoke_link,
        user_id,
        request.path_params["slug"],
        _id(request.path_params["link_id"]),
        shares=container.get().shares,
        visitor=visitor_of(request),
    )
    return Response(status_code=204)


async def follow(request: Request) -> Response:
    """Anybody's. The answer is never kept: the address it leads to ends with the link."""
    try:
        ip = visitor_of(request).ip
        await asyncio.to_thread(count_attempt, container.get().redis, "follow-share", ip, limit="60/minute")
        address = await in_thread(_show, request.path_params["token"])
    except OverskillError as error:
        title = "This link does not work" if isinstance(error, NotFound) else "This preview is not available"
        return plain_page(title, error.message, status=error.status)
    return RedirectResponse(f"{address}/", 303, headers=NO_STORE)


def _show(session: Session, token: str) -> str:
    services = container.get()
    link, app = find_shared(session, token)
    open_preview(session, app, services.bundler, settings=services.settings)
    return show_shared(link, app, shares=services.shares, settings=services.settings)


def _json(link: SharedLink) -> dict[str, Any]:
    return {
        "id": str(link.id),
        "url": link.url,
        "made_by": link.made_by,
        "created_at": link.created_at.isoformat(),
        "expires_at": link.expires_at.isoformat(),
    }


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("This link is not there any more.") from None


routes: list[BaseRoute] = [
    Route("/api/studio/{slug}/shares", get_links),
    Route("/api/studio/{slug}/shares", post_link, methods=["POST"]),
    Route("/api/studio/{slug}/shares/{link_id}/revoke", post_revoke, methods=["POST"]),
    Route("/share/{token}", follow),
]
