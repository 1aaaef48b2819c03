"""For routes of one's own: who asks, and how an expected failure is answered."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from uuid import UUID

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from overskill import container
from overskill.db import in_thread
from overskill.errors import OverskillError, SignInRequired
from overskill.routes.cookies import read_cookie
from overskill.services.accounts.sessions import COOKIE, SignedIn, find_session
from overskill.services.rate_limits import count_attempt

Endpoint = Callable[[Request], Awaitable[Response]]


async def signed_in(request: HTTPConnection) -> SignedIn:
    """Raises SignInRequired."""
    user = await visitor_account(request)
    if user is None:
        raise SignInRequired("You are signed out. Sign in to go on.")
    return user


async def visitor_account(request: HTTPConnection) -> SignedIn | None:
    token = read_cookie(request, COOKIE)
    return await in_thread(find_session, token) if token else None


async def allowed(request: HTTPConnection, action: str, limit: str) -> UUID:
    """Who asks. Raises SignInRequired, and LimitReached for who asks too often: `limit` is like "60/minute"."""
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, action, str(user.id), limit=limit)
    return user.id


def answers_failures(endpoint: Endpoint) -> Endpoint:
    """An OverskillError becomes its status and its sentence."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except OverskillError as error:
            return JSONResponse({"error": error.message}, error.status, headers={"cache-control": "no-store"})

    return answer
