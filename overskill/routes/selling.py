"""Pictures of the marketplace in and out, and a creator's figures as a sheet.

GET    /media/{checksum}.webp                    for everybody once what it belongs to is published
POST   /api/sell/{slug}/pictures                 a picture as it is, in the body -> {}
PUT    /api/sell/picture                         the creator's own picture, as above; DELETE removes it
GET    /sell/analytics.csv                       ?days=7|30|90|365&slug= (one listing; all without)
"""

import asyncio
from uuid import UUID

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, LimitReached
from overskill.models import utc_now
from overskill.routes.access import allowed, answers_failures, visitor_account
from overskill.routes.middleware import A_YEAR
from overskill.routes.requests import read_at_most
from overskill.services.market.analytics import RANGES, as_csv, view_analytics
from overskill.services.market.creators import change_picture
from overskill.services.market.listings import listing_to_change
from overskill.services.market.media import LARGEST_UPLOAD, Drawn, add_picture, draw, read_media

# Cloudflare takes s-maxage before max-age, hands both on, and serves nothing stale where it is set; browsers ignore it.
_SHARED_BRIEFLY = f"{A_YEAR}, s-maxage=300"
_TOO_LARGE = f"A picture has at most {LARGEST_UPLOAD >> 20} MB. Choose a smaller one."


@answers_failures
async def get_media(request: Request) -> Response:
    """Named by its content, so it never changes; whether it is shown does, and shared caches have to ask again."""
    objects, checksum = container.get().objects, request.path_params["checksum"]
    user = await visitor_account(request)
    image, is_public = await in_thread(read_media, user.id if user else None, checksum, objects)
    cache = _SHARED_BRIEFLY if is_public else A_YEAR.replace("public", "private")
    return Response(image, media_type="image/webp", headers={"cache-control": cache})


@answers_failures
async def post_picture(request: Request) -> Response:
    user_id = await allowed(request, "sell-picture", "120/hour")
    drawn = await _picture_in(request)
    await in_thread(_add, user_id, request.path_params["slug"], drawn)
    return JSONResponse({}, 201, headers={"cache-control": "no-store"})


def _add(session: Session, user_id: UUID, slug: str, drawn: Drawn) -> None:
    listing = listing_to_change(session, user_id, slug)
    add_picture(session, listing, drawn, container.get().objects, alt=listing.title)


@answers_failures
async def put_own_picture(request: Request) -> Response:
    user_id = await allowed(request, "sell-picture", "120/hour")
    return await _own_picture_changed(user_id, await _picture_in(request))


@answers_failures
async def delete_own_picture(request: Request) -> Response:
    return await _own_picture_changed(await allowed(request, "sell-picture", "120/hour"), None)


async def _own_picture_changed(user_id: UUID, drawn: Drawn | None) -> Response:
    checksum = await in_thread(change_picture, user_id, drawn, container.get().objects)
    return JSONResponse({"picture": checksum}, headers={"cache-control": "no-store"})


@answers_failures
async def get_sheet(request: Request) -> Response:
    user_id = await allowed(request, "sell-sheet", "60/hour")
    asked = request.query_params.get("days", "30")
    if asked not in {str(days) for days in RANGES}:
        raise InvalidInput("There is no such range. Go back and choose one.")
    slug = request.query_params.get("slug", "")
    if len(slug) > 63 or "\x00" in slug:
        raise InvalidInput("There is no such listing. Go back and choose one.")
    found = await in_thread(view_analytics, user_id, days=int(asked), now=utc_now(), slug=slug)
    name = f"{slug or 'all-listings'}-{asked}-days.csv"
    sheet = await asyncio.to_thread(as_csv, found)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(sheet, media_type="text/csv", headers=headers)


async def _picture_in(request: Request) -> Drawn:
    try:
        image = await read_at_most(request, LARGEST_UPLOAD, _TOO_LARGE)
    except LimitReached as error:  # it is not for now that this can't be taken
        raise InvalidInput(_TOO_LARGE) from error
    return await asyncio.to_thread(draw, image)


routes = [
    Route("/media/{checksum}.webp", get_media),
    Route("/api/sell/picture", put_own_picture, methods=["PUT"]),
    Route("/api/sell/picture", delete_own_picture, methods=["DELETE"]),
    Route("/api/sell/{slug}/pictures", post_picture, methods=["POST"]),
    Route("/sell/analytics.csv", get_sheet),
]
