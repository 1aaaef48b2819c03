"""A version that some visitors try: how it does beside the other, and the two ways out."""

import reflex as rx

from overskill.components.button import button
from overskill.components.card import card
from overskill.components.feedback import badge, progress_bar
from overskill.state.publish import PublishState
from overskill.state.traffic import CountCard, TrafficState

PLACE = PublishState.place
_COLUMNS = ("Requests", "Errors", "Error rate", "Average")


def trial() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.h2(
                    "Version ",
                    PLACE.trial_version,
                    " is tried by ",
                    PLACE.trial_percent,
                    " % of the visitors",
                    class_name="text-[15px] font-semibold text-ink",
                ),
                badge("On trial", tone="accent", dot=True),
                class_name="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5",
            ),
            rx.el.p(
                "It goes to everybody after ten quiet minutes, and is taken back as soon as it fails more often.",
                class_name="mt-1 text-[13px] leading-relaxed text-soft",
            ),
        ),
        _table(),
        rx.el.div(
            progress_bar(rx.Var.create(TrafficState.trial_percent), "Requests until it can be judged"),
            rx.el.p(TrafficState.trial_words, role="status", class_name="text-[13px] text-faint"),
            class_name="flex flex-col gap-2",
        ),
        rx.cond(
            PublishState.may_change,
            rx.el.div(
                button(
                    "Give it to everybody now",
                    icon="circle_check",
                    variant="primary",
                    on_click=PublishState.end_trial(True),
                ),
                button("Stop the trial", icon="circle_x", on_click=PublishState.end_trial(False)),
                class_name="flex flex-wrap gap-2",
            ),
            rx.fragment(),
        ),
        class_name="flex animate-rise flex-col gap-4 p-5 sm:p-6",
    )


def _table() -> rx.Component:
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th(rx.el.span("Version", class_name="sr-only"), scope="col"),
                *[
                    rx.el.th(name, scope="col", class_name="pb-1.5 text-right text-xs font-medium text-faint")
                    for name in _COLUMNS
                ],
            )
        ),
        rx.el.tbody(
            _row(rx.fragment("Version ", PLACE.version), TrafficState.stable),
            _row(rx.fragment("Version ", PLACE.trial_version), TrafficState.canary),
        ),
        class_name="w-full table-fixed text-[13px] tabular-nums",
    )


def _row(name: rx.Component, counts: CountCard) -> rx.Component:
    figures = (counts.requests, counts.errors, counts.rate, counts.speed)
    return rx.el.tr(
        rx.el.th(name, scope="row", class_name="py-2 text-left font-medium text-ink"),
        *[rx.el.td(figure, class_name="py-2 text-right text-soft") for figure in figures],
        class_name="border-t border-line",
    )
