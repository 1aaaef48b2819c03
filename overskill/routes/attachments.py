"""What people attach to a message: files and links in, small pictures of them out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

from overskill import container
from overskill.clients.web_pages import WebPages
from overskill.db import in_thread
from overskill.errors import InvalidInput, LimitReached
from overskill.routes.access import answers_failures, signed_in
from overskill.services.attachments.reading import LARGEST
from overskill.services.attachments.upload import (
    attach_file,
    attach_page,
    check_room,
    read_thumbnail,
    read_upload,
    remove_attachment,
)
from overskill.services.attachments.view import AttachmentView
from overskill.services.rate_limits import count_attempt

LARGEST_BODY = max(LARGEST.values()) + 64 * 1024  # a file and the form around it
PATIENCE_SECONDS = 15  # for a page, with looking up its name
_TOO_LARGE = f"That file is larger than {max(LARGEST.values()) >> 20} MB, which is too much to attach."
_HOUR_PRIVATELY = "private, max-age=3600"


@answers_failures
async def post_attachment(request: Request) -> Response:
    user = await signed_in(request)
    await _limit(user.id, "attach", "200/hour")
    bounded = Request(request.scope, receive=_at_most(request.receive, LARGEST_BODY))
    async with bounded.form(max_files=1, max_fields=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidInput("No file came with that. Choose one, then try again.")
        content = await file.read()
        name = file.filename or "file"
    await in_thread(check_room, user.id, len(content))
    reading = await asyncio.to_thread(read_upload, name, content)
    view = await in_thread(attach_file, user.id, name, len(content), reading, objects=container.get().objects)
    return _created(view)


def link_endpoint(pages: WebPages) -> Callable[[Request], Awaitable[Response]]:
    @answers_failures
    async def post_link(request: Request) -> Response:
        user = await signed_in(request)
        await _limit(user.id, "attach-link", "60/hour")
        url = await _url_in(request)
        await in_thread(check_room, user.id, 0)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                page = await asyncio.to_thread(pages.read, url)
        except TimeoutError as error:
            raise InvalidInput("That page took too long to answer. Copy the words you need.") from error
        return _created(await in_thread(attach_page, user.id, page, objects=container.get().objects))

    return post_link


@answers_failures
async def delete_attachment(request: Request) -> Response:
    user = await signed_in(request)
    await in_thread(remove_attachment, user.id, _id_in(request), objects=container.get().objects)
    return Response(status_code=204)


@answers_failures
async def get_thumbnail(request: Request) -> Response:
    user = await signed_in(request)
    image = await in_thread(read_thumbnail, user.id, _id_in(request), objects=container.get().objects)
    return Response(image, media_type="image/webp", headers={"cache-control": _HOUR_PRIVATELY})


def _id_in(request: Request) -> UUID:
    found: UUID = request.path_params["attachment_id"]
    return found


async def _url_in(request: Request) -> str:
    bounded = Request(request.scope, receive=_at_most(request.receive, 16 * 1024))
    try:
        body: Any = await bounded.json()
    except ValueError as error:
        raise InvalidInput("The page sent something that can't be read. Reload it, then try again.") from error
    url = body.get("url") if isinstance(body, dict) else None
    if not isinstance(url, str):
        raise InvalidInput("Say which address is to be attached.")
    return url.strip()


def _created(view: AttachmentView) -> Response:
    return JSONResponse(asdict(view), 201, headers={"cache-control": "no-store"})


def _at_most(receive: Receive, size: int) -> Receive:
    """The request's body, which ends with LimitReached where it is too long, whatever its headers say."""
    left = size

    async def receive_some() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise LimitReached(_TOO_LARGE)
        return message

    return receive_some


async def _limit(user_id: UUID, action: str, limit: str) -> None:
    await asyncio.to_thread(partial(count_attempt, container.get().redis, action, str(user_id), limit=limit))


def routes(pages: WebPages) -> list[Route]:
    """`pages` reads what links point to."""
    return [
        Route("/api/attachments", post_attachment, methods=["POST"]),
        Route("/api/attachments/link", link_endpoint(pages), methods=["POST"]),
        Route("/api/attachments/{attachment_id:uuid}", delete_attachment, methods=["DELETE"]),
        Route("/api/attachments/{attachment_id:uuid}/thumbnail", get_thumbnail),
    ]
