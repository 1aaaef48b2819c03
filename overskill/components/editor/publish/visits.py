"""Who came in the last two weeks, a bar a day; the same as a table for who can't see it."""

import reflex as rx

from overskill.components.card import card
from overskill.state.traffic import DayBar, TrafficState


def visits() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Requests", class_name="text-[15px] font-semibold"),
            rx.el.p(TrafficState.words, class_name="text-[13px] text-faint"),
            class_name="flex flex-wrap items-baseline justify-between gap-x-3",
        ),
        card(
            rx.cond(
                TrafficState.has_visits,
                rx.el.div(
                    rx.foreach(TrafficState.days, _bar),
                    custom_attrs={"aria-hidden": "true"},
                    class_name="flex h-28 items-end gap-1 sm:gap-1.5",
                ),
                rx.el.p(
                    "Nobody came in the last two weeks. Who comes now is counted here within a minute.",
                    class_name="grid h-28 place-items-center text-center text-sm text-faint",
                ),
            ),
            rx.cond(TrafficState.has_visits, _days(), rx.fragment()),
            _table(),
            class_name="mt-2 p-5 sm:p-6",
        ),
        custom_attrs={"aria-label": "Requests of the last two weeks"},
    )


def _bar(day: DayBar) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                class_name="absolute inset-x-0 bottom-0 rounded-sm bg-danger",
                style={"height": rx.Var.create(f"{day.error_height}%")},
            ),
            class_name="absolute inset-x-0 bottom-0 overflow-hidden rounded-sm bg-accent",
            style={"height": rx.Var.create(f"{day.height}%")},
        ),
        title=rx.Var.create(f"{day.label}: {day.requests} requests, {day.errors} errors"),
        key=day.label,
        class_name="relative h-full min-w-0 flex-1 rounded-sm bg-hover",
    )


def _days() -> rx.Component:
    """The first and the last."""
    return rx.el.div(
        rx.el.span(TrafficState.days[0].label),
        rx.el.span("Today"),
        custom_attrs={"aria-hidden": "true"},
        class_name="mt-2 flex justify-between text-xs text-faint",
    )


def _table() -> rx.Component:
    return rx.el.table(
        rx.el.thead(rx.el.tr(*[rx.el.th(name, scope="col") for name in ("Day", "Requests", "Errors")])),
        rx.el.tbody(
            rx.foreach(
                TrafficState.days,
                lambda day: rx.el.tr(
                    rx.el.th(day.label, scope="row"), rx.el.td(day.requests), rx.el.td(day.errors), key=day.label
                ),
            )
        ),
        class_name="sr-only",
    )
