"""The editor of one app: what it is called, what is open, and everything that follows its changes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import LimitReached, NotFound, SignInRequired, Unavailable
from overskill.services.accounts.sessions import COOKIE
from overskill.services.apps.gallery import logo_url
from overskill.services.apps.my_apps import LONGEST_NAME
from overskill.services.generation import app_topic
from overskill.services.studio import EditorView, prepare_preview, rename, restore, undo_last, view_editor
from overskill.services.studio_tabs import PublishTab, SettingsTab
from overskill.state.address import app_in_address
from overskill.state.app_settings import AppSettingsState, show_settings_view
from overskill.state.base import assign
from overskill.state.chat import NEWEST, ChatState, show_turns
from overskill.state.credits import CreditsLeftState, show_credits
from overskill.state.domains import DomainsState, keep_domains
from overskill.state.limits import limit, limit_now
from overskill.state.outages import outlast
from overskill.state.publish import PublishState, show_publishing
from overskill.state.repository import RepositoryState, ask_github, show_repository
from overskill.state.session import cookie_of, greet_user, require_user, show_user
from overskill.state.toasts import done
from overskill.state.traffic import TrafficState, keep_traffic

TABS = ("preview", "code", "visual", "data", "versions", "publish", "settings")
LONGEST_APP_NAME = LONGEST_NAME


class EditorState(rx.State):
    is_loaded: bool = False
    problem: str = ""  # why there is nothing to edit
    app_slug: str = ""
    name: str = ""
    title: str = "OverSkill"
    logo: str = ""
    version: int = 0
    origin: int = 0  # the version whose files these are: that one, or what it puts back
    is_running: bool = False
    is_archived: bool = False
    suspended: str = ""  # why nobody is shown it, by the staff
    # What a browser tab shows is kept by itself, so that a web process that does not know it need not begin anew.
    tab: str = rx.SessionStorage("preview", name="overskill:view")
    phone_pane: str = rx.SessionStorage("first", name="overskill:pane")  # "first": the chat, "second": the tab
    tab_of: str = rx.SessionStorage("", name="overskill:view-of")  # the id of that app
    is_renaming: bool = False
    preview_address: str = ""
    preview_problem: str = ""
    preview_opened: int = 0
    _app_id: str = ""
    _preview_address: str = ""
    _mark: int | None = None  # from before what is shown was read

    @rx.event
    async def load(self) -> list[EventType[()]]:
        """At each visit and each reconnect: everything comes from the rows."""
        try:
            view = await _read(self, self.tab)
        except (SignInRequired, NotFound) as missing:
            await greet_user(self)
            assign(self, problem=missing.message, is_loaded=True, title="Not found · OverSkill", _app_id="")
            return []
        await show_user(self, view.user)
        if str(view.app_id) != self._app_id:
            assign(self, preview_address="", preview_problem="", is_renaming=False)
        if str(view.app_id) != self.tab_of or self.tab not in TABS:
            assign(self, tab="preview", phone_pane="first", tab_of=str(view.app_id))
            view = replace(view, tab=None)  # it was read for a view that is not the one to show
        besides = await _show_tab(self, view.tab)
        await _show(self, view, is_opening=True)
        return [EditorState.open_preview, EditorState.watch, PublishState.watch, *besides]

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> AsyncIterator[EventType[()]]:
        """Read everything again whenever the app's bell rings: turns, versions, names, publishes of any tab."""
        async with self:
            app_id, mark = self._app_id, self._mark
        if not app_id:
            return
        async for _ in container.get().progress.changes(app_topic(UUID(app_id)), since=mark):
            view = await outlast(self, partial(_look, self))
            async with self:
                if self._app_id != app_id:
                    return
                follow = await _show(self, view)
                shows_settings = self.tab == "settings"
            if shows_settings:
                yield RepositoryState.follow
            for event in follow:
                yield event

    @rx.event
    async def refresh(self) -> None:
        await _show(self, await _read(self))

    @rx.event
    async def turn_ended(self, _status: str) -> EventType[()]:
        """The live view has shown the end of a turn: now show what is kept of it."""
        return EditorState.refresh

    @rx.event(background=True, supersedes=True)
    async def open_preview(self) -> None:
        """Have the bundler hold the app, for as long as this takes."""
        problem = await outlast(self, partial(_prepare_preview, self))
        async with self:
            assign(self, preview_problem=problem, preview_address=self._preview_address)

    @rx.event(background=True, supersedes=True)
    async def open_preview_again(self) -> None:
        """The browser lost the preview: its frame is to be loaded anew, once there is something to load."""
        problem = await outlast(self, partial(_prepare_preview, self))
        async with self:
            assign(self, preview_problem=problem, preview_address=self._preview_address)
            if not problem:
                self.preview_opened += 1

    @rx.event
    async def show_tab(self, tab: str) -> list[EventType[()]]:
        if tab in TABS:
            assign(self, tab=tab, phone_pane="second")
        loads: dict[str, list[EventType[()]]] = {
            "settings": [AppSettingsState.load, RepositoryState.load],
            "publish": [DomainsState.load, TrafficState.load],
        }
        return loads.get(tab, [])

    @rx.event
    async def show_chat(self) -> None:
        """On a phone, where it takes the whole page."""
        self.phone_pane = "first"

    @rx.event
    async def set_renaming(self, is_open: bool) -> None:
        self.is_renaming = is_open

    @rx.event
    async def rename(self, form: dict[str, str]) -> None:
        user = await require_user(self)
        await limit(user, "rename")
        await in_thread(rename, user.id, app_in_address(self), form.get("name", ""), log=container.get().progress)
        self.is_renaming = False

    @rx.event
    async def undo(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "go-back")
        services = container.get()
        note = await in_thread(
            undo_last, user.id, app_in_address(self), bundler=services.bundler, log=services.progress
        )
        return done(note)

    @rx.event
    async def restore(self, number: int) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "go-back")
        services = container.get()
        await in_thread(restore, user.id, app_in_address(self), number, bundler=services.bundler, log=services.progress)
        return done(f"Version {number} is back. What came after it is still in the list.")


async def _show_tab(state: EditorState, tab: PublishTab | SettingsTab | None) -> list[EventType[()]]:
    """What the open view shows in states of its own, and what is to be asked elsewhere for it."""
    match tab:
        case PublishTab(domains, traffic):
            return [
                keep_domains(await state.get_state(DomainsState), domains),
                keep_traffic(await state.get_state(TrafficState), traffic),
            ]
        case SettingsTab(settings, repository):
            form = await state.get_state(AppSettingsState)
            if not form.is_loaded:  # what somebody is typing there stays
                await show_settings_view(form, settings)
            card = await state.get_state(RepositoryState)
            show_repository(card, repository)
            look = ask_github(card, repository)
            return [look] if look else []
        case None:
            return []


def show_preview_again(state: EditorState) -> None:
    """The page that comes back shows the preview already: it need not wait until the bundler was asked."""
    assign(state, preview_address=state._preview_address)  # noqa: SLF001 - what a browser is not to know yet


@dataclass(frozen=True)
class _Question:
    """What this tab wants to know, as far as it can be told while holding its lock."""

    token: str
    slug: str


def _question(state: EditorState) -> _Question:
    return _Question(cookie_of(state, COOKIE), app_in_address(state))


async def _look(state: EditorState) -> EditorView:
    async with state:
        question = _question(state)
    return await _answer(question)


async def _read(state: EditorState, tab: str = "") -> EditorView:
    return await _answer(_question(state), tab)


async def _answer(question: _Question, tab: str = "") -> EditorView:
    services = container.get()
    return await in_thread(
        view_editor,
        question.token,
        question.slug,
        turns=NEWEST,
        intake=services.intake,
        settings=services.settings,
        tab=tab,
    )


async def _prepare_preview(state: EditorState) -> str:
    """Why there is no preview now, or ""."""
    async with state:
        asked = _question(state)
    services, admit = container.get(), partial(limit_now, "open-preview")
    prepare = partial(prepare_preview, admit=admit, bundler=services.bundler, settings=services.settings)
    try:
        await in_thread(prepare, asked.token, asked.slug)
    except (Unavailable, NotFound, LimitReached) as failure:
        return failure.message
    return ""


async def _show(state: EditorState, view: EditorView, *, is_opening: bool = False) -> list[EventType[()]]:
    """What there is to watch from now on: a publish or a trial that this tab did not know of."""
    settings = container.get().settings
    assign(
        state,
        is_loaded=True,
        problem="",
        app_slug=view.app.slug,
        name=view.app.name,
        title=f"{view.app.name} · OverSkill",
        logo=logo_url(view.app.icon, view.app.logo),
        version=view.app.version,
        origin=view.origin,
        is_running=view.app.is_working,
        is_archived=view.app.status == "archived",
        suspended=view.suspended,
        _app_id=str(view.app_id),
        _preview_address=settings.preview_address(view.preview_key),
        _mark=view.mark,
    )
    show_credits(await state.get_state(CreditsLeftState), view.balance)
    await show_turns(await state.get_state(ChatState), view, is_opening=is_opening)
    publishing = await state.get_state(PublishState)
    tried = publishing.place.trial_id
    is_publishing = show_publishing(publishing, view.publishing, view.app.slug, view.mark)
    events: list[EventType[()]] = [PublishState.watch] if is_publishing else []
    return [*events, TrafficState.load] if publishing.place.trial_id != tried else events
