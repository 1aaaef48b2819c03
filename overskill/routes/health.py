"""`/healthz`: 200 once every part answers a real request."""

import asyncio
import logging
import time
from collections.abc import Callable

from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from overskill import container, db

PATIENCE_SECONDS = 3

log = logging.getLogger(__name__)


async def healthz(_request: Request) -> JSONResponse:
    services = container.get()
    parts: dict[str, Callable[[], object]] = {
        "database": _ask_database,
        "redis": services.redis.ping,
        "bundler": services.bundler.ping,
        "edge": services.edge.ping,
    }
    reports = await asyncio.gather(*(_report(name, ask) for name, ask in parts.items()))
    is_healthy = all(report["ok"] for report in reports)
    return JSONResponse(
        {"ok": is_healthy, "parts": dict(zip(parts, reports, strict=True))},
        status_code=200 if is_healthy else 503,
        headers={"cache-control": "no-store"},
    )


def _ask_database() -> object:
    with db.engine().connect() as connection:
        return connection.execute(text("SELECT 1")).scalar_one()


async def _report(name: str, ask: Callable[[], object]) -> dict[str, object]:
    started = time.perf_counter()
    try:
        ok = bool(await asyncio.wait_for(asyncio.to_thread(ask), PATIENCE_SECONDS))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a part is the answer
        log.warning("%s is not healthy: %s", name, error)
        ok = False
    return {"ok": ok, "milliseconds": round((time.perf_counter() - started) * 1000, 1)}


routes = [Route("/healthz", healthz)]
