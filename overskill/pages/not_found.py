"""An address that leads nowhere."""

import reflex as rx

from overskill.components.button import link_button
from overskill.components.layout import page


def not_found_page() -> rx.Component:
    return page(
        rx.el.div(
            rx.el.p("404", class_name="font-mono text-sm font-medium text-accent-ink"),
            rx.el.h1("There is nothing at this address", class_name="text-3xl font-semibold tracking-[-0.025em]"),
            rx.el.p("The link may be old, or the app may have been moved or deleted.", class_name="max-w-md text-soft"),
            rx.el.div(
                link_button("Go to the start page", href="/", variant="primary"),
                link_button("My apps", href="/studio"),
                class_name="flex flex-wrap justify-center gap-2 pt-2",
            ),
            class_name="halo flex flex-col items-center gap-4 py-28 text-center",
        )
    )
