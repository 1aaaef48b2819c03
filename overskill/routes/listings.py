"""The marketplace as crawlers see it: pages with a head of their own, the sitemap, and what may be read.

GET /apps/{slug}, /creators/{username}, /bundles/{slug}
                                         the page that every address begins with, its head filled in; 404, 410
GET /sitemap.xml, /sitemaps/{kind}.xml   an index, and its parts
GET /robots.txt
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.models import utc_now
from overskill.routes.access import answers_failures, visitor_account
from overskill.services.accounts.sessions import SignedIn
from overskill.services.market.heads import Head, bundle_head, creator_head, listing_head, missing_head, with_head
from overskill.services.market.sitemap import (
    AT_ONCE,
    KINDS,
    LARGEST_PART,
    Kind,
    begin_part,
    end_part,
    index_xml,
    pages_xml,
    part_starts,
    read_entries,
    robots_text,
    urls,
)

A_MINUTE = "public, max-age=60"
_AN_HOUR = "public, max-age=3600"
_NOT_BUILT = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body></body></html>'
_FindHead = Callable[[str, SignedIn | None], Awaitable[Head]]


async def get_listing(request: Request, *, shell: Path) -> Response:
    return await _answer(request, request.path_params["slug"], _listing_head, shell)


async def get_creator(request: Request, *, shell: Path) -> Response:
    return await _answer(request, request.path_params["username"], _creator_head, shell)


async def get_bundle(request: Request, *, shell: Path) -> Response:
    return await _answer(request, request.path_params["slug"], _bundle_head, shell)


async def _listing_head(slug: str, viewer: SignedIn | None) -> Head:
    site_url = container.get().settings.site_url
    return await in_thread(listing_head, slug, viewer, site_url=site_url, now=utc_now())


async def _creator_head(username: str, viewer: SignedIn | None) -> Head:
    return await in_thread(creator_head, username, viewer, site_url=container.get().settings.site_url)


async def _bundle_head(slug: str, _: SignedIn | None) -> Head:
    return await in_thread(bundle_head, slug, site_url=container.get().settings.site_url)


async def _answer(request: Request, name: str, find: _FindHead, shell: Path) -> Response:
    """As everybody sees it; where nobody does, as this visitor does."""
    cache, status = A_MINUTE, 200
    try:
        head = await find(name, None)
    except NotFound as error:
        head, cache, status = missing_head(error.message), "no-store", error.status
        viewer = await visitor_account(request)
        if viewer is not None:
            with suppress(NotFound):
                head, status = await find(name, viewer), 200
    page = await asyncio.to_thread(_read, shell)
    return HTMLResponse(with_head(page, head), status, headers={"cache-control": cache})


def _read(shell: Path) -> str:
    return shell.read_text(encoding="utf-8") if shell.is_file() else _NOT_BUILT


async def get_sitemap(_: Request) -> Response:
    starts: dict[Kind, list[UUID]] = {kind: await in_thread(part_starts, kind) for kind in KINDS}
    return _xml(index_xml(container.get().settings.site_url, starts))


@answers_failures
async def get_part(request: Request) -> Response:
    site_url = container.get().settings.site_url
    kind = request.path_params["kind"]
    if kind == "pages":
        return _xml(pages_xml(site_url))
    known = next((each for each in KINDS if each == kind), None)
    try:
        begin = UUID(request.query_params.get("from", ""))
    except ValueError:
        begin = None
    if known is None or begin is None:
        raise NotFound("There is no such part of the sitemap.")
    headers = {"cache-control": _AN_HOUR}
    return StreamingResponse(_part(known, begin, site_url), media_type="application/xml", headers=headers)


async def _part(kind: Kind, begin: UUID, site_url: str) -> AsyncIterator[str]:
    yield begin_part()
    left, after = LARGEST_PART, False
    while left > 0:
        entries = await in_thread(read_entries, kind, begin=begin, after=after, limit=min(AT_ONCE, left))
        yield urls(site_url, entries)
        if len(entries) < min(AT_ONCE, left):
            break
        begin, after, left = entries[-1].id, True, left - len(entries)
    yield end_part()


async def get_robots(_: Request) -> Response:
    return PlainTextResponse(robots_text(container.get().settings.site_url), headers={"cache-control": _AN_HOUR})


def _xml(content: str) -> Response:
    return Response(content, media_type="application/xml", headers={"cache-control": _AN_HOUR})


def routes(shell: Path) -> list[BaseRoute]:
    """`shell`: the file that addresses with a name in them begin with."""
    return [
        Route("/apps/{slug}", partial(get_listing, shell=shell)),
        Route("/creators/{username}", partial(get_creator, shell=shell)),
        Route("/bundles/{slug}", partial(get_bundle, shell=shell)),
        Route("/sitemap.xml", get_sitemap),
        Route("/sitemaps/{kind}.xml", get_part),
        Route("/robots.txt", get_robots),
    ]
