"""The GitHub repository of one app."""

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.services.studio_repository import leave, pause, sync_now, view_repository
from overskill.state.address import app_in_address
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import require_user
from overskill.state.toasts import done


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

    @rx.event
    async def load(self) -> None:
        await _show(self)

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
        await _show(self)
        return done("Paused: nothing goes to GitHub or comes from there." if is_paused else "Resumed.")

    @rx.event
    async def leave(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        name = await in_thread(leave, user.id, app_in_address(self), log=container.get().progress)
        await _show(self)
        return done(f"{name} is not connected any more. It stays at GitHub as it is.")


async def _ask(state: RepositoryState, keep: str) -> None:
    if keep not in ("", "theirs", "ours"):
        raise InvalidInput("Choose one of the two sides.")
    user = await require_user(state)
    await limit(user, "settings")
    side = keep or None
    await in_thread(sync_now, user.id, app_in_address(state), keep=side, queue=container.get().queue)  # type: ignore[arg-type]  # checked above


async def _show(state: RepositoryState) -> None:
    user = await require_user(state)
    settings = container.get().settings
    slug = app_in_address(state)
    view = await in_thread(view_repository, user.id, slug, settings=settings)
    assign(
        state,
        is_offered=settings.has_github,
        slug=slug,
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
    )
