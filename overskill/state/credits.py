"""A team's credits: what is left, where it went, and the budget. And how much is left, for the bar of every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.models import CreditCause, Purse
from overskill.services.billing.amounts import CREDIT, Tariff, credit_figure, credit_words
from overskill.services.billing.credit_ledger import Balance, next_renewal
from overskill.services.billing.spending import AppUse, DayUse, Spending
from overskill.services.billing.statement import Line, credits_left, view_statement
from overskill.services.billing.teams import set_monthly_budget
from overskill.state.address import app_in_address
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import current_user, require_user
from overskill.state.toasts import done

NEARLY_USED = 80  # percent of a budget, from which on the page warns
LAST_PAGE = 2500  # nobody turns so many
_NO_TEAM = "There is no such team, or you are not in it."


@dataclass(frozen=True)
class TeamChoice:
    id: str
    name: str


@dataclass(frozen=True)
class DayBar:
    """One day of the chart. Heights are CSS percentages of the chart's."""

    day: str  # "21 Nov"
    words: str  # "21 Nov: 4.2 credits"
    is_empty: bool
    plan: str
    build: str
    fix: str
    other: str
    plan_height: str
    build_height: str
    fix_height: str
    other_height: str


@dataclass(frozen=True)
class AppBar:
    name: str
    slug: str
    words: str
    width: str  # CSS, of the dearest app's


@dataclass(frozen=True)
class EntryRow:
    at: str  # ISO
    title: str
    note: str
    app_name: str
    app_slug: str
    amount: str
    is_gain: bool
    is_refund: bool


class CreditsState(rx.State):
    is_loaded: bool = False
    teams: list[TeamChoice] = []
    team_id: str = ""
    daily: str = ""  # left of today's
    daily_all: str = ""
    daily_percent: int = 0
    renews_at: str = ""  # ISO
    bought: str = ""
    held: str = ""  # "" when nothing is set aside
    used: str = ""  # this month
    budget: str = ""  # "" for none
    budget_input: str = ""
    budget_percent: int = 0
    budget_state: str = "none"  # "none", "fine", "near" or "used"
    may_set_budget: bool = False
    refusal: str = ""  # why the budget can't be that
    days: list[DayBar] = []
    top: str = ""  # of the chart's scale
    middle: str = ""
    spent: str = ""  # in the days shown; "" for nothing
    apps: list[AppBar] = []
    entries: list[EntryRow] = []
    page: int = 0
    has_more: bool = False
    has_daily: bool = True
    is_operator: bool = False
    has_model: bool = True  # False: recipes write the apps, and nothing is charged

    @rx.var
    def csv_address(self) -> str:
        return f"/settings/credits.csv?team={self.team_id}" if self.team_id else ""

    @rx.event
    async def load(self) -> None:
        await _read(self)

    @rx.event
    async def show_team(self, team_id: str) -> None:
        await _read(self, team_id=id_in(team_id, _NO_TEAM))

    @rx.event
    async def turn_page(self, step: int) -> None:
        page = self.page + step
        if 0 <= page <= LAST_PAGE:
            await _read(self, team_id=id_in(self.team_id, _NO_TEAM), page=page)

    @rx.event
    async def save_budget(self, form: dict[str, str]) -> list[EventType[()]]:
        user = await require_user(self)
        try:
            await in_thread(set_monthly_budget, user.id, id_in(self.team_id, _NO_TEAM), form.get("budget", ""))
        except InvalidInput as error:
            self.refusal = error.message
            return []
        await _read(self, team_id=UUID(self.team_id), page=self.page)
        return [done("Budget saved." if self.budget else "The budget has no limit now.")]


async def _read(state: CreditsState, *, team_id: UUID | None = None, page: int = 0) -> None:
    user = await require_user(state)
    settings = container.get().settings
    tariff = Tariff.of(settings)
    view = await in_thread(view_statement, user.id, tariff, team_id=team_id, page=page)
    assign(
        state,
        teams=[TeamChoice(str(team.id), team.name) for team in view.teams],
        team_id=str(view.team.id),
        may_set_budget=view.team.may_change,
        refusal="",
        page=page,
        has_more=view.has_more,
        entries=[_entry_row(line) for line in view.lines],
        has_daily=tariff.daily > 0,
        has_model=settings.has_model,
        is_operator=user.is_admin,
        is_loaded=True,
    )
    _show_balance(state, view.balance, tariff)
    _show_spending(state, view.spending)


def _show_balance(state: CreditsState, has: Balance, tariff: Tariff) -> None:
    budget = has.monthly_budget
    percent = 0 if not budget else min(100, has.used_this_month * 100 // budget)
    assign(
        state,
        daily=credit_figure(has.daily),
        daily_all=credit_figure(tariff.daily),
        daily_percent=min(100, has.daily * 100 // tariff.daily) if tariff.daily else 0,
        renews_at=next_renewal().isoformat(),
        bought=credit_figure(has.bought),
        held=credit_words(has.held) if has.held else "",
        used=credit_figure(has.used_this_month),
        budget="" if budget is None else credit_figure(budget),
        budget_input="" if budget is None else str(budget // CREDIT),
        budget_percent=100 if budget == 0 else percent,
        budget_state=_budget_state(budget, percent),
    )


def _budget_state(budget: int | None, percent: int) -> str:
    if budget is None:
        return "none"
    if budget == 0 or percent >= 100:
        return "used"
    return "near" if percent >= NEARLY_USED else "fine"


def _show_spending(state: CreditsState, spending: Spending) -> None:
    top = _round_scale(max((day.total for day in spending.days), default=0))
    assign(
        state,
        days=[_day_bar(day, top) for day in spending.days],
        top=credit_figure(top),
        middle=credit_figure(top // 2),
        spent=credit_words(spending.total) if spending.total else "",
        apps=_app_bars(spending.apps),
    )


def _round_scale(highest: int) -> int:
    """The end of the scale: one figure with zeros, at or over the highest day, whose half is short to write too."""
    scale = 10
    while highest > 10 * scale:
        scale *= 10
    return next(factor * scale for factor in (1, 2, 3, 4, 5, 6, 8, 10) if factor * scale >= highest)


def _day_bar(use: DayUse, top: int) -> DayBar:
    day = f"{use.day.day} {use.day:%b}"
    parts = (use.plan, use.build, use.fix, use.other)
    heights = (f"{part * 100 / top:.2f}%" for part in parts)
    return DayBar(
        day, f"{day}: {credit_words(use.total)}", use.total == 0, *(credit_figure(part) for part in parts), *heights
    )


def _app_bars(apps: Sequence[AppUse]) -> list[AppBar]:
    most = max((app.amount for app in apps), default=1)
    return [
        AppBar(app.name or "Deleted apps", app.slug, credit_words(app.amount), f"{max(1, app.amount * 100 // most)}%")
        for app in apps
    ]


def _entry_row(line: Line) -> EntryRow:
    is_gain = line.amount > 0
    return EntryRow(
        at=line.at.isoformat(),
        title=_title(line),
        note=_note(line),
        app_name=line.app_name,
        app_slug=line.app_slug,
        amount=f"{'+' if is_gain else '−'}{_exactly(abs(line.amount))}",
        is_gain=is_gain,
        is_refund=line.cause is CreditCause.REFUND,
    )


def _exactly(amount: int) -> str:
    return credit_figure(amount) if amount % CREDIT == 0 else f"{amount / CREDIT:,.3f}"


def _title(line: Line) -> str:
    match line.cause:
        case CreditCause.DAILY:
            return "Free credits of the day"
        case CreditCause.PURCHASE:
            return "Credits bought"
        case CreditCause.GRANT:
            return "Credits from whoever runs this instance" if line.amount > 0 else "Credits taken back"
        case CreditCause.CHARGE | CreditCause.REFUND:
            return line.message or "A message of an app that is gone"


def _note(line: Line) -> str:
    purse = "daily credits" if line.purse is Purse.DAILY else "bought credits"
    if line.cause is CreditCause.CHARGE:
        return f"From {purse}"
    if line.cause is CreditCause.REFUND:
        return f"Given back to {purse}{f': {line.reason}' if line.reason else ''}"
    return line.reason


class CreditsLeftState(rx.State):
    """For the studio's bar and everybody's menu: its own state, so that the page's is not read for it."""

    left: str = ""  # "": nobody looked yet, or nobody is signed in
    is_low: bool = False

    @rx.event
    async def load(self) -> None:
        user = await current_user(self)
        if user is None:
            return
        tariff = Tariff.of(container.get().settings)
        has = await in_thread(credits_left, user.id, app_in_address(self), tariff)
        show_credits(self, has)


def show_credits(state: CreditsLeftState, has: Balance) -> None:
    assign(state, left=credit_figure(has.spendable), is_low=has.spendable < CREDIT)
