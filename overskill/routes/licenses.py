"""Licence keys, for programs that ask whether they are paid for. docs/marketplace.md has examples.

POST /api/licenses/validate         {"key", "activation_id"?, "conditions"?, "increment_usage"?} -> {"valid", …}
POST /api/licenses/activate         {"key", "label", "conditions"?, "meta"?} -> 201, {"id", …}
POST /api/licenses/deactivate       {"key", "activation_id"} -> 204
POST /api/licenses/{id}/rotate      by its holder, signed in -> {"key"}: another key, all activations end
POST /api/licenses/{id}/revoke-key  by its holder, signed in -> 204: as rotate, without another key until one is shown
"""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from overskill import container
from overskill.db import in_thread
from overskill.models import LicenseActivation
from overskill.routes.access import allowed, answers_failures
from overskill.routes.requests import read_body, visitor_of
from overskill.services.market import license_checks, licenses
from overskill.services.market.library_actions import withdraw_key
from overskill.services.rate_limits import count_attempt

NO_STORE = {"cache-control": "no-store"}
LARGEST_BODY = 8 * 1024
_TOO_MUCH = "That is more than a licence needs. Send at most 8 kB."
_Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]  # what Postgres keeps
_Value = _Text | int | float | bool | None
_Facts = Annotated[dict[_Text, _Value], Field(max_length=30)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    key: _Text = Field(min_length=1, max_length=200)


class Validation(_Asked):
    activation_id: UUID | None = None
    conditions: _Facts = Field(default_factory=dict)
    increment_usage: int = Field(default=0, ge=0, le=1_000_000)


class Activation(_Asked):
    label: _Text = Field(min_length=1, max_length=120)
    conditions: _Facts = Field(default_factory=dict)
    meta: _Facts = Field(default_factory=dict)


class Deactivation(_Asked):
    activation_id: UUID


@answers_failures
async def post_validate(request: Request) -> Response:
    await _limit(request)
    asked = await read_body(request, Validation, largest=LARGEST_BODY, refusal=_TOO_MUCH)
    found = await in_thread(
        license_checks.validate,
        asked.key,
        activation_id=asked.activation_id,
        conditions=asked.conditions,
        increment_usage=asked.increment_usage,
    )
    row = found.license
    answer = {
        "valid": not found.reason,
        "reason": found.reason,
        "status": row.status.value,
        "kind": row.kind.value,
        "listing": found.listing,
        "expires_at": row.expires_at.isoformat() if row.expires_at else None,
        "usage": row.usage,
        "most_usage": row.most_usage,
        "activations": row.activation_count,
        "most_activations": row.most_activations,
        "activation": _json(found.activation) if found.activation else None,
    }
    return JSONResponse(answer, headers=NO_STORE)


@answers_failures
async def post_activate(request: Request) -> Response:
    await _limit(request)
    asked = await read_body(request, Activation, largest=LARGEST_BODY, refusal=_TOO_MUCH)
    made = await in_thread(
        license_checks.activate, asked.key, label=asked.label, conditions=asked.conditions, meta=asked.meta
    )
    return JSONResponse(_json(made), 201, headers=NO_STORE)


@answers_failures
async def post_deactivate(request: Request) -> Response:
    await _limit(request)
    asked = await read_body(request, Deactivation, largest=LARGEST_BODY, refusal=_TOO_MUCH)
    await in_thread(license_checks.deactivate, asked.key, asked.activation_id)
    return Response(status_code=204)


@answers_failures
async def post_rotate(request: Request) -> Response:
    user_id = await allowed(request, "license-key", "30/hour")
    settings, key = container.get().settings, request.path_params["license_id"]
    return JSONResponse(
        {"key": await in_thread(licenses.rotate_key, user_id, key, settings=settings)}, headers=NO_STORE
    )


@answers_failures
async def post_revoke_key(request: Request) -> Response:
    user_id = await allowed(request, "license-key", "30/hour")
    await in_thread(withdraw_key, user_id, request.path_params["license_id"])
    return Response(status_code=204)


async def _limit(request: Request) -> None:
    """Counted by address, before anything is read: keys are not to be guessed."""
    await asyncio.to_thread(
        count_attempt, container.get().redis, "license-check", visitor_of(request).ip, limit="120/minute"
    )


def _json(row: LicenseActivation) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "label": row.label,
        "conditions": row.conditions,
        "meta": row.meta,
        "created_at": row.created_at.isoformat(),
    }


routes: list[BaseRoute] = [
    Route("/api/licenses/validate", post_validate, methods=["POST"]),
    Route("/api/licenses/activate", post_activate, methods=["POST"]),
    Route("/api/licenses/deactivate", post_deactivate, methods=["POST"]),
    Route("/api/licenses/{license_id:uuid}/rotate", post_rotate, methods=["POST"]),
    Route("/api/licenses/{license_id:uuid}/revoke-key", post_revoke_key, methods=["POST"]),
]
