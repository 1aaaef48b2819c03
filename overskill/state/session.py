"""Who is looking at the page. The cookie is HttpOnly and stays on the server; the row is looked up each time."""

import reflex as rx
from reflex.event import EventSpec
from starlette.requests import cookie_parser

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound, SignInRequired
from overskill.services.accounts.sessions import COOKIE, SIGNED_OUT, SignedIn, find_session
from overskill.services.market.news import find_reader


class SessionState(rx.State):
    """What the frame of every page shows about its user. Never trusted: handlers call `require_user`."""

    is_loaded: bool = False  # False: nobody looked yet; show neither a name nor "Sign in"
    is_signed_in: bool = False
    can_sign_up: bool = True
    is_admin: bool = False
    name: str = ""
    email: str = ""
    initials: str = ""
    has_news: bool = False  # of creators that they follow, and did not look at

    @rx.event
    async def load(self) -> None:
        await greet(self)

    @rx.event
    async def skip_if_signed_in(self) -> EventSpec | None:
        """For the sign-in pages."""
        return rx.redirect("/") if await greet(self) else None


async def greet(state: rx.State) -> SignedIn | None:
    """As `SessionState.load`, for a page whose own rows depend on who looks at it: one look-up is enough for both."""
    user, has_news = await in_thread(find_reader, cookie_of(state, COOKIE))
    await show_user(state, user)
    (await state.get_state(SessionState)).has_news = has_news
    return user


async def show_user(state: rx.State, user: SignedIn | None) -> None:
    """In the frame of the page."""
    session = await state.get_state(SessionState)
    session.is_signed_in = user is not None
    session.can_sign_up = container.get().settings.can_sign_up
    if user is not None:
        session.name, session.email, session.is_admin = user.name, user.email, user.is_admin
        session.initials = "".join(word[0] for word in user.name.split()[:2]).upper()
    session.is_loaded = True


async def greet_user(state: rx.State) -> SignedIn:
    """As `greet`, for the `load` of a page that needs somebody: what it raises sends a stranger to the sign-in page."""
    user = await greet(state)
    if user is None:
        raise SignInRequired(SIGNED_OUT)
    return user


def cookie_of(state: rx.State, name: str) -> str:
    """What this tab's websocket was opened with; "" when there is none."""
    cookies: dict[str, str] = cookie_parser(state.router.headers.cookie or "")
    return cookies.get(container.get().settings.cookie_name(name), "")


async def current_user(state: rx.State) -> SignedIn | None:
    token = cookie_of(state, COOKIE)
    return await in_thread(find_session, token) if token else None  # spare strangers a query


async def require_user(state: rx.State) -> SignedIn:
    """The signed-in user, from the database. Call it first in every handler that shows or changes something:
    what it raises sends a stranger to the sign-in page and back."""
    user = await current_user(state)
    if user is None:
        raise SignInRequired(SIGNED_OUT)
    return user


async def require_admin(state: rx.State) -> SignedIn:
    """As `require_user`, for the admin's desk. To everybody else there is nothing there: raises NotFound."""
    user = await require_user(state)
    if not user.is_admin:
        raise NotFound("There is nothing at this address.")
    return user
