"""What of an app goes over plain HTTP: its picture in and out, and the app itself as a zip."""

import asyncio
from uuid import UUID

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, LimitReached
from overskill.routes.access import answers_failures, signed_in, visitor_account
from overskill.routes.middleware import A_YEAR
from overskill.routes.requests import read_at_most
from overskill.services.apps import app_to_change, app_to_read, export_app
from overskill.services.apps.icons import LARGEST_ICON, read_icon
from overskill.services.apps.thumbnails import LARGEST_UPLOAD, read_thumbnail, save_thumbnail, show_in_timeline
from overskill.services.rate_limits import count_attempt
from overskill.services.studio_settings import change_icon


@answers_failures
async def post_thumbnail(request: Request) -> Response:
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, "thumbnail", str(user.id), limit="60/minute")
    refusal = f"A picture of an app has at most {LARGEST_UPLOAD // 1024} KB."
    image = await _read_picture(request, LARGEST_UPLOAD, refusal)
    checksum = await in_thread(_save, user.id, request.path_params["slug"], image)
    return JSONResponse({"thumbnail": checksum}, 201)


def _save(session: Session, user_id: UUID, slug: str, image: bytes) -> str:
    app = app_to_change(session, user_id, slug)
    checksum = save_thumbnail(session, app, image, container.get().objects)
    show_in_timeline(session, app, checksum)
    return checksum


async def _read_picture(request: Request, size: int, refusal: str) -> bytes:
    try:
        return await read_at_most(request, size, refusal)
    except LimitReached as error:  # it is not for now that this can't be taken
        raise InvalidInput(refusal) from error


@answers_failures
async def get_thumbnail(request: Request) -> Response:
    """Named by its content, so it never changes; private, because an app need not be published."""
    user = await visitor_account(request)
    image = await in_thread(
        read_thumbnail, user.id if user else None, request.path_params["checksum"], container.get().objects
    )
    return Response(image, media_type="image/webp", headers={"cache-control": A_YEAR.replace("public", "private")})


@answers_failures
async def put_icon(request: Request) -> Response:
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, "icon", str(user.id), limit="60/hour")
    image = await _read_picture(request, LARGEST_ICON, "An icon has at most 1 MB. Choose a smaller picture.")
    return await _icon_changed(user.id, request.path_params["slug"], image)


@answers_failures
async def delete_icon(request: Request) -> Response:
    user = await signed_in(request)
    return await _icon_changed(user.id, request.path_params["slug"], None)


async def _icon_changed(user_id: UUID, slug: str, image: bytes | None) -> Response:
    services = container.get()
    url = await in_thread(change_icon, user_id, slug, image, objects=services.objects, log=services.progress)
    return JSONResponse({"url": url}, headers={"cache-control": "no-store"})


@answers_failures
async def get_icon(request: Request) -> Response:
    """Named by its content, as a thumbnail is."""
    user = await visitor_account(request)
    image = await in_thread(
        read_icon, user.id if user else None, request.path_params["checksum"], container.get().objects
    )
    return Response(image, media_type="image/webp", headers={"cache-control": A_YEAR.replace("public", "private")})


@answers_failures
async def export(request: Request) -> Response:
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, "export", str(user.id), limit="60/hour")
    slug = request.path_params["slug"]
    archive = await in_thread(_zip, user.id, slug)
    return Response(
        archive,
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{slug}.zip"', "cache-control": "no-store"},
    )


def _zip(session: Session, user_id: UUID, slug: str) -> bytes:
    return export_app(session, app_to_read(session, user_id, slug), container.get().shelf)


routes = [
    Route("/api/apps/{slug}/thumbnail", post_thumbnail, methods=["POST"]),
    Route("/thumbnails/{checksum}.webp", get_thumbnail),
    Route("/api/studio/{slug}/icon", put_icon, methods=["PUT"]),
    Route("/api/studio/{slug}/icon", delete_icon, methods=["DELETE"]),
    Route("/icons/{checksum}.webp", get_icon),
    Route("/studio/{slug}/export.zip", export),
]
