"""The ledger of a team's credits as a file."""

import asyncio
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.routes.access import answers_failures, signed_in
from overskill.services.billing.statement import statement_csv
from overskill.services.rate_limits import count_attempt


@answers_failures
async def download(request: Request) -> Response:
    """Of the team in `?team=`, else of the user's own."""
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, "credits-csv", str(user.id), limit="60/hour")
    text = await in_thread(statement_csv, user.id, _team_id(request.query_params.get("team", "")))
    return Response(
        text,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="credits.csv"', "cache-control": "no-store"},
    )


def _team_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound("There is no such team, or you are not in it.") from None


routes = [Route("/settings/credits.csv", download)]
