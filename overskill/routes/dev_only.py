"""Addresses that exist during development only, for who sits at the machine: mail holds links that sign people in."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from overskill.config import Settings


async def nothing(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("There is nothing at this address.\n", 404)


def routes(settings: Settings) -> list[Route]:
    return [Route("/dev/{rest:path}", nothing)] if settings.is_production or not settings.is_private else []
