"""A browser's view of the routes that sign people in: cookies, redirects, and the checks in front of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
from starlette.applications import Starlette

from overskill.config import Settings
from overskill.routes import auth, dev_only, health, start
from overskill.routes.middleware import OriginCheck, SecurityHeaders


@asynccontextmanager
async def browser_at(settings: Settings, *, ip: str = "203.0.113.7") -> AsyncIterator[httpx.AsyncClient]:
    routes = [*auth.routes, *start.routes, *health.routes, *dev_only.routes(settings)]
    site = SecurityHeaders(OriginCheck(Starlette(routes=routes), settings), settings)
    transport = httpx.ASGITransport(site, client=(ip, 50_000))
    headers = {"origin": settings.site_url, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    async with httpx.AsyncClient(transport=transport, base_url=settings.site_url, headers=headers) as client:
        yield client


def place(response: httpx.Response) -> str:
    """Where a redirect leads, without its query."""
    return urlsplit(response.headers["location"]).path


def query(response: httpx.Response, name: str) -> str:
    """One value from the query of a redirect."""
    return parse_qs(urlsplit(response.headers["location"]).query).get(name, [""])[0]
