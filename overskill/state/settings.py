"""One's own account, and what writes the apps of this instance."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound, OverskillError
from overskill.models import utc_now
from overskill.services.accounts.email_change import change_email
from overskill.services.accounts.sessions import list_sessions, revoke_other_sessions, revoke_session
from overskill.services.accounts.users import change_name, change_password
from overskill.services.providers.view import writer_for
from overskill.services.rate_limits import count_attempt
from overskill.state.session import SessionState, greet_user, require_user
from overskill.state.time_words import ago

P = ParamSpec("P")


@dataclass(frozen=True)
class SessionRow:
    id: str
    device: str
    where: str  # address and last use, in words
    is_current: bool


class SettingsState(rx.State):
    is_loaded: bool = False
    name: str = ""
    email: str = ""
    has_password: bool = True
    sessions: list[SessionRow] = []
    model: str = ""  # its name; "" for recipes
    model_host: str = ""
    refused: str = ""  # which input of which form: "email.current"
    refusal: str = ""  # why

    @rx.event
    async def load(self) -> None:
        user = await greet_user(self)
        views = await in_thread(list_sessions, user.id, current=user.session_id)
        now = utc_now()
        self.name, self.email, self.has_password = user.name, user.email, user.has_password
        self.sessions = [
            SessionRow(
                str(view.id),
                view.device,
                f"{view.ip} · {'active now' if view.is_current else ago(view.last_seen_at, now)}",
                view.is_current,
            )
            for view in views
        ]
        writer = await in_thread(writer_for, user.id, settings=container.get().settings)
        self.model, self.model_host = (writer.model, writer.provider) if writer else ("", "")
        self.refused, self.refusal = "", ""
        self.is_loaded = True

    @rx.event
    async def save_name(self, form: dict[str, str]) -> list[EventType[()]]:
        user = await require_user(self)
        if not await self._do("profile", change_name, user.id, name=form.get("name", "")):
            return []
        return [rx.toast.success("Name saved."), SessionState.load, SettingsState.load]

    @rx.event
    async def save_email(self, form: dict[str, str]) -> list[EventType[()]]:
        user = await require_user(self)
        services = container.get()
        await asyncio.to_thread(count_attempt, services.redis, "change-email", str(user.id), limit="10/hour")
        if not await self._do(
            "email",
            change_email,
            user.id,
            email=form.get("email", ""),
            current=form.get("current", ""),
            queue=services.queue,
        ):
            return []
        return [rx.toast.success("Email changed."), SessionState.load, SettingsState.load]

    @rx.event
    async def save_password(self, form: dict[str, str]) -> list[EventType[()]]:
        user = await require_user(self)
        redis = container.get().redis
        await asyncio.to_thread(count_attempt, redis, "change-password", str(user.id), limit="10/hour")
        if not await self._do(
            "password",
            change_password,
            user.id,
            current=form.get("current", ""),
            wanted=form.get("password", ""),
            keep_session=user.session_id,
        ):
            return []
        return [rx.toast.success("Password changed. Every other browser was signed out."), SettingsState.load]

    @rx.event
    async def revoke(self, session_id: str) -> list[EventType[()]]:
        user = await require_user(self)
        await in_thread(revoke_session, user.id, _session_id(session_id))
        return [rx.toast.success("That browser is signed out."), SettingsState.load]

    @rx.event
    async def revoke_others(self) -> list[EventType[()]]:
        user = await require_user(self)
        await in_thread(revoke_other_sessions, user.id, keep=user.session_id)
        return [rx.toast.success("Every other browser is signed out."), SettingsState.load]

    async def _do(
        self, form: str, service: Callable[Concatenate[Session, P], None], /, *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Whether it was done. What is wrong with one input is said beside it, anything else as on every page."""
        try:
            await in_thread(service, *args, **kwargs)
        except OverskillError as error:
            if not error.field:
                raise
            self.refused, self.refusal = f"{form}.{error.field}", error.message
            return False
        return True


def _session_id(text: str) -> UUID:
    """Handlers can be called with anything."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("That session is not there any more.") from None
