"""The publish tab: where to, one button, each step as it happens, who comes, and the way back."""

import reflex as rx

from overskill.components.button import button
from overskill.components.editor.browser import time_ago
from overskill.components.editor.findings import security
from overskill.components.editor.publish.address import address
from overskill.components.editor.publish.approvals import approvals
from overskill.components.editor.publish.domains import domains
from overskill.components.editor.publish.history import history
from overskill.components.editor.publish.latest import latest
from overskill.components.editor.publish.places import places
from overskill.components.editor.publish.serving import serving
from overskill.components.editor.publish.trial import trial
from overskill.components.editor.publish.visits import visits
from overskill.components.feedback import callout
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState
from overskill.state.sell import SellState
from overskill.state.traffic import TrafficState


def publish_tab() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.cond(EditorState.suspended != "", _suspension(), rx.fragment()),
            places(),
            rx.cond(TrafficState.incident != "", _incident(), rx.fragment()),
            address(),
            rx.cond(PublishState.waiting.length() > 0, approvals(), rx.fragment()),
            rx.cond(PublishState.place.trial_id != "", trial(), rx.fragment()),
            rx.cond(PublishState.latest.id != "", latest(), rx.fragment()),
            security(),
            rx.cond(PublishState.place.is_live, visits(), rx.fragment()),
            rx.cond(PublishState.environment == "production", domains(), rx.fragment()),
            serving(),
            _selling(),
            rx.cond(PublishState.history.length() > 0, history(), rx.fragment()),
            class_name="mx-auto flex w-full max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6",
        ),
        class_name="min-h-0 flex-1 overflow-y-auto",
    )


def _suspension() -> rx.Component:
    return callout(
        rx.el.p(
            rx.el.strong("This app is suspended: nobody sees it, and it can't be published. "), EditorState.suspended
        ),
        rx.el.p(
            "If you disagree, appeal with one click: ", rx.el.a("your notices", href="/sell/notices"), class_name="mt-1"
        ),
        tone="danger",
    )


def _selling() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Sell it", class_name="text-[15px] font-semibold"),
            rx.el.p(
                "In the marketplace each buyer gets a copy of their own, installed as soon as they paid.",
                class_name="mt-1 max-w-prose text-sm leading-relaxed text-soft",
            ),
            class_name="min-w-0 flex-1 basis-64",
        ),
        button("Sell this app", icon="store", on_click=SellState.begin_here),
        class_name="flex flex-wrap items-center gap-4 rounded-xl border border-line px-5 py-4 sm:px-6",
    )


def _incident() -> rx.Component:
    return callout(
        rx.el.p(TrafficState.incident, " (", time_ago(TrafficState.incident_at), ")", class_name="break-words"),
        tone="warning",
    )
