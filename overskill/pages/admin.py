"""The admin's desk: what happened in a range of time against the one before, what it cost, and what went wrong."""

import reflex as rx

from overskill.components.admin import acts, bar_row, cell, change, nothing, panel, row, table, titled
from overskill.components.button import button
from overskill.components.card import card
from overskill.components.chart import Series, chart
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import callout
from overskill.components.local_time import local_time
from overskill.components.market.money import money
from overskill.components.tabs import segmented
from overskill.components.words import Words
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin import AlertRow, CostRow, FailureRow, ModelRow, MoneyTile, OverviewState, Tile

RANGES = [("24h", "24 hours", ""), ("7d", "7 days", ""), ("30d", "30 days", ""), ("90d", "90 days", "")]


def admin_overview_page() -> rx.Component:
    return admin_page(
        "overview",
        "Overview",
        "This instance, against the same time before. Times of charts are in UTC.",
        rx.cond(OverviewState.is_loaded, _overview(), loading()),
        actions=(
            segmented(
                "Which time",
                OverviewState.range,
                RANGES,
                OverviewState.choose_range,  # type: ignore[arg-type]  # Reflex types handlers as uncallable
            ),
        ),
    )


def _overview() -> rx.Component:
    return rx.fragment(
        rx.cond(
            OverviewState.alerts.length() > 0,
            rx.el.div(rx.foreach(OverviewState.alerts, _alert), class_name="flex flex-col gap-2"),
            rx.fragment(),
        ),
        rx.el.dl(
            rx.foreach(OverviewState.tiles, _tile),
            rx.foreach(OverviewState.revenue, _money_tile),
            class_name="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-4",
        ),
        rx.el.div(
            _chart("Generations", "Turns that succeeded and that failed.", "succeeded", "failed"),
            _chart("Publishes", "Those that went through and those that failed.", "published", "unpublished"),
            _cost_chart(),
            _sign_ups(),
            class_name="grid gap-6 xl:grid-cols-2",
        ),
        rx.el.div(_dearest(), _models(), class_name="grid gap-6 xl:grid-cols-2"),
        _failures(),
        _log_dialog(),
    )


def _alert(alert: AlertRow) -> rx.Component:
    return callout(
        rx.el.div(
            rx.el.div(
                rx.el.strong(alert.title, ". "),
                alert.words,
                ", since ",
                local_time(alert.since, shape="moment"),
                ". ",
                alert.advice,
                class_name="min-w-0 flex-1 basis-64",
            ),
            rx.cond(
                alert.seen_by != "",
                rx.el.span(alert.seen_by, " takes care of it", class_name="text-[13px]"),
                button("I take care of it", size="sm", on_click=OverviewState.see_alert(alert.id)),
            ),
            class_name="flex flex-wrap items-center gap-3",
        ),
        tone="warning",
        key=alert.id,
    )


def _tile(tile: Tile) -> rx.Component:
    value = rx.el.span(tile.value, class_name="text-xl font-semibold tabular-nums tracking-tight text-ink")
    return _figure(tile.name, value, change(tile.change, tile.is_better))


def _money_tile(tile: MoneyTile) -> rx.Component:
    value = rx.el.span(
        money(tile.amount, tile.currency, short=True), class_name="text-xl font-semibold tabular-nums text-ink"
    )
    return _figure(tile.note, value, change(tile.change, tile.is_better))


def _figure(name: Words, value: rx.Component, against: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-[13px] text-faint"),
        rx.el.dd(value, against, class_name="mt-1 flex flex-wrap items-baseline justify-between gap-x-2"),
        class_name="rounded-xl border border-line bg-surface px-4 py-3 shadow-card",
    )


def _chart(title: str, text: str, good: str, bad: str) -> rx.Component:
    return panel(
        title,
        text,
        card(
            chart(
                title,
                OverviewState.rows,
                [Series(good, "Succeeded", tone="positive"), Series(bad, "Failed", tone="danger")],
                kind="bar",
                place="at",
            ),
            class_name="p-4 sm:p-5",
        ),
    )


def _cost_chart() -> rx.Component:
    return panel(
        "Model cost",
        "What providers charge for the calls of models.",
        card(
            chart("Model cost", OverviewState.rows, [Series("cost", "Cost")], kind="area", place="at", currency="usd"),
            class_name="p-4 sm:p-5",
        ),
    )


def _sign_ups() -> rx.Component:
    return panel(
        "Sign-ups",
        "Accounts that were made.",
        card(
            chart("Sign-ups", OverviewState.rows, [Series("sign_ups", "Sign-ups")], kind="bar", place="at"),
            class_name="p-4 sm:p-5",
        ),
    )


def _dearest() -> rx.Component:
    return panel(
        "Dearest apps",
        "Models and builds, by whole days of this time in UTC.",
        rx.cond(
            OverviewState.dearest.length() > 0,
            card(
                rx.el.ul(rx.foreach(OverviewState.dearest, cost_line), class_name="divide-y divide-line px-4 py-1"),
            ),
            nothing("No app cost anything in this time. Figures are counted every five minutes."),
        ),
        actions=(
            rx.el.a("By day and month", href="/admin/costs", class_name="text-sm text-accent-ink hover:underline"),
        ),
    )


def cost_line(cost: CostRow) -> rx.Component:
    return bar_row(
        cost.app,
        f"{cost.owner} · {cost.note}",
        cost.cost,
        cost.width,
        href=rx.Var.create(f"/admin/apps?q={cost.slug}"),
    )


def _models() -> rx.Component:
    return panel(
        "Models",
        "What each cost, and how many turns used it.",
        rx.cond(
            OverviewState.models.length() > 0,
            card(rx.el.ul(rx.foreach(OverviewState.models, _model), class_name="divide-y divide-line px-4 py-1")),
            nothing("No model was called in this time."),
        ),
    )


def _model(model: ModelRow) -> rx.Component:
    return bar_row(model.model, model.note, model.cost, model.width, aside=model.change)


def _failures() -> rx.Component:
    return panel(
        "Publishes that failed",
        "The newest first, whatever time is shown above.",
        rx.cond(
            OverviewState.failures.length() > 0,
            table(
                "Publishes that failed",
                [("App and reason", ""), ("When", "hidden w-40 sm:table-cell"), ("", "")],
                rx.foreach(OverviewState.failures, _failure),
            ),
            nothing("No publish failed."),
        ),
    )


def _failure(failure: FailureRow) -> rx.Component:
    return row(
        cell(titled(failure.app, failure.place, rx.el.span(failure.error, class_name="text-danger"))),
        cell(
            local_time(failure.at, shape="moment"),
            class_name="hidden whitespace-nowrap text-[13px] text-faint sm:table-cell",
        ),
        acts(
            button(
                "Log",
                size="sm",
                on_click=OverviewState.open_log(failure.id),
                custom_attrs={"aria-label": rx.Var.create(f"Log of the publish of {failure.app}")},
            ),
        ),
        key=failure.id,
    )


def _log_dialog() -> rx.Component:
    return dialog(
        OverviewState.log_title,
        OverviewState.log_error,
        rx.el.pre(
            OverviewState.log,
            tab_index=0,
            class_name=(
                "mt-4 max-h-[50dvh] overflow-auto whitespace-pre-wrap rounded-lg border border-line bg-sunken p-3 "
                "font-mono text-[13px] leading-relaxed text-ink"
            ),
        ),
        dialog_actions(cancel_button("Close")),
        wide=True,
        open=OverviewState.log != "",
        on_open_change=OverviewState.close_log,
    )
