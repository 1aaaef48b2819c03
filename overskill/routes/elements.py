"""`/api/studio/{slug}/element/…`: elements that somebody selected in the preview.

    POST …/element/describe  {"file", "line", "column", "checksum"}
      -> {"element", "colours"}: what it is and what of it can be changed (bundler/core/elements/describe.mjs)
    POST …/element/patch     {…, "operation": {"kind", …}} (bundler/core/elements/patch.mjs)
      -> {"element", "checksum", "before", "text", "version", "diagnostics"}
      -> 409 {"error"} where the code has changed since the preview drew it, 422 {"error"} where it can't be done safely

`checksum` is that of the text the preview drew, or its beginning. No change costs a credit.
"""

from dataclasses import asdict
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.access import allowed, answers_failures
from overskill.routes.requests import read_body
from overskill.services.studio_elements import Spot, describe, patch

LARGEST_BODY = 64 * 1024
_NO_STORE = {"cache-control": "no-store"}
_Body = TypeVar("_Body", bound="Selected")
_Position = Annotated[int, Field(ge=1, le=1_000_000)]


class Selected(BaseModel):
    file: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    line: _Position
    column: _Position
    checksum: Annotated[str, StringConstraints(pattern="^[0-9a-f]{16,64}$")]

    @property
    def spot(self) -> Spot:
        return Spot(self.file, self.line, self.column, self.checksum)


class Change(Selected):
    operation: dict[str, Any]


@answers_failures
async def post_describe(request: Request) -> Response:
    user_id = await allowed(request, "describe-element", "600/minute")
    body = await _read(request, Selected)
    found = await in_thread(
        describe, user_id, request.path_params["slug"], body.spot, elements=container.get().elements
    )
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def post_patch(request: Request) -> Response:
    user_id = await allowed(request, "patch-element", "300/minute")
    body = await _read(request, Change)
    services = container.get()
    patched = await in_thread(
        patch,
        user_id,
        request.path_params["slug"],
        body.spot,
        body.operation,
        elements=services.elements,
        bundler=services.bundler,
        log=services.progress,
    )
    return JSONResponse(asdict(patched), headers=_NO_STORE)


async def _read(request: Request, kind: type[_Body]) -> _Body:
    return await read_body(request, kind, largest=LARGEST_BODY, refusal="That is more than one change.")


routes: list[BaseRoute] = [
    Route("/api/studio/{slug}/element/describe", post_describe, methods=["POST"]),
    Route("/api/studio/{slug}/element/patch", post_patch, methods=["POST"]),
]
