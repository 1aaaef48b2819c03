"""What was published before."""

import reflex as rx

from overskill.components.button import button
from overskill.components.editor.browser import time_ago
from overskill.components.feedback import badge
from overskill.state.publish import PublishCard, PublishState


def history() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("History", class_name="flex-1 text-[15px] font-semibold"),
            rx.cond(
                PublishState.previous_version > 0,
                button(
                    "Back to version ",
                    PublishState.previous_version,
                    size="sm",
                    icon="rotate_ccw",
                    disabled=PublishState.is_busy,
                    on_click=PublishState.take_back,
                ),
                rx.fragment(),
            ),
            class_name="flex min-h-8 items-center gap-3",
        ),
        rx.el.ol(
            rx.foreach(PublishState.history, _past),
            class_name="mt-2 divide-y divide-line rounded-xl border border-line bg-surface shadow-card",
        ),
    )


def _past(each: PublishCard) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.span("Version ", each.version, class_name="font-medium text-ink"),
                rx.cond(each.facts != "", rx.el.span(" · ", each.facts), rx.fragment()),
                class_name="truncate text-sm text-faint",
            ),
            time_ago(each.at, class_name="text-[13px] text-faint"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            each.is_live,
            badge("Live", tone="positive", dot=True),
            rx.match(
                each.status,
                ("failed", badge("Failed", tone="danger", icon="circle_alert")),
                ("rolled_back", badge(each.words, tone="warning")),
                badge(each.words),
            ),
        ),
        key=each.id,
        class_name="flex items-center gap-3 px-4 py-3",
    )
