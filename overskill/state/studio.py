"""My apps: found, renamed, copied, put away and taken back."""

import asyncio
import time
from dataclasses import dataclass, replace
from functools import partial

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound
from overskill.models import AppStatus, utc_now
from overskill.services.apps import LONGEST_PROMPT, AppSummary, list_apps
from overskill.services.apps.gallery import logo_url
from overskill.services.apps.my_apps import DAYS_TO_UNDO_DELETE, LONGEST_NAME
from overskill.services.deployments import STILL_SHOWN
from overskill.services.studio import archive, bring_back, delete, duplicate, rename
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.outages import outlast
from overskill.state.session import require_user
from overskill.state.toasts import done, later

LONGEST_MESSAGE = LONGEST_PROMPT
LONGEST_APP_NAME = LONGEST_NAME
LOOK_AGAIN_SECONDS = 2.5
LONGEST_WATCH_SECONDS = 900


@dataclass(frozen=True)
class AppCard:
    slug: str
    name: str
    about: str  # its description, else the prompt it began with
    description: str
    logo: str
    accent: str
    thumbnail: str
    state: str  # "working", "live", "draft" or "empty"
    live_url: str
    at: str  # ISO time of the last change
    days_left: int  # until a deleted app is gone for good


NOBODY = AppCard("", "", "", "", "", "", "", "", "", "", 0)


class StudioState(rx.State):
    is_loaded: bool = False
    imports_from_github: bool = False  # the operator has set up a GitHub App
    status: str = AppStatus.ACTIVE.value
    query: str = ""
    apps: list[AppCard] = []
    renaming: AppCard = NOBODY
    deleting: AppCard = NOBODY

    @rx.var
    def found(self) -> list[AppCard]:
        words = self.query.lower().split()
        return [app for app in self.apps if all(word in f"{app.name} {app.about}".lower() for word in words)]

    @rx.event
    async def load(self) -> EventType[()]:
        await _read(self)
        self.imports_from_github = container.get().settings.has_github
        return StudioState.watch

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """While an app is being written, look again: it gets a name, a picture, and is done."""
        until = time.monotonic() + LONGEST_WATCH_SECONDS
        while time.monotonic() < until:
            async with self:
                if not any(app.state == "working" for app in self.apps):
                    return
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            await outlast(self, partial(_look, self))

    @rx.event
    async def show(self, status: str) -> None:
        self.status = _status_in(status).value
        self.query = ""
        await _read(self)

    @rx.event
    async def search(self, query: str) -> None:
        self.query = query[:100]

    @rx.event
    async def ask_name(self, slug: str) -> None:
        self.renaming = _card(self, slug)

    @rx.event
    async def close_dialogs(self, _is_open: bool = False) -> None:
        assign(self, renaming=NOBODY, deleting=NOBODY)

    @rx.event
    async def rename(self, form: dict[str, str]) -> None:
        user = await require_user(self)
        await limit(user, "rename")
        await in_thread(rename, user.id, self.renaming.slug, form.get("name", ""), log=container.get().progress)
        self.renaming = NOBODY
        await _read(self)

    @rx.event
    async def duplicate(self, slug: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "copy")
        copy = await in_thread(duplicate, user.id, slug)
        await _read(self)
        return done(f"Copied as “{copy.name}”.")

    @rx.event
    async def archive(self, slug: str) -> EventType[()]:
        user = await require_user(self)
        name = _card(self, slug).name
        await in_thread(archive, user.id, slug)
        await _read(self)
        return done(f"“{name}” is in the archive.", undo=_back(slug))

    @rx.event
    async def ask_delete(self, slug: str) -> None:
        self.deleting = _card(self, slug)

    @rx.event
    async def delete(self) -> EventType[()]:
        user = await require_user(self)
        gone, services = self.deleting, container.get()
        is_off = await asyncio.to_thread(delete, user.id, gone.slug, services.publisher, shares=services.shares)
        self.deleting = NOBODY
        await _read(self)
        if not is_off:
            return later(f"“{gone.name}” was deleted. {STILL_SHOWN}", undo=_back(gone.slug))
        return done(f"“{gone.name}” was deleted.", undo=_back(gone.slug))

    @rx.event
    async def bring_back(self, slug: str) -> EventType[()]:
        user = await require_user(self)
        await in_thread(bring_back, user.id, slug)
        await _read(self)
        return done("It is back among your apps.")


async def _look(state: StudioState) -> None:
    async with state:
        await _read(state)


async def _read(state: StudioState) -> None:
    user = await require_user(state)
    apps = await in_thread(list_apps, user.id, status=AppStatus(state.status))
    assign(state, apps=[card_of(app) for app in apps], is_loaded=True)


def _status_in(text: str) -> AppStatus:
    try:
        return AppStatus(text)
    except ValueError:
        raise NotFound("There is no such list of apps.") from None


def _card(state: StudioState, slug: str) -> AppCard:
    return next((replace(app) for app in state.apps if app.slug == slug), NOBODY)


def _back(slug: str) -> EventType[()]:
    return StudioState.bring_back(slug)  # type: ignore[no-any-return, operator]  # Reflex types handlers as uncallable


def card_of(app: AppSummary) -> AppCard:
    passed = (utc_now() - app.deleted_at).days if app.deleted_at else 0
    return AppCard(
        slug=app.slug,
        name=app.name,
        about=app.description or app.prompt.strip().split("\n", 1)[0][:160],
        description=app.description,
        logo=logo_url(app.icon, app.logo),
        accent=app.accent,
        thumbnail=app.thumbnail,
        state=_state_of(app),
        live_url=app.live_url,
        at=app.changed_at.isoformat(),
        days_left=DAYS_TO_UNDO_DELETE - passed,
    )


def _state_of(app: AppSummary) -> str:
    if app.is_working:
        return "working"
    if app.is_live:
        return "live"
    return "draft" if app.version else "empty"
