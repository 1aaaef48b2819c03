"""The admin's desk: whether it is shown at all, what happened on this instance, and what stands out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.models import utc_now
from overskill.services.accounts.sessions import SignedIn
from overskill.services.admin import alerts
from overskill.services.admin.costs import AppCost, Period, dearest_apps
from overskill.services.admin.failures import FailedDeployment, failed_deployments, read_log
from overskill.services.admin.overview import ModelCost, Overview, Takings, Total, view_overview
from overskill.services.admin.ranges import change_percent, range_of
from overskill.services.figures import count_words, duration_words, money_words
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import greet, require_admin
from overskill.state.toasts import done

MOST_SHOWN = 8
_NO_DEPLOYMENT = "There is no such publish."
_NO_ALERT = "This alert is gone. Reload the page."


class DeskState(rx.State):
    """What every page of the desk asks first. The pages of everybody else say that nothing is there."""

    standing: str = ""  # "yes" for an admin, "no" for anybody else, "" while nobody looked


async def enter(state: rx.State) -> SignedIn | None:
    """For the `load` of a page of the desk: whose it is, or None where there is nothing to see."""
    user = await greet(state)
    is_admin = user is not None and user.is_admin
    desk = await state.get_state(DeskState)
    assign(desk, standing="yes" if is_admin else "no")
    return user if is_admin else None


@dataclass(frozen=True)
class Tile:
    name: str
    value: str
    change: str  # "+12 %"; "" where there is nothing to compare with
    is_better: bool


@dataclass(frozen=True)
class MoneyTile:
    currency: str
    amount: int  # in its smallest unit
    note: str
    change: str
    is_better: bool


@dataclass(frozen=True)
class CostRow:
    app: str
    slug: str
    owner: str
    cost: str
    note: str
    width: str  # CSS, of the dearest


@dataclass(frozen=True)
class ModelRow:
    model: str
    cost: str
    note: str
    change: str
    width: str


@dataclass(frozen=True)
class FailureRow:
    id: str
    app: str
    slug: str
    place: str  # "production, version 3"
    error: str
    at: str  # ISO


@dataclass(frozen=True)
class AlertRow:
    id: str
    title: str
    words: str
    advice: str
    since: str  # ISO
    seen_by: str


class OverviewState(rx.State):
    is_loaded: bool = False
    range: str = "7d"
    tiles: list[Tile] = []
    revenue: list[MoneyTile] = []
    rows: list[dict[str, Any]] = []
    models: list[ModelRow] = []
    dearest: list[CostRow] = []
    failures: list[FailureRow] = []
    alerts: list[AlertRow] = []
    log_title: str = ""
    log_error: str = ""
    log: str = ""  # of the publish that is looked at; "" for none

    @rx.event
    async def load(self) -> None:
        if await enter(self):
            await _read(self, self.range)

    @rx.event
    async def choose_range(self, name: str) -> None:
        await require_admin(self)
        await _read(self, name)

    @rx.event
    async def open_log(self, deployment_id: str) -> None:
        await require_admin(self)
        found = await in_thread(read_log, id_in(deployment_id, _NO_DEPLOYMENT), container.get().progress)
        assign(self, log_title=f"Why {found.app} was not published", log_error=found.error, log=found.text)

    @rx.event
    async def close_log(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, log="", log_error="")

    @rx.event
    async def see_alert(self, alert_id: str) -> EventType[()]:
        user = await require_admin(self)
        await in_thread(alerts.mark_seen, user.id, id_in(alert_id, _NO_ALERT))
        await _read(self, self.range)
        return done("The others see that you take care of it.")


@dataclass(frozen=True)
class _Desk:
    overview: Overview
    dearest: list[AppCost]
    failures: list[FailedDeployment]
    alerts: list[alerts.AlertView]


def _view(session: Session, name: str) -> _Desk:
    of = range_of(name, utc_now())
    period = Period(of.start.date(), of.end.date() + timedelta(days=1))
    return _Desk(
        overview=view_overview(session, of),
        dearest=dearest_apps(session, period, limit=MOST_SHOWN),
        failures=failed_deployments(session, limit=MOST_SHOWN),
        alerts=alerts.list_alerts(session),
    )


async def _read(state: OverviewState, name: str) -> None:
    view = await in_thread(_view, name)
    overview = view.overview
    assign(
        state,
        range=name,
        tiles=_tiles(overview),
        revenue=[
            *(_money_tile("Revenue", *each) for each in sorted(overview.revenue.items())),
            *(_money_tile("Test revenue", *each) for each in sorted(overview.test_revenue.items())),
        ],
        rows=overview.rows,
        models=_model_rows(overview.models),
        dearest=cost_rows(view.dearest),
        failures=[failure_row(each) for each in view.failures],
        alerts=[_alert_row(each) for each in view.alerts if each.over_at is None],
        is_loaded=True,
    )


def _tiles(view: Overview) -> list[Tile]:
    rate, mean = view.success_rate, view.mean_seconds
    return [
        _tile("Generations", f"{view.generations.now:,.0f}", view.generations),
        _tile("Succeeded", f"{rate.now:.0f} %" if view.succeeded.now or view.failed.now else "–", rate),
        _tile("Time of a turn", duration_words(mean.now) if mean.now else "–", mean, is_cost=True),
        _tile("Model cost", money_words(int(view.cost_micro.now)) or "$0", view.cost_micro, is_cost=True),
        _tile("Publishes", f"{view.deployments.now:,.0f}", view.deployments),
        _tile("Failed publishes", f"{view.deployments_failed.now:,.0f}", view.deployments_failed, is_cost=True),
        _tile("Sign-ups", f"{view.sign_ups.now:,.0f}", view.sign_ups),
    ]


def _tile(name: str, value: str, total: Total, *, is_cost: bool = False) -> Tile:
    """Of a cost, less is better."""
    change = change_percent(total.now, total.before)
    return Tile(name, value, change_words(change), is_better=(change or 0) <= 0 if is_cost else (change or 0) >= 0)


def change_words(percent: int | None) -> str:
    if percent is None:
        return ""
    return f"{'+' if percent > 0 else '−' if percent < 0 else '±'}{abs(percent):,} %"


def _money_tile(name: str, currency: str, taken: Takings) -> MoneyTile:
    change = change_percent(taken.now, taken.before)
    note = f"{name}, {count_words(taken.sales, 'sale')}"
    return MoneyTile(currency, taken.now, note, change_words(change), is_better=(change or 0) >= 0)


def _model_rows(models: list[ModelCost]) -> list[ModelRow]:
    most = max((each.micro for each in models), default=0) or 1
    return [
        ModelRow(
            each.model,
            money_words(each.micro) or "$0",
            count_words(each.turns, "turn"),
            change_words(change_percent(each.micro, each.before_micro)),
            f"{each.micro * 100 // most}%",
        )
        for each in models
    ]


def cost_rows(costs: list[AppCost]) -> list[CostRow]:
    most = max((each.micro for each in costs), default=0) or 1
    return [
        CostRow(
            app=each.name,
            slug=each.slug,
            owner=each.owner,
            cost=money_words(each.micro),
            note=_cost_note(each),
            width=f"{each.micro * 100 // most}%",
        )
        for each in costs
    ]


def _cost_note(cost: AppCost) -> str:
    failed = f", {cost.failed:,} of them failed" if cost.failed else ""
    builds = f", builds {money_words(cost.build_micro)}" if cost.build_micro else ""
    return f"{count_words(cost.generations, 'turn')}{failed}{builds}"


def failure_row(failure: FailedDeployment) -> FailureRow:
    place = f"{failure.environment}, version {failure.version}, built by {failure.builder}"
    return FailureRow(failure.id, failure.app, failure.slug, place, failure.error, failure.at.isoformat())


def _alert_row(alert: alerts.AlertView) -> AlertRow:
    return AlertRow(alert.id, alert.title, alert.words, alert.advice, alert.since.isoformat(), alert.seen_by)
