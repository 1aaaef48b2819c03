"""What a page says when the server is out of reach or was updated, while its code is coming, and when it broke."""

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_too_many_connection_errors

from overskill.components.browser_files import browser_file
from overskill.components.button import link_button
from overskill.components.feedback import spinner
from overskill.components.icon import logo_mark
from overskill.state.outages import OutageState

browser_file(__name__, "plain_http.js")  # site_update.jsx, which every page has, imports both from beside it
browser_file(__name__, "site_update.js")


class _SiteUpdate(rx.Component):
    library = browser_file(__name__, "site_update.jsx")
    tag = "SiteUpdate"


def site_notices() -> rx.Component:
    """Over every page."""
    return rx.fragment(connection_notice(), _SiteUpdate.create())


def connection_notice() -> rx.Component:
    """Out of reach is the web process, or what it needs itself. Either is tried again by itself; we say so, without
    addresses and without alarm."""
    return rx.cond(
        has_too_many_connection_errors | OutageState.is_out,
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


def error_boundary() -> rx.Component:
    """Around every page: a bug in one shows these words instead of nothing. Reflex sends the error to our log."""
    return ErrorBoundary.create(fallback_render=rx.Var.create(_page_broke()))


def _page_broke() -> rx.Component:
    return rx.el.main(
        logo_mark(size=40),
        rx.el.h1("This page hit a problem", class_name="mt-4 text-2xl font-semibold tracking-[-0.02em]"),
        rx.el.p("It is our mistake, and it was logged. What you made is saved.", class_name="text-sm text-soft"),
        rx.el.div(
            link_button("Reload the page", href="", native=True, variant="primary"),
            link_button("Go to the start page", href="/", native=True),
            class_name="mt-4 flex flex-wrap justify-center gap-2",
        ),
        role="alert",
        class_name="grid min-h-dvh content-center justify-items-center gap-2 px-4 text-center",
    )
