"""What the publish tab fetches: the log of one publish, as a file."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import allowed, answers_failures
from overskill.services.studio_publish import read_log


@answers_failures
async def get_log(request: Request) -> Response:
    user_id = await allowed(request, "read-deployments", "120/minute")
    slug, key = request.path_params["slug"], request.path_params["deployment_id"]
    text = await in_thread(read_log, user_id, slug, key, log=container.get().progress)
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{slug}-{str(key)[:8]}.log"'}
    return PlainTextResponse(text, headers=headers)


routes: list[BaseRoute] = [Route("/api/studio/{slug}/deployments/{deployment_id:uuid}/log", get_log)]
