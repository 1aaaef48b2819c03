"""What of an app goes over plain HTTP: its picture in and out, and the app itself as a zip."""

import asyncio
from uuid import UUID

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.routes.access import answers_failures, signed_in, visitor_account
from overskill.routes.middleware import A_YEAR
from overskill.services.apps import app_to_change, app_to_read, read_files, zip_files
from overskill.services.apps.thumbnails import LARGEST_UPLOAD, read_thumbnail, save_thumbnail, show_in_timeline
from overskill.services.rate_limits import count_attempt


@answers_failures
async def post_thumbnail(request: Request) -> Response:
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, "thumbnail", str(user.id), limit="60/minute")
    image = await _read_at_most(request, LARGEST_UPLOAD)
    checksum = await in_thread(_save, user.id, request.path_params["slug"], image)
    return JSONResponse({"thumbnail": checksum}, 201)


def _save(session: Session, user_id: UUID, slug: str, image: bytes) -> str:
    app = app_to_change(session, user_id, slug)
    checksum = save_thumbnail(session, app, image, container.get().objects)
    show_in_timeline(session, app, checksum)
    return checksum


async def _read_at_most(request: Request, size: int) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > size:
            raise InvalidInput(f"A picture of an app has at most {size // 1024} KB.")
    return body


@answers_failures
async def get_thumbnail(request: Request) -> Response:
    """Named by its content, so it never changes; private, because an app need not be published."""
    user = await visitor_account(request)
    image = await in_thread(
        read_thumbnail, user.id if user else None, request.path_params["checksum"], container.get().objects
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
    app = app_to_read(session, user_id, slug)
    return zip_files(app.name, app.slug, read_files(session, app.id))


routes = [
    Route("/api/apps/{slug}/thumbnail", post_thumbnail, methods=["POST"]),
    Route("/thumbnails/{checksum}.webp", get_thumbnail),
    Route("/studio/{slug}/export.zip", export),
]
