"""What became of a creator's listings, against the days before."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from overskill.db import in_thread
from overskill.models import utc_now
from overskill.services.accounts.sessions import SignedIn
from overskill.services.market.analytics import RANGES, Analytics, Figures, view_analytics
from overskill.state.base import assign
from overskill.state.session import greet_user, require_user

MOST_POINTS = 120  # of a chart
_WEEK = 7


@dataclass(frozen=True)
class FigureCard:
    """One figure of the range. `change` is against the range before: "+12 %", or "" where there is none."""

    name: str
    value: str
    change: str
    is_better: bool


@dataclass(frozen=True)
class RevenueRow:
    currency: str
    revenue: int
    refunded: int
    before: int


@dataclass(frozen=True)
class ListingFiguresRow:
    slug: str
    title: str
    views: int
    try_outs: int
    sales: int
    conversion: str
    taken: list[RevenueRow]


class SellAnalyticsState(rx.State):
    is_loaded: bool = False
    days: int = 30
    slug: str = ""  # of the one listing that is looked at; "": all
    title: str = ""
    cards: list[FigureCard] = []
    visits: list[dict[str, Any]] = []  # a row a day: views, visitors, try_outs
    sales: list[dict[str, Any]] = []  # a row a day: sales, before
    money: list[RevenueRow] = []
    currency: str = ""  # of the chart of revenue
    revenue: list[dict[str, Any]] = []  # a row a day: revenue, before
    listings: list[ListingFiguresRow] = []

    @rx.event
    async def load(self) -> AsyncIterator[None]:
        user = await greet_user(self)
        yield  # its frame is shown also where there is no such listing
        asked = self.router.url.query_parameters
        days = asked.get("days", "")
        assign(self, days=int(days) if days in {str(one) for one in RANGES} else 30, slug=asked.get("listing", "")[:63])
        await self._look(user)

    @rx.event
    async def show_days(self, days: str) -> None:
        if days in {str(one) for one in RANGES}:
            assign(self, days=int(days))
            await self._look(await require_user(self))

    @rx.event
    async def show_listing(self, slug: str) -> None:
        assign(self, slug=slug[:63])
        await self._look(await require_user(self))

    @rx.event
    async def show_currency(self, currency: str) -> None:
        assign(self, currency=currency[:3])
        await self._look(await require_user(self))

    async def _look(self, user: SignedIn) -> None:
        found = await in_thread(view_analytics, user.id, days=self.days, now=utc_now(), slug=self.slug)
        currency = self.currency if self.currency in found.currencies else next(iter(found.currencies), "")
        assign(
            self,
            is_loaded=True,
            title=found.title,
            cards=_cards(found.total, found.total_before),
            visits=_points(
                {"day": day.isoformat(), "views": one.views, "visitors": one.visitors, "try_outs": one.try_outs}
                for day, one in found.days.items()
            ),
            sales=_points(
                {"day": day.isoformat(), "sales": one.sales, "before": before.sales}
                for (day, one), before in zip(found.days.items(), found.before, strict=True)
            ),
            money=_money(found.total, found.total_before, found.currencies),
            currency=currency,
            revenue=_revenue(found, currency),
            listings=[
                ListingFiguresRow(
                    slug=one.slug,
                    title=one.title,
                    views=one.figures.views,
                    try_outs=one.figures.try_outs,
                    sales=one.figures.sales,
                    conversion=f"{one.figures.conversion} %" if one.figures.visitors else "–",
                    taken=_money(one.figures, Figures(), sorted(one.figures.money)),
                )
                for one in found.listings
            ],
        )


def _cards(now: Figures, before: Figures) -> list[FigureCard]:
    counted = (
        ("Views", now.views, before.views),
        ("Visitors", now.visitors, before.visitors),
        ("Try-outs", now.try_outs, before.try_outs),
        ("Sales", now.sales, before.sales),
    )
    cards = [FigureCard(name, f"{value:,}", _change(value, past), value >= past) for name, value, past in counted]
    points = round(now.conversion - before.conversion, 1)
    change = f"{points:+} points" if before.visitors and points else ""
    cards.append(FigureCard("Conversion", f"{now.conversion} %", change, points >= 0))
    cards.append(
        FigureCard("Refunds", f"{now.refunds:,}", _change(now.refunds, before.refunds), now.refunds <= before.refunds)
    )
    return cards


def _change(now: int, before: int) -> str:
    if not before or now == before:
        return ""
    return f"{round(100 * (now - before) / before):+,} %"


def _money(now: Figures, before: Figures, currencies: Sequence[str]) -> list[RevenueRow]:
    return [
        RevenueRow(name, now.money[name].revenue, now.money[name].refunded, before.money[name].revenue)
        for name in currencies
    ]


def _revenue(found: Analytics, currency: str) -> list[dict[str, Any]]:
    if not currency:
        return []
    return _points(
        {"day": day.isoformat(), "revenue": one.money[currency].revenue, "before": before.money[currency].revenue}
        for (day, one), before in zip(found.days.items(), found.before, strict=True)
    )


def _points(days: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A point each day; of a year each week, named after its first day, so that a line can be read."""
    rows = list(days)
    if len(rows) <= MOST_POINTS:
        return rows
    first = len(rows) % _WEEK  # so that the last week is whole
    starts = [*([0] if first else []), *range(first, len(rows), _WEEK)]
    ends = [*starts[1:], len(rows)]
    return [
        {"day": rows[start]["day"]}
        | {name: sum(row[name] for row in rows[start:end]) for name in rows[start] if name != "day"}
        for start, end in zip(starts, ends, strict=True)
    ]
