"""GET /library/open/{slug}: into the app of a listing, for who may use it; everybody else sees where it is sold."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.routes.access import answers_failures, visitor_account
from overskill.services.market.entitlements import way_in

_HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


@answers_failures
async def get_open(request: Request) -> Response:
    slug = request.path_params["slug"]
    user = await visitor_account(request)
    if user is None:
        return RedirectResponse(f"/sign-in?next={quote(f'/library/open/{slug}', safe='')}", 303, headers=_HEADERS)
    try:
        address = await in_thread(way_in, user.id, slug, settings=container.get().settings)
    except NotFound:
        address = f"/apps/{quote(slug, safe='')}"
    return RedirectResponse(address, 303, headers=_HEADERS)


routes: list[BaseRoute] = [Route("/library/open/{slug}", get_open)]
