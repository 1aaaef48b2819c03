"""The publish tab: one button, then each step as it happens, and the way back."""

import reflex as rx

from overskill.components.editor.findings import security
from overskill.components.editor.publish.address import address
from overskill.components.editor.publish.domains import domains
from overskill.components.editor.publish.history import history
from overskill.components.editor.publish.latest import latest
from overskill.state.publish import PublishState


def publish_tab() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            address(),
            security(),
            rx.cond(PublishState.latest.id != "", latest(), rx.fragment()),
            domains(),
            rx.cond(PublishState.history.length() > 0, history(), rx.fragment()),
            class_name="mx-auto flex w-full max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6",
        ),
        class_name="min-h-0 flex-1 overflow-y-auto",
    )
