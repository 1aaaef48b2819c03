"""Signing up, in and out. Plain forms: the answer sets or clears the cookie and sends the browser on."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotAllowed, OverskillError
from overskill.routes.cookies import delete_cookie, read_cookie, set_cookie
from overskill.routes.requests import safe_next, visitor_of
from overskill.routes.start import start_draft
from overskill.services.accounts.owner import sign_in_owner
from overskill.services.accounts.reset import request_password_reset, reset_password
from overskill.services.accounts.sessions import COOKIE, COOKIE_LIFETIME, end_session
from overskill.services.accounts.users import sign_in, sign_up
from overskill.services.notes import keep_note
from overskill.services.rate_limits import count_attempt

Handler = Callable[[Request, FormData], Awaitable[Response]]
FORGETTABLE = ("email", "name")  # what a refused form shows again; never a password
LIMITS_PER_MACHINE = {"sign-in": "60/5minute", "sign-up": "60/hour", "reset": "30/hour", "owner": "30/hour"}
LIMITS_PER_ACCOUNT = {"sign-in": "10/5minute", "sign-up": "10/hour", "reset": "5/hour"}


async def post_sign_in(request: Request, form: FormData) -> Response:
    email = text(form, "email")
    visitor = visitor_of(request)
    await _limit(request, "sign-in", email)
    token = await in_thread(sign_in, email=email, password=text(form, "password"), visitor=visitor)
    return await _signed_in(request, token, text(form, "next"))


async def post_sign_up(request: Request, form: FormData) -> Response:
    if not container.get().settings.can_sign_up:
        raise NotAllowed("This site takes no sign-ups at the moment. If you have an account, sign in.")
    email = text(form, "email")
    await _limit(request, "sign-up", email)
    token = await in_thread(
        sign_up, name=text(form, "name"), email=email, password=text(form, "password"), visitor=visitor_of(request)
    )
    return await _signed_in(request, token, text(form, "next"))


async def post_sign_out(request: Request, _form: FormData) -> Response:
    await in_thread(end_session, read_cookie(request, COOKIE))
    response = RedirectResponse("/", 303)
    delete_cookie(response, COOKIE)
    return response


async def post_reset(request: Request, form: FormData) -> Response:
    """With a token from the mail: set the password. Without: send the mail."""
    if token := text(form, "token"):
        await _limit(request, "reset")
        session_token = await in_thread(
            reset_password, token=token, password=text(form, "password"), visitor=visitor_of(request)
        )
        return await _signed_in(request, session_token, "/")
    email = text(form, "email")
    await _limit(request, "reset", email)
    await in_thread(request_password_reset, email=email, queue=container.get().queue)
    return RedirectResponse("/reset?sent=1", 303)


async def get_owner(request: Request) -> Response:
    """The link that `overskill up` prints."""
    try:
        await _limit(request, "owner")
        token = await in_thread(sign_in_owner, token=request.query_params.get("token", ""), visitor=visitor_of(request))
    except OverskillError as error:
        return await _refused("/sign-in", FormData(), error)
    return await _signed_in(request, token, "/")


def text(form: FormData, name: str) -> str:
    """ "" for a file. Postgres keeps no text with a NUL character."""
    value = form.get(name, "")
    return value.replace("\x00", "") if isinstance(value, str) else ""


def form_route(path: str, page: str, handler: Handler) -> Route:
    """A form that posts to `path` and stands on `page`, where it comes back to when it is refused."""

    async def endpoint(request: Request) -> Response:
        form = await request.form(max_fields=10, max_part_size=64 * 1024)
        try:
            return await handler(request, form)
        except OverskillError as error:
            return await _refused(page, form, error)

    return Route(path, endpoint, methods=["POST"])


async def _refused(page: str, form: FormData, error: OverskillError) -> Response:
    note = {name: text(form, name)[:300] for name in FORGETTABLE}
    note |= {"error": error.message, "field": error.field}
    query = {"note": await asyncio.to_thread(keep_note, container.get().redis, "form", note)}
    query |= {name: text(form, name) for name in ("next", "token") if text(form, name)}
    return RedirectResponse(f"{page}?{urlencode(query)}", 303)


async def _limit(request: Request, action: str, email: str = "") -> None:
    """By machine, and more strictly by account: neither one machine nor many may guess. Many people can share one."""
    redis = container.get().redis
    ip = visitor_of(request).ip
    await asyncio.to_thread(count_attempt, redis, action, ip, limit=LIMITS_PER_MACHINE[action])
    if email:
        account = email.strip().lower()
        await asyncio.to_thread(count_attempt, redis, action, account, limit=LIMITS_PER_ACCOUNT[action])


async def _signed_in(request: Request, token: str, wanted: str) -> Response:
    """Set the cookie and go on: to the app whose prompt waited for this, or to where they were going."""
    response = await start_draft(request, token) or RedirectResponse(safe_next(wanted), 303)
    set_cookie(response, COOKIE, token, lifetime=COOKIE_LIFETIME)
    return response


routes = [
    form_route("/auth/sign-in", "/sign-in", post_sign_in),
    form_route("/auth/sign-up", "/sign-up", post_sign_up),
    form_route("/auth/sign-out", "/", post_sign_out),
    form_route("/auth/reset", "/reset", post_reset),
    Route("/auth/owner", get_owner),
]
