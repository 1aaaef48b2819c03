"""The settings of one app: what it is called and where it is, its variables, its packages, and its end."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.clients.package_store import PackageSet
from overskill.db import in_thread
from overskill.errors import Conflict, InvalidInput, OverskillError, Unavailable
from overskill.services.accounts.sessions import COOKIE
from overskill.services.apps.env_vars import VariableView
from overskill.services.apps.my_apps import LONGEST_NAME
from overskill.services.apps.packages import PackageUse
from overskill.services.apps.settings import LONGEST_DESCRIPTION
from overskill.services.deployments import STILL_SHOWN
from overskill.services.figures import count_words, size_words
from overskill.services.studio import archive, delete, duplicate
from overskill.services.studio_files import save
from overskill.services.studio_settings import (
    SettingsView,
    copy_to_environment,
    environment_of,
    forget_variable,
    move,
    paste_variables,
    save_general,
    save_variables,
    take_offline,
    tidying,
    view_settings,
)
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import cookie_of, require_user
from overskill.state.toasts import done, later

LONGEST_APP_NAME = LONGEST_NAME
LONGEST_ABOUT = LONGEST_DESCRIPTION
_GONE = "That is not there any more. Reload the page."
ENVIRONMENTS = (("preview", "Preview"), ("staging", "Staging"), ("production", "Production"))


@dataclass(frozen=True)
class VariableRow:
    id: str
    name: str
    value: str  # "" of what is secret
    is_public: bool
    is_readable: bool


@dataclass(frozen=True)
class PackageRow:
    name: str
    version: str
    licence: str
    size: str  # in words; "" while nobody knows
    used_by: str  # "src/App.tsx and 2 more"; "" where nothing imports it
    files: str  # all of them, a line each
    is_available: bool
    is_added: bool  # not all apps have it


@dataclass(frozen=True)
class TeamChoice:
    id: str
    name: str


class AppSettingsState(rx.State):
    is_loaded: bool = False
    slug: str = ""
    name: str = ""
    description: str = ""
    logo: str = ""
    has_icon: bool = False
    may_change: bool = False
    address: str = ""  # where it is, or will be, once published
    live_url: str = ""
    team: str = ""
    teams: list[TeamChoice] = []
    environment: str = "preview"
    variables: list[VariableRow] = []  # of that environment
    packages: list[PackageRow] = []
    needs_tidying: bool = False
    refused: str = ""  # which input of which form: "general.slug"
    refusal: str = ""  # why
    saved: int = 0  # grows with what was saved: forms begin anew
    _variables: list[VariableView] = []

    @rx.event
    async def load(self) -> None:
        await show_settings(self)

    @rx.event
    async def save_general(self, form: dict[str, Any]) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "rename")
        services, before = container.get(), app_in_address(self)
        try:
            slug = await in_thread(
                save_general,
                user.id,
                before,
                name=_text(form, "name"),
                new_slug=_text(form, "slug"),
                description=_text(form, "description"),
                edge=services.edge,
                routes=services.routes,
                log=services.progress,
            )
        except (InvalidInput, Conflict) as refusal:
            _refuse(self, "general", refusal, "slug")
            return []
        if slug != before:
            _accept(self)
            return [rx.redirect(f"/studio/{slug}", replace=True), done("Saved. The editor has another address now.")]
        await show_settings(self)
        return [done("Saved.")]

    @rx.event
    async def choose_environment(self, environment: str) -> None:
        assign(self, environment=environment_of(environment).value, refused="", refusal="")
        self.variables = _rows_of(self._variables, self.environment)

    @rx.event
    async def set_variable(self, form: dict[str, Any]) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "settings")
        services = container.get()
        name = _text(form, "name").strip()
        try:
            await in_thread(
                save_variables,
                user.id,
                app_in_address(self),
                self.environment,
                {name: _text(form, "value")},
                bundler=services.bundler,
                settings=services.settings,
            )
        except InvalidInput as refusal:
            _refuse(self, "variable", refusal, "name")
            return []
        await show_settings(self)
        return [done(f"{name} is set.")]

    @rx.event
    async def paste(self, form: dict[str, Any]) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "settings")
        services = container.get()
        try:
            count = await in_thread(
                paste_variables,
                user.id,
                app_in_address(self),
                self.environment,
                _text(form, "pasted"),
                bundler=services.bundler,
                settings=services.settings,
            )
        except InvalidInput as refusal:
            _refuse(self, "paste", refusal, "pasted", only=True)
            return []
        await show_settings(self)
        return [done(f"{count_words(count, 'variable')} set.")]

    @rx.event
    async def remove_variable(self, variable_id: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        services = container.get()
        name = await in_thread(
            forget_variable,
            user.id,
            app_in_address(self),
            id_in(variable_id, _GONE),
            bundler=services.bundler,
            settings=services.settings,
        )
        await show_settings(self)
        return done(f"{name} was removed.")

    @rx.event
    async def copy_variable(self, variable_id: str, environment: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        services = container.get()
        name = await in_thread(
            copy_to_environment,
            user.id,
            app_in_address(self),
            id_in(variable_id, _GONE),
            environment,
            bundler=services.bundler,
            settings=services.settings,
        )
        await show_settings(self)
        return done(f"{name} is set for {environment}, too.")

    @rx.event
    async def tidy_packages(self) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "settings")
        services, slug = container.get(), app_in_address(self)
        changes = await in_thread(tidying, user.id, slug)
        if not changes:
            return None
        note = "Tidied up package.json"
        await in_thread(save, user.id, slug, changes, note=note, bundler=services.bundler, log=services.progress)
        await show_settings(self)
        return done("package.json names just what the code imports.")

    @rx.event
    async def move(self, form: dict[str, Any]) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        team_id, log = id_in(_text(form, "team"), _GONE), container.get().progress
        team = await in_thread(move, user.id, app_in_address(self), team_id, log=log)
        await show_settings(self)
        return done(f"The app belongs to {team} now.")

    @rx.event
    async def take_offline(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "publish")
        services = container.get()
        is_off = await asyncio.to_thread(take_offline, user.id, app_in_address(self), services.publisher)
        await show_settings(self)
        return done("The app is offline. Publish it again whenever you like.") if is_off else later(STILL_SHOWN)

    @rx.event
    async def duplicate(self) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "copy")
        copy = await in_thread(duplicate, user.id, app_in_address(self))
        return [rx.redirect(f"/studio/{copy.slug}"), done(f"Copied as “{copy.name}”.")]

    @rx.event
    async def archive(self) -> list[EventType[()]]:
        user = await require_user(self)
        await in_thread(archive, user.id, app_in_address(self))
        return [rx.redirect("/studio"), done(f"“{self.name}” is in the archive.")]

    @rx.event
    async def delete(self, form: dict[str, Any]) -> list[EventType[()]]:
        """Only with the app's name typed, so that nobody deletes it by a slip of the hand."""
        user = await require_user(self)
        services, slug = container.get(), app_in_address(self)
        if _text(form, "confirmed").strip() != self.name:
            assign(self, refused="delete.confirmed", refusal=f"Type “{self.name}”, just as it is written.")
            return []
        is_off = await asyncio.to_thread(delete, user.id, slug, services.publisher, shares=services.shares)
        _accept(self)
        words = f"“{self.name}” was deleted. You can bring it back for 30 days."
        return [rx.redirect("/studio"), done(words) if is_off else later(f"{words} {STILL_SHOWN}")]


async def show_settings(state: AppSettingsState) -> None:
    token, settings = cookie_of(state, COOKIE), container.get().settings
    await show_settings_view(state, await in_thread(view_settings, token, app_in_address(state), settings=settings))


async def show_settings_view(state: AppSettingsState, view: SettingsView) -> None:
    """As `show_settings`, of what was read already."""
    services = container.get()
    try:
        sizes = await asyncio.to_thread(services.packages.sizes)
    except Unavailable:
        sizes = {}
    wanted = {use.name: use.version for use in view.packages if use.is_added}
    _show(state, view, sizes, await asyncio.to_thread(services.shelf.find, wanted))
    _accept(state)


def _show(state: AppSettingsState, view: SettingsView, sizes: Mapping[str, int], own: PackageSet | None) -> None:
    assign(
        state,
        is_loaded=True,
        slug=view.slug,
        name=view.name,
        description=view.description,
        logo=view.logo_url,
        has_icon=view.has_icon,
        may_change=view.may_change,
        address=container.get().settings.app_address(view.slug),
        live_url=view.live_url,
        team=view.team,
        teams=[TeamChoice(str(team.id), team.name) for team in view.teams],
        variables=_rows_of(view.variables, state.environment),
        packages=[_package(use, sizes, own) for use in view.packages],
        needs_tidying=view.needs_tidying,
        _variables=view.variables,
    )


def _accept(state: AppSettingsState) -> None:
    assign(state, refused="", refusal="", saved=state.saved + 1)


def _refuse(state: AppSettingsState, form: str, refusal: OverskillError, otherwise: str, *, only: bool = False) -> None:
    """At the input it is about; `only`: the form has no other."""
    named = refusal.field if isinstance(refusal, InvalidInput) and refusal.field and not only else otherwise
    assign(state, refused=f"{form}.{named}", refusal=refusal.message)


def _rows_of(variables: Sequence[VariableView], environment: str) -> list[VariableRow]:
    return [
        VariableRow(str(one.id), one.name, one.value, one.is_public, one.is_readable)
        for one in variables
        if one.environment == environment
    ]


def _package(use: PackageUse, sizes: Mapping[str, int], own: PackageSet | None) -> PackageRow:
    first, others = (use.files[0] if use.files else ""), len(use.files) - 1
    used_by = f"{first} and {others} more" if others > 0 else first
    member = own.member(use.name) if own else None
    size = (own.weights if own and use.is_added else sizes).get(use.name, 0)
    return PackageRow(
        name=use.name,
        version=use.version,
        licence=member.licence if member else use.licence,
        size=size_words(size) if size else "",
        used_by=used_by,
        files="\n".join(use.files),
        is_available=use.is_available and (not use.is_added or own is not None),
        is_added=use.is_added,
    )


def _text(form: dict[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
