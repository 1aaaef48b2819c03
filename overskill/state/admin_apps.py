"""Apps: found by name, address or owner; they are suspended, taken down and restored in admin_decide.py."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from overskill.db import in_thread
from overskill.services.admin.app_list import AppView, find_apps
from overskill.state.admin import enter
from overskill.state.base import assign
from overskill.state.session import require_admin


@dataclass(frozen=True)
class AppRow:
    id: str
    name: str
    slug: str
    owner: str
    live_in: str
    is_suspended: bool
    can_restore: bool
    is_own: bool
    reason: str
    changed_at: str  # ISO


class AppsState(rx.State):
    is_loaded: bool = False
    words: str = ""
    rows: list[AppRow] = []

    @rx.event
    async def load(self) -> None:
        if admin := await enter(self):
            await _read(self, admin.id, self.router.url.query_parameters.get("q", "") or self.words)

    @rx.event
    async def search(self, form: dict[str, str]) -> None:
        admin = await require_admin(self)
        await _read(self, admin.id, form.get("q", ""))


async def _read(state: AppsState, admin_id: UUID, words: str) -> None:
    found = await in_thread(find_apps, admin_id, words[:100])
    assign(state, words=words[:100], rows=[_row(app) for app in found], is_loaded=True)


def _row(app: AppView) -> AppRow:
    return AppRow(
        id=app.id,
        name=app.name,
        slug=app.slug,
        owner=app.owner,
        live_in=app.live_in,
        is_suspended=app.is_suspended,
        can_restore=app.is_suspended or app.was_taken_down,
        is_own=app.is_own,
        reason=app.reason,
        changed_at=app.changed_at.isoformat(),
    )
