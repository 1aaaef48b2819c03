"""`/api/studio/{slug}/element/…`: elements that somebody selected in the preview.

    POST …/element/describe  {"file", "line", "column", "checksum"}
      -> {"element", "colours"}: what it is and what of it can be changed (bundler/core/elements/describe.mjs)
    POST …/element/patch     {…, "operation": {"kind", …}} (bundler/core/elements/patch.mjs)
      -> {"element", "checksum", "before", "text", "version", "diagnostics"}
      -> 409 {"error"} where the code has changed since the preview drew it, 422 {"error"} where it can't be done safely

`checksum` is that of the text the preview drew, or its beginning. No change costs a credit.
"""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.routes.access import answers_failures, signed_in
from overskill.routes.requests import read_at_most
from overskill.services.rate_limits import count_attempt
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
    user_id = await _allowed(request, "describe-element", "600/minute")
    body = await _read(request, Selected)
    found = await in_thread(
        describe, user_id, request.path_params["slug"], body.spot, elements=container.get().elements
    )
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def post_patch(request: Request) -> Response:
    user_id = await _allowed(request, "patch-element", "300/minute")
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


async def _allowed(request: Request, action: str, limit: str) -> UUID:
    """Who asks. Raises SignInRequired, and LimitReached for who asks too often."""
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, action, str(user.id), limit=limit)
    return user.id


async def _read(request: Request, kind: type[_Body]) -> _Body:
    try:
        return kind.model_validate_json(await read_at_most(request, LARGEST_BODY, "That is more than one change."))
    except ValidationError as error:
        raise InvalidInput("The page sent something that can't be read. Reload it, then try again.") from error


routes: list[BaseRoute] = [
    Route("/api/studio/{slug}/element/describe", post_describe, methods=["POST"]),
    Route("/api/studio/{slug}/element/patch", post_patch, methods=["POST"]),
]
