"""Sheets of the admin's desk."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.models import utc_now
from overskill.routes.access import answers_failures, signed_in
from overskill.services.accounts.sessions import SignedIn
from overskill.services.admin.audit_log import AuditFilter, audit_sheet
from overskill.services.admin.costs import costs_sheet, period_of


@answers_failures
async def costs(request: Request) -> Response:
    await _admin(request)
    period = period_of(request.query_params.get("days", "month"), utc_now())
    return _sheet(await in_thread(costs_sheet, period), "costs.csv")


@answers_failures
async def audit(request: Request) -> Response:
    await _admin(request)
    wanted = AuditFilter(*(request.query_params.get(name, "")[:120] for name in ("actor", "action", "subject")))
    return _sheet(await in_thread(audit_sheet, wanted), "audit.csv")


async def _admin(request: Request) -> SignedIn:
    user = await signed_in(request)
    if not user.is_admin:
        raise NotFound("There is nothing at this address.")
    return user


def _sheet(text: str, name: str) -> Response:
    return Response(
        text,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


routes = [Route("/admin/costs.csv", costs), Route("/admin/audit.csv", audit)]
