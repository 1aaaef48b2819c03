"""`/api/studio/{slug}/files…`: the files of an app, for the editors in the browser.

    GET  …/files               {"revision", "version", "files": [{"path", "checksum", "size", "locked"}]}
    GET  …/files/{path}        {"path", "checksum", "text", "locked"}
    POST …/files               {"changes": [{"path", "text" or null, "base": checksum or null}], "note"}
      -> {"revision", "version", "files": [{"path", "checksum" or null, "text" where it was merged}], "diagnostics"}
      -> 409 {"error", "conflicts": [{"path", "checksum" or null, "text" or null}]}, and nothing is saved

`base` is the checksum of what a text was made from; null: of no file. A null text removes the file.
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
from overskill.routes.access import Endpoint, answers_failures, signed_in
from overskill.routes.requests import read_at_most
from overskill.services.apps.saving import LARGEST_APP, ChangedMeanwhile, FileChange
from overskill.services.rate_limits import count_attempt
from overskill.services.studio_files import SavedFiles, list_files, read_text, save

LARGEST_BODY = 2 * LARGEST_APP  # JSON writes a line break as two characters
_TOO_MUCH = f"That is more than an app can hold: at most {LARGEST_APP >> 20} MB of files."
_NO_STORE = {"cache-control": "no-store"}
_Body = TypeVar("_Body", bound=BaseModel)


class Change(BaseModel):
    path: str
    text: str | None
    base: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] | None


class Save(BaseModel):
    changes: list[Change]
    note: str = Field("", max_length=200, pattern=r"^[^\x00]*$")


@answers_failures
async def get_files(request: Request) -> Response:
    user_id = await _allowed(request, "read-files", "600/minute")
    found = await in_thread(list_files, user_id, request.path_params["slug"])
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def get_file(request: Request) -> Response:
    user_id = await _allowed(request, "read-files", "600/minute")
    found = await in_thread(read_text, user_id, request.path_params["slug"], request.path_params["path"])
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def post_files(request: Request) -> Response:
    user_id = await _allowed(request, "save-files", "300/minute")
    body = await _read(request, Save)
    changes = [FileChange(change.path, change.text, change.base) for change in body.changes]
    services = container.get()
    try:
        saved = await in_thread(
            save,
            user_id,
            request.path_params["slug"],
            changes,
            note=body.note,
            bundler=services.bundler,
            log=services.progress,
        )
    except ChangedMeanwhile as conflict:
        return _conflict(conflict)
    return _saved(saved)


def _saved(saved: SavedFiles) -> Response:
    files: list[dict[str, Any]] = [
        {name: value for name, value in asdict(file).items() if name != "text" or value is not None}
        for file in saved.files
    ]
    return JSONResponse({**asdict(saved), "files": files}, headers=_NO_STORE)


def _conflict(conflict: ChangedMeanwhile) -> Response:
    now = [{"path": file.path, "checksum": file.checksum, "text": file.text} for file in conflict.files]
    return JSONResponse({"error": conflict.message, "conflicts": now}, conflict.status, headers=_NO_STORE)


async def _allowed(request: Request, action: str, limit: str) -> UUID:
    """Who asks. Raises SignInRequired, and LimitReached for who asks too often."""
    user = await signed_in(request)
    await asyncio.to_thread(count_attempt, container.get().redis, action, str(user.id), limit=limit)
    return user.id


async def _read(request: Request, kind: type[_Body]) -> _Body:
    try:
        return kind.model_validate_json(await read_at_most(request, LARGEST_BODY, _TOO_MUCH))
    except ValidationError as error:
        raise InvalidInput("The page sent something that can't be read. Reload it, then try again.") from error


def _route(path: str, endpoint: Endpoint, method: str) -> Route:
    return Route(f"/api/studio/{{slug}}/{path}", endpoint, methods=[method])


routes: list[BaseRoute] = [
    _route("files", get_files, "GET"),
    _route("files", post_files, "POST"),
    _route("files/{path:path}", get_file, "GET"),
]
