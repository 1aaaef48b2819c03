"""A project as a zip, in. What is sent is the zip itself; `name` is what its file is called.

POST /api/imports/report?name=       {"name", "count", "lines": [{"path", "verdict", "words"}],
                                      "missing": [{"name", "alternative", "files"}]}: nothing is kept
POST /api/imports?name=              201 {"slug", "version", "diagnostics"}: an app of one's own
POST /api/studio/{slug}/import?name= 200, the same: its next version
"""

import asyncio
from dataclasses import asdict
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import answers_failures, signed_in
from overskill.routes.requests import read_at_most
from overskill.services.apps.importing import LARGEST_ZIP, Imported, read_import
from overskill.services.rate_limits import count_attempt
from overskill.services.studio_imports import ImportedApp, import_as_version, import_new

_NO_STORE = {"cache-control": "no-store"}
_TOO_LARGE = f"A zip may have at most {LARGEST_ZIP >> 20} MB. Leave node_modules out, then try again."


@answers_failures
async def post_report(request: Request) -> Response:
    user = await signed_in(request)
    await _limit(str(user.id), "import-report", "120/hour")
    return JSONResponse(report_of(await _read(request)), headers=_NO_STORE)


def report_of(imported: Imported) -> dict[str, Any]:
    return {
        "name": imported.name,
        "count": len(imported.files),
        "lines": [asdict(line) for line in imported.lines],
        "missing": [asdict(package) for package in imported.missing],
    }


@answers_failures
async def post_import(request: Request) -> Response:
    user = await signed_in(request)
    await _limit(str(user.id), "import", "60/hour")
    imported = await _read(request)
    made = await in_thread(import_new, user.id, imported, bundler=container.get().bundler)
    return _made(made, 201)


@answers_failures
async def post_version(request: Request) -> Response:
    user = await signed_in(request)
    await _limit(str(user.id), "import", "60/hour")
    services = container.get()
    imported = await _read(request)
    made = await in_thread(
        import_as_version,
        user.id,
        request.path_params["slug"],
        imported,
        bundler=services.bundler,
        settings=services.settings,
        log=services.progress,
    )
    return _made(made, 200)


async def _read(request: Request) -> Imported:
    """Reading takes as long as its repairs, so no transaction is open meanwhile."""
    content = await read_at_most(request, LARGEST_ZIP, _TOO_LARGE)
    name = request.query_params.get("name", "")[:200] or "project.zip"
    return await asyncio.to_thread(read_import, name, content, bundler=container.get().bundler)


def _made(made: ImportedApp, status: int) -> Response:
    return JSONResponse(asdict(made), status, headers=_NO_STORE)


async def _limit(user_id: str, action: str, limit: str) -> None:
    await asyncio.to_thread(partial(count_attempt, container.get().redis, action, user_id, limit=limit))


routes: list[BaseRoute] = [
    Route("/api/imports/report", post_report, methods=["POST"]),
    Route("/api/imports", post_import, methods=["POST"]),
    Route("/api/studio/{slug}/import", post_version, methods=["POST"]),
]
