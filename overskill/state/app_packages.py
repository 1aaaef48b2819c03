"""The packages of one app that not all apps have: added by name, and taken away."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, LimitReached, Unavailable
from overskill.services.apps.saving import FileChange
from overskill.services.packages.shelf import Added
from overskill.services.studio_files import save
from overskill.services.studio_packages import naming, packages_beside, removing
from overskill.state.address import app_in_address
from overskill.state.app_settings import AppSettingsState, show_settings
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import require_user
from overskill.state.toasts import done

LONGEST_SPEC = 250


class AppPackagesState(rx.State):
    is_adding: bool = False
    refusal: str = ""
    added: int = 0  # grows with what was added: the form begins anew

    @rx.event(background=True)
    async def add(self, form: dict[str, Any]) -> AsyncIterator[EventType[()]]:
        """In the background: an install takes seconds, in which the rest of the page goes on."""
        async with self:
            user = await require_user(self)
            await limit(user, "settings")
            if self.is_adding:
                return
            slug = app_in_address(self)
            assign(self, is_adding=True, refusal="")
        refusal, added = "", None
        try:
            added = await _add(user.id, slug, str(form.get("package", "")).strip()[:LONGEST_SPEC])
        except (InvalidInput, LimitReached, Unavailable) as refused:
            refusal = refused.message
        finally:
            async with self:
                assign(self, is_adding=False, refusal=refusal)
        if added is None:
            return
        async with self:
            await show_settings(await self.get_state(AppSettingsState))
            self.added += 1
        yield done(f"Added {added.sentence}.")

    @rx.event
    async def remove(self, name: str) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "settings")
        slug = app_in_address(self)
        try:
            change = await in_thread(removing, user.id, slug, name)
        except InvalidInput as refusal:
            self.refusal = refusal.message
            return None
        await _save(user.id, slug, change, f"Removed {name}")
        await show_settings(await self.get_state(AppSettingsState))
        self.refusal = ""
        return done(f"Removed {name}.")


async def _add(user_id: UUID, slug: str, spec: str) -> Added:
    beside = await in_thread(packages_beside, user_id, slug, spec)
    (added,) = await asyncio.to_thread(container.get().shelf.add, [spec], beside)
    await _save(user_id, slug, await in_thread(naming, user_id, slug, added.name, added.version), f"Added {added.name}")
    return added


async def _save(user_id: UUID, slug: str, change: FileChange, note: str) -> None:
    services = container.get()
    await in_thread(save, user_id, slug, [change], note=note, bundler=services.bundler, log=services.progress)
