"""`/healthz`: 200 once every part answers a real request."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from overskill import container
from overskill.services.admin.health import ask_parts


async def healthz(_request: Request) -> JSONResponse:
    reports = await ask_parts(container.get().parts)
    is_healthy = all(report.is_well for report in reports)
    parts = {report.name: {"ok": report.is_well, "milliseconds": report.milliseconds} for report in reports}
    return JSONResponse(
        {"ok": is_healthy, "parts": parts},
        status_code=200 if is_healthy else 503,
        headers={"cache-control": "no-store"},
    )


routes = [Route("/healthz", healthz)]
