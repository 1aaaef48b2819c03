"""GET /api/edge/hosts?domain=www.example.com -> 200 where it is a proved domain of an app, 404 where it is not.

A proxy that brings certificates asks this before it has one issued (Caddy's `on_demand_tls` with `ask`, for example):
else anybody could have it ask for certificates of any name.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import answers_failures
from overskill.routes.requests import visitor_of
from overskill.services.domains import app_of_host
from overskill.services.rate_limits import count_attempt


@answers_failures
async def get_host(request: Request) -> Response:
    ip = visitor_of(request).ip
    await asyncio.to_thread(count_attempt, container.get().redis, "edge-hosts", ip, limit="600/minute")
    host = request.query_params.get("domain", "")[:260]
    is_ours = await in_thread(app_of_host, host) is not None
    return Response(status_code=200 if is_ours else 404, headers={"cache-control": "no-store"})


routes: list[BaseRoute] = [Route("/api/edge/hosts", get_host)]
