"""`/api/studio/{slug}/canvas…`: the pages of an app for the visual editor.

    GET  …/canvas         {"pages": [{"path", "name", "route" or null, "kind", "problem"}]}
    GET  …/canvas/{path}  {"path", "checksum", "revision", "page": {"document", "kinds", "imports", "root"}, "blocks"}
    POST …/canvas/{path}  {"document", "base": checksum, "imports"}
      -> {"checksum", "revision", "version", "document", "is_merged", "diagnostics"}
      -> 409 {"error"} where somebody else changed the same place, and nothing is saved
    GET  …/canvas.css     {"css", "theme"}: the app's styles. As JSON: nobody's page may link what an app wrote

`base` is the checksum of the text that the document was read from.
"""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import allowed, answers_failures
from overskill.routes.requests import read_body
from overskill.services.studio_canvas import list_pages, read_page, read_styles, save_page

LARGEST_BODY = 2 * 1024 * 1024
_NO_STORE = {"cache-control": "no-store"}


class Save(BaseModel):
    document: dict[str, Any]
    base: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    imports: dict[str, Any] = Field(default_factory=dict)


@answers_failures
async def get_pages(request: Request) -> Response:
    user_id = await allowed(request, "read-canvas", "300/minute")
    pages = await in_thread(list_pages, user_id, request.path_params["slug"], canvas=container.get().canvas)
    return JSONResponse({"pages": [asdict(page) for page in pages]}, headers=_NO_STORE)


@answers_failures
async def get_page(request: Request) -> Response:
    user_id = await allowed(request, "read-canvas", "300/minute")
    slug, path = request.path_params["slug"], request.path_params["path"]
    found = await in_thread(read_page, user_id, slug, path, canvas=container.get().canvas)
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def get_styles(request: Request) -> Response:
    user_id = await allowed(request, "read-canvas", "300/minute")
    found = await in_thread(read_styles, user_id, request.path_params["slug"], canvas=container.get().canvas)
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def post_page(request: Request) -> Response:
    user_id = await allowed(request, "save-canvas", "300/minute")
    body = await _read(request)
    services = container.get()
    saved = await in_thread(
        save_page,
        user_id,
        request.path_params["slug"],
        request.path_params["path"],
        body.document,
        body.base,
        body.imports,
        canvas=services.canvas,
        bundler=services.bundler,
        log=services.progress,
    )
    return JSONResponse(asdict(saved), headers=_NO_STORE)


async def _read(request: Request) -> Save:
    return await read_body(request, Save, largest=LARGEST_BODY, refusal="That is more than one page.")


routes: list[BaseRoute] = [
    Route("/api/studio/{slug}/canvas.css", get_styles, methods=["GET"]),
    Route("/api/studio/{slug}/canvas", get_pages, methods=["GET"]),
    Route("/api/studio/{slug}/canvas/{path:path}", get_page, methods=["GET"]),
    Route("/api/studio/{slug}/canvas/{path:path}", post_page, methods=["POST"]),
]
