"""The prompt box of the start page: makes the app at once, or keeps the prompt until its author has signed in."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound, OverskillError
from overskill.models import GenerationMode
from overskill.routes.cookies import delete_cookie, read_cookie, set_cookie
from overskill.routes.requests import visitor_of
from overskill.services.accounts.sessions import COOKIE, find_session
from overskill.services.apps.create import clean_prompt
from overskill.services.generation.start import start_app
from overskill.services.notes import DRAFT_COOKIE, SECONDS, keep_note, take_note
from overskill.services.rate_limits import count_attempt


async def post_start(request: Request) -> Response:
    form = await request.form(max_fields=5, max_part_size=256 * 1024)
    prompt = _text(form, "prompt")
    services = container.get()
    try:
        clean_prompt(prompt)
        user = await in_thread(find_session, read_cookie(request, COOKIE))
        if user is not None:
            return await _start(user.id, prompt, GenerationMode(_mode(form)), _attachments(form))
        await asyncio.to_thread(count_attempt, services.redis, "draft", visitor_of(request).ip, limit="60/hour")
    except OverskillError as error:
        return await _refused(prompt, error)
    response = RedirectResponse("/sign-up" if services.settings.can_sign_up else "/sign-in", 303)
    draft = await asyncio.to_thread(keep_note, services.redis, "draft", {"prompt": prompt, "mode": _mode(form)})
    set_cookie(response, DRAFT_COOKIE, draft, lifetime=timedelta(seconds=SECONDS["draft"]))
    return response


async def start_draft(request: Request, session_token: str) -> Response | None:
    """The app of the prompt that waited for this sign-in, if one did."""
    name = read_cookie(request, DRAFT_COOKIE)
    draft = await asyncio.to_thread(take_note, container.get().redis, "draft", name) if name else {}
    user = await in_thread(find_session, session_token) if draft else None
    if user is None:
        return None
    try:
        response = await _start(user.id, draft["prompt"], GenerationMode(draft.get("mode", "build")))
    except OverskillError as error:
        response = await _refused(draft["prompt"], error)
    delete_cookie(response, DRAFT_COOKIE)
    return response


async def _start(user_id: UUID, prompt: str, mode: GenerationMode, attachments: Sequence[UUID] = ()) -> Response:
    intake = container.get().intake
    app = await in_thread(start_app, user_id, prompt, intake=intake, mode=mode, attachments=attachments)
    return RedirectResponse(f"/studio/{app.slug}", 303)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _mode(form: FormData) -> str:
    return "plan" if _text(form, "mode") == "plan" else "build"


def _attachments(form: FormData) -> list[UUID]:
    """Raises NotFound for what is no id."""
    try:
        return [UUID(one) for one in _text(form, "attachments").split(",") if one]
    except ValueError as error:
        raise NotFound("Something you attached is no longer there. Remove it and attach it again.") from error


async def _refused(prompt: str, error: OverskillError) -> Response:
    content = {"prompt": prompt[:20_000], "error": error.message}
    note = await asyncio.to_thread(keep_note, container.get().redis, "form", content)
    return RedirectResponse(f"/?{urlencode({'note': note})}", 303)


routes = [Route("/start", post_start, methods=["POST"])]
