"""The audit log, a page after the other."""

from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from overskill.db import in_thread
from overskill.services.admin.audit_log import AuditFilter, AuditView, list_events
from overskill.state.admin import enter
from overskill.state.base import assign
from overskill.state.session import require_admin

MOST_SHOWN = 500


@dataclass(frozen=True)
class AuditRow:
    id: str
    at: str  # ISO
    actor: str
    action: str
    subject: str
    details: str


class AuditState(rx.State):
    is_loaded: bool = False
    actor: str = ""
    action: str = ""
    subject: str = ""
    rows: list[AuditRow] = []
    after: str = ""  # "" at the end

    @rx.var
    def csv_address(self) -> str:
        query = {"actor": self.actor, "action": self.action, "subject": self.subject}
        return f"/admin/audit.csv?{urlencode(query)}"

    @rx.event
    async def load(self) -> None:
        if await enter(self):
            await _read(self, AuditFilter(self.actor, self.action, self.subject))

    @rx.event
    async def search(self, form: dict[str, str]) -> None:
        await require_admin(self)
        wanted = [form.get(name, "")[:120] for name in ("actor", "action", "subject")]
        await _read(self, AuditFilter(*wanted))

    @rx.event
    async def show_more(self) -> None:
        await require_admin(self)
        if not self.after or len(self.rows) >= MOST_SHOWN:
            return
        wanted = AuditFilter(self.actor, self.action, self.subject)
        found = await in_thread(list_events, wanted, after=self.after)
        rows = [*self.rows, *(_row(event) for event in found.events)]
        assign(self, rows=rows, after=found.after if len(rows) < MOST_SHOWN else "")


async def _read(state: AuditState, wanted: AuditFilter) -> None:
    found = await in_thread(list_events, wanted)
    assign(
        state,
        actor=wanted.actor,
        action=wanted.action,
        subject=wanted.subject,
        rows=[_row(event) for event in found.events],
        after=found.after,
        is_loaded=True,
    )


def _row(event: AuditView) -> AuditRow:
    return AuditRow(event.id, event.at.isoformat(), event.actor, event.action, event.subject, event.details)
