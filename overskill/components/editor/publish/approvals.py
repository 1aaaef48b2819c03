"""Publishes to a protected environment that wait for somebody to say yes."""

import reflex as rx

from overskill.components.button import button
from overskill.components.card import card
from overskill.components.editor.browser import time_ago
from overskill.state.publish import PublishState
from overskill.state.publish_cards import PublishCard


def approvals() -> rx.Component:
    return card(
        rx.el.h2("Waiting for approval", class_name="px-5 pt-4 text-[15px] font-semibold sm:px-6"),
        rx.cond(
            PublishState.may_decide,
            rx.fragment(),
            rx.el.p(
                "The team's owner or one of its admins decides.", class_name="px-5 pt-0.5 text-[13px] text-soft sm:px-6"
            ),
        ),
        rx.el.ul(rx.foreach(PublishState.waiting, _waiting), class_name="mt-2 divide-y divide-line"),
        class_name="overflow-hidden",
    )


def _waiting(each: PublishCard) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                "Version ", each.version, " to ", each.environment, class_name="truncate text-sm font-medium text-ink"
            ),
            rx.el.p("Asked by ", each.who, " · ", time_ago(each.at), class_name="text-[13px] text-faint"),
            class_name="min-w-0 flex-1 basis-48",
        ),
        rx.cond(
            PublishState.may_decide,
            rx.el.div(
                button("Decline", size="sm", on_click=PublishState.decline(each.id)),
                button(
                    "Approve",
                    size="sm",
                    variant="primary",
                    disabled=PublishState.is_busy,
                    on_click=PublishState.approve(each.id),
                ),
                class_name="flex gap-2",
            ),
            rx.cond(
                PublishState.may_change,
                button("Withdraw", size="sm", on_click=PublishState.cancel(each.id)),
                rx.fragment(),
            ),
        ),
        key=each.id,
        class_name="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3 sm:px-6",
    )
