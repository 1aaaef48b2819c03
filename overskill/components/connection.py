"""What the page says when the server is out of reach, and while it starts."""

import reflex as rx
from reflex_components_core.core.banner import has_too_many_connection_errors

from overskill.components.feedback import spinner
from overskill.components.icon import logo_mark


def connection_notice() -> rx.Component:
    """Reflex retries by itself; we say so, without addresses and without alarm."""
    return rx.cond(
        has_too_many_connection_errors,
        rx.el.div(
            spinner(size=15),
            "Connection lost. Your work is safe; reconnecting…",
            role="status",
            class_name=(
                "fixed bottom-5 left-1/2 z-70 flex -translate-x-1/2 items-center gap-2.5 whitespace-nowrap "
                "rounded-full bg-ink px-4 py-2.5 text-sm font-medium text-canvas shadow-overlay animate-rise"
            ),
        ),
        rx.fragment(),
    )


def page_is_opening() -> rx.Component:
    """Shown by addresses that are not prerendered (a studio) until the page's code is there."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(logo_mark(size=40), class_name="animate-breathe"),
            rx.el.p("Opening…", role="status", class_name="text-sm text-faint"),
            class_name="flex flex-col items-center gap-4",
        ),
        class_name="grid min-h-dvh place-items-center",
    )
