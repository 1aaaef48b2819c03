"""What apps cost: which one cost most yesterday, this month, or the month before."""

import asyncio

import reflex as rx
from reflex.event import EventType

from overskill.db import in_thread
from overskill.models import utc_now
from overskill.services.admin.costs import dearest_apps, period_of, refresh_stats
from overskill.services.figures import money_words
from overskill.state.admin import CostRow, cost_rows, enter
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done


class CostsState(rx.State):
    is_loaded: bool = False
    period: str = "yesterday"
    total: str = ""  # "" for nothing
    rows: list[CostRow] = []

    @rx.event
    async def load(self) -> None:
        if await enter(self):
            await _read(self, self.period)

    @rx.event
    async def choose_period(self, name: str) -> None:
        await require_admin(self)
        await _read(self, name)

    @rx.event
    async def count_again(self) -> EventType[()]:
        """Figures are counted every few minutes; this does it now."""
        await require_admin(self)
        await asyncio.to_thread(refresh_stats)
        await _read(self, self.period)
        return done("Counted again.")


async def _read(state: CostsState, name: str) -> None:
    costs = await in_thread(dearest_apps, period_of(name, utc_now()))
    total = money_words(sum(each.micro for each in costs))
    assign(state, period=name, rows=cost_rows(costs), total=total, is_loaded=True)
