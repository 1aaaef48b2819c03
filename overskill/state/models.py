"""Which models write for a team: its lists and how each model does, keys of one's own, and servers on this machine."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.clients.models import ModelRole
from overskill.db import in_thread
from overskill.errors import InvalidInput, NotAllowed, NotFound, OverskillError
from overskill.services.figures import count_words
from overskill.services.providers.checkup import look_at
from overskill.services.providers.discovery import find_servers
from overskill.services.providers.keys import (
    KeyOwner,
    checked_connection,
    remove_key,
    save_key,
    saved_connection,
    try_connection,
)
from overskill.services.providers.lists import add_model, move_model, remove_model, use_usual_models
from overskill.services.providers.roles import Entry
from overskill.services.providers.sources import known_addresses
from overskill.services.providers.view import ModelsView, view_models
from overskill.services.rate_limits import count_attempt
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.model_rows import (
    KeyRow,
    LocalServerRow,
    RoleRow,
    TeamChoice,
    key_row,
    role_rows,
    server_row,
    with_states,
)
from overskill.state.session import greet_user, require_user
from overskill.state.toasts import done

OTHER = "other"  # in the list of providers: one whose address is typed in
_GONE = "That is not there any more. Reload the page."


class ModelsState(rx.State):
    is_loaded: bool = False
    writer: str = ""  # "moonshotai/kimi-k2 at openrouter"; "" for recipes
    teams: list[TeamChoice] = []
    team_id: str = ""
    may_change: bool = False
    roles: list[RoleRow] = []
    providers: list[str] = []  # that a model can be asked at
    known: list[str] = []  # whose address nobody has to type
    keys: list[KeyRow] = []
    servers: list[LocalServerRow] = []
    has_searched: bool = False
    is_searching: bool = False
    key_provider: str = ""  # chosen in the form
    saved: int = 0  # keys so far: with each the form is as it was at first
    is_trying: bool = False
    added: int = 0  # models so far, likewise
    refused: str = ""  # which input of which form: "build.model", "key.base_url"
    refusal: str = ""  # why

    @rx.event
    async def load(self) -> AsyncIterator[EventType[()] | None]:
        user = await greet_user(self)
        yield None  # its frame is shown also to who is in no team
        await self._show(user.id)
        self.refused, self.refusal = "", ""
        yield ModelsState.look_up

    @rx.event
    async def show_team(self, team_id: str) -> EventType[()]:
        user = await require_user(self)
        self.team_id = str(id_in(team_id, _GONE))
        await self._show(user.id)
        return ModelsState.look_up

    @rx.event(background=True, supersedes=True)
    async def look_up(self) -> None:
        """Ask the providers about the models on the page, which takes seconds at times."""
        services = container.get()
        async with self:
            user = await require_user(self)
            view = await self._view(user.id)
        look = partial(
            look_at, view.entries, view.providers, lists=services.models.lists, breakers=services.models.breakers
        )
        found = await asyncio.to_thread(look)
        async with self:
            self.roles = [with_states(row, found, is_admin=user.is_admin) for row in self.roles]

    @rx.event
    async def add_model(self, form: dict[str, str]) -> list[EventType[()]]:
        user = await require_user(self)
        role = _role_in(form.get("role", ""))
        entry = Entry(form.get("provider", ""), form.get("model", ""))
        if entry.provider not in self.providers:
            raise InvalidInput("Choose a provider from the list.")
        try:
            await self._change(user.id, add_model, role, entry)
        except OverskillError as error:
            if not error.field:
                raise
            self.refused, self.refusal = f"{role}.{error.field}", error.message
            return []
        self.added += 1
        return [done("Model added."), ModelsState.look_up]

    @rx.event
    async def move(self, role: str, key: str, direction: str) -> EventType[()]:
        user = await require_user(self)
        if direction not in ("up", "down"):
            raise InvalidInput(_GONE)
        await self._change(user.id, move_model, _role_in(role), key, direction)
        return ModelsState.look_up

    @rx.event
    async def remove(self, role: str, key: str) -> EventType[()]:
        user = await require_user(self)
        await self._change(user.id, remove_model, _role_in(role), key)
        return ModelsState.look_up

    @rx.event
    async def use_usual(self, role: str) -> EventType[()]:
        user = await require_user(self)
        await in_thread(use_usual_models, id_in(self.team_id, _GONE), user.id, _role_in(role))
        await self._show(user.id)
        return ModelsState.look_up

    @rx.event
    async def choose_provider(self, name: str) -> None:
        self.key_provider = name

    @rx.event
    async def add_key(self, form: dict[str, str]) -> AsyncIterator[EventType[()] | None]:
        """Try a key, then keep it."""
        user = await require_user(self)
        services = container.get()
        chosen = form.get("provider", "")
        name = form.get("name", "") if chosen == OTHER else chosen
        team = id_in(self.team_id, _GONE) if form.get("owner") == "team" else None
        self.is_trying = True
        yield None  # the button turns while the provider is asked
        try:
            connection = checked_connection(
                name,
                form.get("base_url", ""),
                form.get("key", ""),
                settings=services.settings,
                is_admin=user.is_admin,
            )
            await self._count(user.id)
            await asyncio.to_thread(partial(try_connection, connection, lists=services.models.lists))
            await in_thread(save_key, KeyOwner(user.id, team), connection, settings=services.settings)
        except OverskillError as error:
            if not error.field:
                raise
            self.refused, self.refusal = f"key.{error.field}", error.message
            return
        finally:
            self.is_trying = False
        self.saved += 1
        await self._show(user.id)
        yield done("Key saved. Models of this provider can be added now.")
        yield ModelsState.look_up

    async def _count(self, user_id: UUID) -> None:
        redis = container.get().redis
        await asyncio.to_thread(count_attempt, redis, "provider-key", str(user_id), limit="30/hour")

    @rx.event
    async def try_key(self, key_id: str) -> list[EventType[()]]:
        user = await require_user(self)
        services = container.get()
        await self._count(user.id)
        connection = await in_thread(saved_connection, user.id, id_in(key_id, _GONE), settings=services.settings)
        count = await asyncio.to_thread(partial(try_connection, connection, lists=services.models.lists))
        return [done(f"The key works: {connection.name} lists {count_words(count, 'model')}.")]

    @rx.event
    async def remove_key(self, key_id: str) -> list[EventType[()]]:
        user = await require_user(self)
        await in_thread(remove_key, user.id, id_in(key_id, _GONE))
        await self._show(user.id)
        return [done("Key removed."), ModelsState.look_up]

    @rx.event(background=True, supersedes=True)
    async def search(self) -> None:
        """Look for model servers on this machine: what it finds is the operator's business alone."""
        async with self:
            user = await require_user(self)
            if not user.is_admin:
                raise NotAllowed("Only an admin of this OverSkill may look for servers on its machine.")
            self.is_searching = True
        try:
            found = await asyncio.to_thread(find_servers, container.get().models.local)
        finally:
            async with self:
                self.is_searching = False
        async with self:
            self.servers = [server_row(server) for server in found]
            self.has_searched = True

    async def _change(self, user_id: UUID, service: Callable[..., None], *facts: object) -> None:
        settings = container.get().settings
        await in_thread(service, id_in(self.team_id, _GONE), user_id, *facts, settings=settings)
        await self._show(user_id)

    async def _view(self, user_id: UUID) -> ModelsView:
        team_id = id_in(self.team_id, _GONE) if self.team_id else None
        return await in_thread(view_models, user_id, team_id, settings=container.get().settings)

    async def _show(self, user_id: UUID) -> None:
        view = await self._view(user_id)
        known = list(known_addresses(container.get().settings))
        assign(
            self,
            writer=f"{view.writer.model} at {view.writer.provider}" if view.writer else "",
            teams=[TeamChoice(str(team.id), team.name) for team in view.teams],
            team_id=str(view.team.id),
            may_change=view.team.may_change,
            roles=role_rows(view.lists, self.roles),
            providers=list(view.providers),
            known=known,
            keys=[key_row(key, may_change_team=view.team.may_change) for key in view.keys],
            key_provider=self.key_provider or known[0],
            refused="",
            refusal="",
            is_loaded=True,
        )


def _role_in(text: str) -> ModelRole:
    try:
        return ModelRole(text)
    except ValueError:
        raise NotFound(_GONE) from None
