"""`/api/studio/{slug}/…`: the files of an app, for the editors in the browser.

    GET  files             {"revision", "version", "files": [{"path", "checksum", "size", "locked"}]}
    GET  files/{path}      {"path", "checksum", "text", "locked"}
    POST files             {"changes": [{"path", "text" or null, "base": checksum or null}], "note", "typing"}
      -> saved: {"revision", "version", "files": [{"path", "checksum" or null, "text" if it is another}], "diagnostics",
                "said": sentences}
      -> 409 {"error", "conflicts": [{"path", "checksum" or null, "text" or null}]}, and nothing is saved
    POST files/rename      {"from", "to"}: a file or a folder; imports of it follow -> saved
    POST files/lock        {"path", "locked"}: a file or a folder -> {"paths", "locked"}
    GET  search            ?q=&case=1&word=1&regex=1 -> found: {"is_cut", "files": [{"path", "count", "hits":
                           [{"line", "column", "length", "preview", "at"}]}]}
    POST replace           {"q", "case", "word", "regex", "replacement"} -> found, with "base" of each file and
                           "replaced" of each hit; with {"files": [{"path", "base"}]} too -> saved, in these files
    GET  conflicts         ?turn=&path= -> {"path", "mine" or null, "theirs" or null}
    POST conflicts         {"turn", "path", "keep": "mine" or "theirs"} -> {"conflicts": those left of the turn}

`base` is the checksum of what a text was made from; null: of no file. A null text removes the file. While somebody is
`typing`, package.json stays as it is typed; otherwise ranges in it become the versions that they take.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, TypedDict, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.clients.bundler import Bundler
from overskill.clients.codebase import Codebase, Found, Query
from overskill.db import in_thread
from overskill.errors import InvalidInput, NotFound
from overskill.routes.access import Endpoint, allowed, answers_failures
from overskill.routes.requests import read_body
from overskill.services.apps.saving import LARGEST_APP, ChangedMeanwhile, FileChange
from overskill.services.packages import Pins
from overskill.services.progress import ProgressLog
from overskill.services.studio_codebase import preview_replacing, rename_path, replace_all, search
from overskill.services.studio_conflicts import Choice, resolve_conflict, view_conflict
from overskill.services.studio_files import SavedFiles, list_files, lock_path, read_text, save

LARGEST_BODY = 2 * LARGEST_APP  # JSON writes a line break as two characters
_TOO_MUCH = f"That is more than an app can hold: at most {LARGEST_APP >> 20} MB of files."
_NO_STORE = {"cache-control": "no-store"}
Checksum = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Path = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Note = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
_Body = TypeVar("_Body", bound=BaseModel)


class Change(BaseModel):
    path: str
    text: str | None
    base: Checksum | None


class Save(BaseModel):
    changes: list[Change]
    note: Note = ""
    typing: bool = False


class Rename(BaseModel):
    path: Path = Field(alias="from")
    to: Path


class Lock(BaseModel):
    path: Path
    locked: bool


class Search(BaseModel):
    text: str = Field(alias="q")
    is_case: bool = Field(False, alias="case")
    is_word: bool = Field(False, alias="word")
    is_regex: bool = Field(False, alias="regex")

    def query(self) -> Query:
        return Query(self.text, self.is_case, self.is_word, self.is_regex)


class LookedAt(BaseModel):
    path: Path
    base: Checksum


class Replace(Search):
    replacement: Note
    files: list[LookedAt] | None = None


class Choose(BaseModel):
    turn: UUID
    path: Path
    keep: Choice


@answers_failures
async def get_files(request: Request) -> Response:
    user_id = await allowed(request, "read-files", "600/minute")
    found = await in_thread(list_files, user_id, _slug(request))
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def get_file(request: Request) -> Response:
    user_id = await allowed(request, "read-files", "600/minute")
    found = await in_thread(read_text, user_id, _slug(request), request.path_params["path"])
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def post_files(request: Request) -> Response:
    user_id = await allowed(request, "save-files", "300/minute")
    body = await _read(request, Save)
    changes = [FileChange(change.path, change.text, change.base) for change in body.changes]
    services = container.get()
    try:
        saved = await in_thread(
            save,
            user_id,
            _slug(request),
            changes,
            note=body.note,
            pins=None if body.typing else Pins(services.shelf),
            bundler=services.bundler,
            log=services.progress,
        )
    except ChangedMeanwhile as conflict:
        return _conflict(conflict)
    return _saved(saved)


@answers_failures
async def post_rename(request: Request) -> Response:
    user_id = await allowed(request, "rename-files", "120/minute")
    body = await _read(request, Rename)
    return _saved(await in_thread(rename_path, user_id, _slug(request), body.path, body.to, **_parts()))


@answers_failures
async def post_lock(request: Request) -> Response:
    user_id = await allowed(request, "lock-files", "120/minute")
    body = await _read(request, Lock)
    log = container.get().progress
    paths = await in_thread(lock_path, user_id, _slug(request), body.path, is_locked=body.locked, log=log)
    return JSONResponse({"paths": paths, "locked": body.locked}, headers=_NO_STORE)


@answers_failures
async def get_search(request: Request) -> Response:
    user_id = await allowed(request, "search-files", "120/minute")
    try:
        query = Search.model_validate({name: value for name, value in request.query_params.items() if value}).query()
    except ValidationError as error:
        raise InvalidInput("Say what to search for.") from error
    found = await in_thread(search, user_id, _slug(request), query, codebase=container.get().codebase)
    return JSONResponse(_found(found), headers=_NO_STORE)


@answers_failures
async def post_replace(request: Request) -> Response:
    user_id = await allowed(request, "replace-in-files", "120/minute")
    body = await _read(request, Replace)
    slug, query, replacement = _slug(request), body.query(), body.replacement
    if body.files is None:
        codebase = container.get().codebase
        shown = await in_thread(preview_replacing, user_id, slug, query, replacement, codebase=codebase)
        return JSONResponse(_found(shown.found, shown.bases), headers=_NO_STORE)
    bases = {file.path: file.base for file in body.files}
    return _saved(await in_thread(replace_all, user_id, slug, query, replacement, bases, **_parts()))


@answers_failures
async def get_conflict(request: Request) -> Response:
    user_id = await allowed(request, "read-files", "600/minute")
    asked = request.query_params
    try:
        turn_id = UUID(asked.get("turn", ""))
    except ValueError as error:
        raise NotFound("There is no such turn in this app.") from error
    found = await in_thread(view_conflict, user_id, _slug(request), turn_id, asked.get("path", ""))
    return JSONResponse(asdict(found), headers=_NO_STORE)


@answers_failures
async def post_conflict(request: Request) -> Response:
    user_id = await allowed(request, "save-files", "300/minute")
    body = await _read(request, Choose)
    services = container.get()
    left = await in_thread(
        resolve_conflict,
        user_id,
        _slug(request),
        body.turn,
        body.path,
        body.keep,
        bundler=services.bundler,
        log=services.progress,
    )
    return JSONResponse({"conflicts": left}, headers=_NO_STORE)


def _slug(request: Request) -> str:
    return str(request.path_params["slug"])


class _Parts(TypedDict):
    bundler: Bundler
    codebase: Codebase
    log: ProgressLog


def _parts() -> _Parts:
    services = container.get()
    return {"bundler": services.bundler, "codebase": services.codebase, "log": services.progress}


def _found(found: Found, bases: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Without the texts: nobody looks at all of them."""
    files = []
    for file in found.files:
        base = {} if bases is None else {"base": bases[file.path]}
        files.append({"path": file.path, "count": file.count, **base, "hits": [asdict(hit) for hit in file.hits]})
    return {"is_cut": found.is_cut, "files": files}


def _saved(saved: SavedFiles) -> Response:
    files: list[dict[str, Any]] = [
        {name: value for name, value in asdict(file).items() if name != "text" or value is not None}
        for file in saved.files
    ]
    return JSONResponse({**asdict(saved), "files": files}, headers=_NO_STORE)


def _conflict(conflict: ChangedMeanwhile) -> Response:
    now = [{"path": file.path, "checksum": file.checksum, "text": file.text} for file in conflict.files]
    return JSONResponse({"error": conflict.message, "conflicts": now}, conflict.status, headers=_NO_STORE)


async def _read(request: Request, kind: type[_Body]) -> _Body:
    return await read_body(request, kind, largest=LARGEST_BODY, refusal=_TOO_MUCH)


def _route(path: str, endpoint: Endpoint, method: str) -> Route:
    return Route(f"/api/studio/{{slug}}/{path}", endpoint, methods=[method])


routes: list[BaseRoute] = [
    _route("files", get_files, "GET"),
    _route("files", post_files, "POST"),
    _route("files/rename", post_rename, "POST"),
    _route("files/lock", post_lock, "POST"),
    _route("files/{path:path}", get_file, "GET"),
    _route("search", get_search, "GET"),
    _route("replace", post_replace, "POST"),
    _route("conflicts", get_conflict, "GET"),
    _route("conflicts", post_conflict, "POST"),
]
