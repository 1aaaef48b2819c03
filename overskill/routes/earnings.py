"""A creator's way to their account at Stripe and back, and their statement as a sheet.

GET    /sell/onboarding         Stripe sends who took too long here: to another link
GET    /sell/onboarding/done    and here who is through
GET    /sell/earnings.csv       every movement
"""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import allowed, answers_failures
from overskill.routes.plain_page import shows_failures
from overskill.services.billing import onboarding
from overskill.services.billing.earnings import statement_csv

_NO_STORE = {"cache-control": "no-store"}
_shown = shows_failures("Payouts", ("/sell/earnings", "Back to your earnings"))


@_shown
async def go_on(request: Request) -> Response:
    user_id = await allowed(request, "onboarding", "30/hour")
    services = container.get()
    url = await asyncio.to_thread(
        onboarding.begin, user_id, payments=services.payments, site_url=services.settings.site_url
    )
    return RedirectResponse(url, 303, headers=_NO_STORE)


@_shown
async def come_back(request: Request) -> Response:
    user_id = await allowed(request, "onboarding", "30/hour")
    services = container.get()
    await asyncio.to_thread(onboarding.look_again, user_id, payments=services.payments, queue=services.queue)
    return RedirectResponse("/sell/earnings", 303, headers=_NO_STORE)


@answers_failures
async def get_statement(request: Request) -> Response:
    user_id = await allowed(request, "earnings-sheet", "60/hour")
    text = await in_thread(statement_csv, user_id)
    return Response(
        text,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="earnings.csv"', **_NO_STORE},
    )


routes = [
    Route("/sell/earnings.csv", get_statement),
    Route(onboarding.REFRESH_PATH, go_on),
    Route(onboarding.RETURN_PATH, come_back),
]
