"""One update of a bought app: how far it is, what it changes, and what its owner decides."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound, OverskillError
from overskill.models import UpdateStatus
from overskill.services.market import updates
from overskill.services.market.updates.prepare import update_topic
from overskill.services.rate_limits import count_attempt
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.outages import outlast
from overskill.state.session import greet_user, require_user
from overskill.state.toasts import done

LONGEST_WATCH_SECONDS = 600
MOST_SHOWN = 120_000  # characters of one text
_NO_UPDATE = "There is no update at this address, or it isn't for an app of yours."
_WORKING = (UpdateStatus.MERGING, UpdateStatus.CHECKING)


@dataclass(frozen=True)
class ChangedFile:
    path: str
    what: str  # added, changed, removed


@dataclass(frozen=True)
class ConflictRow:
    path: str
    choice: str  # "" while nobody chose
    is_open: bool


class UpdateState(rx.State):
    is_loaded: bool = False
    is_missing: bool = False
    title: str = ""
    app_name: str = ""
    app_slug: str = ""
    release: int = 0
    current_release: int = 0
    notes: str = ""
    status: str = ""
    error: str = ""
    preview_url: str = ""
    files: list[ChangedFile] = []
    conflicts: list[ConflictRow] = []
    left_to_choose: int = 0
    has_model: bool = False
    is_busy: bool = False  # something was pressed and is not answered yet
    open_path: str = ""  # the conflict that is compared
    yours: str | None = None
    theirs: str | None = None
    is_cut: bool = False  # the texts are longer than what is shown
    is_writing: bool = False
    _update_id: str = ""
    _mark: int | None = None  # from before what the page was opened with was read

    @rx.var
    def is_working(self) -> bool:
        return self.status in _WORKING

    @rx.event
    async def load(self) -> EventType[()] | None:
        user = await greet_user(self)
        assign(self, is_loaded=False, is_missing=False, open_path="", yours=None, theirs=None, is_writing=False)
        mark = await asyncio.to_thread(container.get().progress.mark)
        try:
            self._update_id = str(id_in(_last_part(self.router.url.path), _NO_UPDATE))
            await self._show(user.id)
        except NotFound:
            assign(self, is_missing=True, is_loaded=True)
            return None
        assign(self, is_loaded=True, _mark=mark)
        return UpdateState.watch if self.status in _WORKING else None

    @rx.event
    async def begin(self) -> EventType[()]:
        """Merge and check."""
        user = await require_user(self)
        services = container.get()
        await asyncio.to_thread(count_attempt, services.redis, "update", str(user.id), limit="60/hour")
        await in_thread(updates.begin, user.id, self._id(), queue=services.queue)
        await self._show(user.id)
        return UpdateState.watch

    @rx.event
    async def compare(self, file: str) -> None:
        """Open a conflict, or close it."""
        user = await require_user(self)
        if file == self.open_path:
            assign(self, open_path="", yours=None, theirs=None, is_writing=False)
            await self._show(user.id)
            return
        conflict = await in_thread(updates.view_conflict, user.id, self._id(), file)
        longest = max(len(conflict.yours or ""), len(conflict.theirs or ""))
        assign(
            self,
            open_path=file,
            yours=_cut(conflict.yours),
            theirs=_cut(conflict.theirs),
            is_cut=longest > MOST_SHOWN,
            is_writing=False,
        )
        await self._show(user.id)

    @rx.event
    async def write(self) -> None:
        """Begin a text out of both."""
        await require_user(self)
        self.is_writing = True

    @rx.event
    async def choose(self, file: str, choice: str) -> EventType[()] | None:
        return await self._choose(file, choice, "")

    @rx.event
    async def save_written(self, form: dict[str, Any]) -> EventType[()] | None:
        return await self._choose(self.open_path, "written", str(form.get("text", "")))

    @rx.event
    async def hand_to_model(self) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "settings")
        await in_thread(updates.hand_to_model, user.id, self._id(), queue=container.get().queue)
        return await self._after_choice(user.id)

    @rx.event
    async def accept(self) -> list[EventType[()]]:
        user = await require_user(self)
        services = container.get()
        accepting = partial(updates.accept, bundler=services.bundler, intake=services.intake, log=services.progress)
        update = await in_thread(accepting, user.id, self._id())
        await self._show(user.id)
        if update.status is not UpdateStatus.ACCEPTED:
            return [done("Your app has changed since. The update is merged with that, too."), UpdateState.watch]
        return [done(f"{self.app_name} has release {self.release} now.")]

    @rx.event
    async def decline(self) -> EventType[()]:
        user = await require_user(self)
        await in_thread(updates.decline, user.id, self._id(), queue=container.get().queue)
        await self._show(user.id)
        return done(f"{self.app_name} stays on release {self.current_release}.", undo=UpdateState.begin)

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Show how the update is prepared, until somebody has to do something."""
        log = container.get().progress
        async with self:
            watched, mark = self._update_id, self._mark
            self._mark = None
        if not watched:
            return
        until = time.monotonic() + LONGEST_WATCH_SECONDS
        look = partial(self._look, watched)
        async for _ in log.changes(update_topic(UUID(watched)), since=mark):
            try:
                is_over = await outlast(self, look)
            except OverskillError:
                return
            if is_over or time.monotonic() > until:
                return

    async def _look(self, watched: str) -> bool:
        async with self:
            if self._update_id != watched:
                return True
            user = await require_user(self)
            await self._show(user.id)
            return self.status not in _WORKING

    async def _choose(self, path: str, choice: str, text: str) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "settings")  # with the last choice it is merged and checked
        await in_thread(updates.choose, user.id, self._id(), path, choice, text, queue=container.get().queue)
        return await self._after_choice(user.id)

    async def _after_choice(self, user_id: UUID) -> EventType[()] | None:
        assign(self, open_path="", yours=None, theirs=None, is_writing=False)
        await self._show(user_id)
        return UpdateState.watch if self.status in _WORKING else None

    def _id(self) -> UUID:
        return id_in(self._update_id, _NO_UPDATE)

    async def _show(self, user_id: UUID) -> None:
        view = await in_thread(updates.view_update, user_id, self._id())
        conflicts = [ConflictRow(one["path"], one["choice"], one["path"] == self.open_path) for one in view.conflicts]
        assign(
            self,
            title=view.title,
            app_name=view.app_name,
            app_slug=view.app_slug,
            release=view.release,
            current_release=view.current_release,
            notes=view.notes,
            status=view.status.value,
            error=view.error,
            preview_url=view.preview_url,
            files=[ChangedFile(path, str(what)) for path, what in sorted(view.files.items())],
            conflicts=conflicts,
            left_to_choose=sum(not one.choice for one in conflicts),
            has_model=container.get().settings.has_model,
        )


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _cut(text: str | None) -> str | None:
    return None if text is None else text[:MOST_SHOWN]
