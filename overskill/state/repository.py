"""The GitHub repository of one app."""

import asyncio
from dataclasses import dataclass
from functools import partial

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, OverskillError
from overskill.services.accounts.sessions import COOKIE
from overskill.services.repositories.publishing import STAGING_BRANCH, is_publishing
from overskill.services.studio_repository import (
    PreviewLink,
    Question,
    RepositoryView,
    choose_publishing,
    leave,
    pause,
    preview_links,
    sync_now,
    view_repository,
)
from overskill.state.address import app_in_address
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import cookie_of, require_user
from overskill.state.toasts import done


@dataclass(frozen=True)
class PreviewRow:
    label: str  # "#12", "staging"
    is_branch: bool  # ahead of the app's own
    commit: str  # its first letters
    url: str  # "": it is shown nowhere
    error: str


class RepositoryState(rx.State):
    is_offered: bool = False  # the operator has set up a GitHub App
    slug: str = ""
    full_name: str = ""  # "": none
    url: str = ""
    branch: str = ""
    commit: str = ""  # its first letters
    commit_url: str = ""
    pushed_version: int = 0
    waiting: int = 0  # versions that are not there yet
    is_paused: bool = False
    error: str = ""
    conflicts: list[str] = []
    updated_at: str = ""  # ISO time
    unreachable: str = ""  # why GitHub can't call this OverSkill
    publishing: str = ""  # "on", "off"; "": GitHub was not asked yet
    switching_to: str = ""  # what somebody chose and GitHub does not have yet
    previews: list[PreviewRow] = []
    _question: Question | None = None  # not asked yet

    @rx.event
    async def load(self) -> EventType[()] | None:
        view = await _read(self)
        show_repository(self, view)
        return ask_github(self, view)

    @rx.event
    async def follow(self) -> EventType[()] | None:
        """The app's bell rang. GitHub is asked again only while something there is to change."""
        if not self.slug:
            return None
        view = await _read(self)
        show_repository(self, view)
        return ask_github(self, view) if self.switching_to else None

    @rx.event(background=True, supersedes=True)
    async def look_at_github(self) -> None:
        """What only GitHub and the edge know. It asks what `ask_github` has left for it, and nothing twice: by then
        this tab's user may be somebody who is not to know."""
        services = container.get()
        async with self:
            question, self._question = self._question, None
        if question is None:
            return
        links = partial(
            preview_links, question, redis=services.redis, routes=services.routes, settings=services.settings
        )
        try:
            is_on = await asyncio.to_thread(is_publishing, question.place, host=services.code_host)
            previews = await asyncio.to_thread(links)
        except OverskillError:
            return  # the card says what is known; the next look asks again
        async with self:
            now = "on" if is_on else "off"
            is_there = self.switching_to == now or self.error != ""
            assign(
                self,
                publishing=now,
                switching_to="" if is_there else self.switching_to,
                previews=[_preview(each) for each in previews],
            )

    @rx.event
    async def publish_from_github(self, is_on: bool) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        queue = container.get().queue
        await in_thread(choose_publishing, user.id, app_in_address(self), is_on=is_on, queue=queue)
        assign(self, switching_to="on" if is_on else "off", error="")
        return done("Writing the workflow and its secret on GitHub." if is_on else "Taking the workflow away.")

    @rx.event
    async def sync(self) -> EventType[()]:
        await _ask(self, "")
        return done("Bringing the app and its repository together. It takes a few seconds.")

    @rx.event
    async def settle(self, keep: str) -> EventType[()]:
        """Keep one side of what both changed."""
        await _ask(self, keep)
        return done("What is on GitHub is kept." if keep == "theirs" else "What is here is kept.")

    @rx.event
    async def set_paused(self, is_paused: bool) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        services = container.get()
        await in_thread(
            pause, user.id, app_in_address(self), is_paused=is_paused, queue=services.queue, log=services.progress
        )
        show_repository(self, await _read(self))
        return done("Paused: nothing goes to GitHub or comes from there." if is_paused else "Resumed.")

    @rx.event
    async def leave(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        name = await in_thread(leave, user.id, app_in_address(self), log=container.get().progress)
        show_repository(self, await _read(self))
        assign(self, publishing="", switching_to="", previews=[])
        return done(f"{name} is not connected any more. It stays at GitHub as it is.")


def _preview(link: PreviewLink) -> PreviewRow:
    return PreviewRow(link.label, link.label == STAGING_BRANCH, link.commit[:7], link.url, link.error)


async def _ask(state: RepositoryState, keep: str) -> None:
    if keep not in ("", "theirs", "ours"):
        raise InvalidInput("Choose one of the two sides.")
    user = await require_user(state)
    await limit(user, "settings")
    services, side = container.get(), keep or None
    await in_thread(
        sync_now,
        user.id,
        app_in_address(state),
        keep=side,  # type: ignore[arg-type]  # checked above
        queue=services.queue,
        settings=services.settings,
    )


async def _read(state: RepositoryState) -> RepositoryView:
    token, settings = cookie_of(state, COOKIE), container.get().settings
    return await in_thread(view_repository, token, app_in_address(state), settings=settings)


def ask_github(state: RepositoryState, view: RepositoryView) -> EventType[()] | None:
    """For the repository of a view that was just read."""
    assign(state, _question=view.question)
    return RepositoryState.look_at_github if view.question else None


def show_repository(state: RepositoryState, view: RepositoryView) -> None:
    assign(
        state,
        is_offered=container.get().settings.has_github,
        slug=app_in_address(state),
        full_name=view.full_name,
        url=view.url,
        branch=view.branch,
        commit=view.commit[:7],
        commit_url=f"{view.url}/commit/{view.commit}" if view.commit else "",
        pushed_version=view.pushed_version,
        waiting=max(0, view.current_version - view.pushed_version) if view.full_name else 0,
        is_paused=view.is_paused,
        error=view.error,
        conflicts=list(view.conflicts),
        updated_at=view.updated_at.isoformat() if view.updated_at else "",
        unreachable=view.unreachable,
    )
