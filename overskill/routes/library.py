"""Ways out of the library.

GET /library/open/{slug}         into the app of a listing, for who may use it; everybody else sees where it is sold;
                                 ?place=staging or preview: what its team tries there,
                                 &beside=pr-12: of a pull request
GET /library/payment/{purchase}  where its buyer changes the card of a subscription, and sees what was paid
"""

import asyncio
from functools import partial
from urllib.parse import quote, urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.models import DeploymentEnvironment
from overskill.routes.access import answers_failures, visitor_account
from overskill.routes.plain_page import shows_failures
from overskill.services.billing import renewals
from overskill.services.market.entitlements import way_in

_HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


@answers_failures
async def get_open(request: Request) -> Response:
    slug, environment, beside = request.path_params["slug"], _place(request), request.query_params.get("beside", "")
    user = await visitor_account(request)
    if user is None:
        asked = urlencode({name: value for name, value in request.query_params.items() if name in ("place", "beside")})
        here = quote(f"/library/open/{slug}?{asked}" if asked else f"/library/open/{slug}", safe="")
        return RedirectResponse(f"/sign-in?next={here}", 303, headers=_HEADERS)
    try:
        settings = container.get().settings
        address = await in_thread(way_in, user.id, slug, settings=settings, environment=environment, beside=beside)
    except NotFound:
        address = f"/apps/{quote(slug, safe='')}"
    return RedirectResponse(address, 303, headers=_HEADERS)


def _place(request: Request) -> DeploymentEnvironment:
    try:
        return DeploymentEnvironment(request.query_params.get("place", DeploymentEnvironment.PRODUCTION))
    except ValueError:
        raise NotFound("There is no such place. Open the app from your library.") from None


@shows_failures("Card and payments", ("/library", "Back to your library"))
async def get_payment(request: Request) -> Response:
    key: UUID = request.path_params["purchase"]
    user = await visitor_account(request)
    if user is None:
        return RedirectResponse(f"/sign-in?next={quote('/library', safe='')}", 303, headers=_HEADERS)
    services = container.get()
    page = partial(renewals.payment_page, payments=services.payments, site_url=services.settings.site_url)
    return RedirectResponse(await asyncio.to_thread(page, user.id, key), 303, headers=_HEADERS)


routes: list[BaseRoute] = [
    Route("/library/open/{slug}", get_open),
    Route("/library/payment/{purchase:uuid}", get_payment),
]
