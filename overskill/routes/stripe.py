"""What Stripe tells us.

POST /webhooks/stripe  a signed delivery, of our account or of a creator's -> 202: a job works it through
"""

import asyncio
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import answers_failures
from overskill.routes.requests import read_at_most, visitor_of
from overskill.services.billing.webhooks import keep_event
from overskill.services.rate_limits import count_attempt

LARGEST_DELIVERY = 1024 * 1024


@answers_failures
async def post_webhook(request: Request) -> Response:
    """Anybody may call; only what Stripe signed within the last minutes is read."""
    services = container.get()
    ip = visitor_of(request).ip
    await asyncio.to_thread(partial(count_attempt, services.redis, "stripe-webhook", ip, limit="3000/minute"))
    body = await read_at_most(request, LARGEST_DELIVERY, "A delivery has at most 1 MB.")
    signature = request.headers.get("stripe-signature", "")
    event = await asyncio.to_thread(services.payments.read_event, body, signature)
    await in_thread(keep_event, event, queue=services.queue)
    return Response(status_code=202)


routes: list[BaseRoute] = [Route("/webhooks/stripe", post_webhook, methods=["POST"])]
