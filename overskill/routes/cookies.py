"""Our cookies, as routes read and set them: out of reach of scripts, and of every other host."""

from datetime import timedelta

from starlette.requests import HTTPConnection
from starlette.responses import Response

from overskill import container


def read_cookie(request: HTTPConnection, name: str) -> str:
    """ "" when there is none."""
    return request.cookies.get(container.get().settings.cookie_name(name), "")


def set_cookie(response: Response, name: str, value: str, *, lifetime: timedelta) -> None:
    settings = container.get().settings
    response.set_cookie(
        settings.cookie_name(name),
        value,
        max_age=int(lifetime.total_seconds()),
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def delete_cookie(response: Response, name: str) -> None:
    """With the same attributes: browsers refuse a `__Host-` cookie without them, also one that is to go."""
    settings = container.get().settings
    response.delete_cookie(
        settings.cookie_name(name), path="/", secure=settings.is_https, httponly=True, samesite="lax"
    )
