"""Users: found, given credits, signed out; they are suspended and restored in admin_decide.py."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill.db import in_thread
from overskill.errors import InvalidInput, OverskillError
from overskill.services.admin.people import UserView, end_session, find_users, give_credits, sessions_of, sign_out
from overskill.services.figures import count_words
from overskill.state.admin import enter
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done

_GONE = "This account is not there any more. Reload the page."


@dataclass(frozen=True)
class UserRow:
    id: str
    email: str
    name: str
    is_admin: bool
    is_suspended: bool
    reason: str
    is_own: bool
    note: str  # "3 apps, signed in to 2 browsers"
    joined_at: str  # ISO


@dataclass(frozen=True)
class BrowserRow:
    id: str
    device: str
    ip: str
    last_seen_at: str  # ISO


class UsersState(rx.State):
    is_loaded: bool = False
    words: str = ""
    rows: list[UserRow] = []
    chosen_id: str = ""  # of whom credits are given to, or who is signed out
    chosen_name: str = ""
    wish: str = ""  # "credits", "sign_out", "browsers", or "" for none
    browsers: list[BrowserRow] = []  # that who is chosen is signed in with
    ending_id: str = ""  # the one of them that is signed out; "" for none yet
    refusal: str = ""

    @rx.event
    async def load(self) -> None:
        if admin := await enter(self):
            await _read(self, admin.id, self.router.url.query_parameters.get("q", "") or self.words)

    @rx.event
    async def search(self, form: dict[str, str]) -> None:
        admin = await require_admin(self)
        await _read(self, admin.id, form.get("q", ""))

    @rx.event
    async def choose(self, user_id: str, name: str, wish: str) -> None:
        await require_admin(self)
        browsers = await _browsers(user_id) if wish == "browsers" else []
        assign(self, chosen_id=user_id, chosen_name=name, wish=wish, refusal="", browsers=browsers, ending_id="")

    @rx.event
    async def close(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, wish="", refusal="", browsers=[], ending_id="")

    @rx.event
    async def choose_browser(self, session_id: str) -> None:
        """To be signed out; "" goes back to all of them."""
        await require_admin(self)
        assign(self, ending_id=session_id, refusal="")

    @rx.event
    async def end_browser(self, form: dict[str, str]) -> list[EventType[()]]:
        admin = await require_admin(self)
        user_id, session_id = id_in(self.chosen_id, _GONE), id_in(self.ending_id, _GONE)
        try:
            await in_thread(end_session, admin.id, user_id, session_id, form.get("reason", ""))
        except OverskillError as error:
            assign(self, refusal=error.message)
            return []
        assign(self, refusal="", ending_id="", browsers=await _browsers(self.chosen_id))
        await _read(self, admin.id, self.words)
        return [done("That browser is signed out.")]

    @rx.event
    async def give(self, form: dict[str, str]) -> list[EventType[()]]:
        admin = await require_admin(self)
        user_id, amount, reason = id_in(self.chosen_id, _GONE), form.get("credits", ""), form.get("reason", "")
        try:
            moved = await in_thread(give_credits, admin.id, user_id, amount, reason)
        except OverskillError as error:
            assign(self, refusal=error.message)
            return []
        assign(self, wish="")
        return [done(f"{count_words(moved, 'credit')} given.")]

    @rx.event
    async def sign_out(self, form: dict[str, str]) -> list[EventType[()]]:
        admin = await require_admin(self)
        user_id = id_in(self.chosen_id, _GONE)
        try:
            ended = await in_thread(sign_out, admin.id, user_id, form.get("reason", ""))
        except InvalidInput as error:
            assign(self, refusal=error.message)
            return []
        assign(self, wish="")
        await _read(self, admin.id, self.words)
        return [done(f"Signed out of {count_words(ended, 'browser')}.")]


async def _browsers(user_id: str) -> list[BrowserRow]:
    found = await in_thread(sessions_of, id_in(user_id, _GONE))
    return [BrowserRow(str(one.id), one.device, one.ip, one.last_seen_at.isoformat()) for one in found]


async def _read(state: UsersState, admin_id: UUID, words: str) -> None:
    found = await in_thread(find_users, admin_id, words[:100])
    assign(state, words=words[:100], rows=[_row(user) for user in found], is_loaded=True)


def _row(user: UserView) -> UserRow:
    note = f"{count_words(user.apps, 'app')}, signed in to {count_words(user.sessions, 'browser')}"
    return UserRow(
        id=user.id,
        email=user.email,
        name=user.name,
        is_admin=user.is_admin,
        is_suspended=user.is_suspended,
        reason=user.reason,
        is_own=user.is_own,
        note=note,
        joined_at=user.joined_at.isoformat(),
    )
