"""The way to what is new from who is followed, with a dot while some of it was not seen."""

import reflex as rx

from overskill.components.icon import icon
from overskill.state.session import SessionState


def news_bell() -> rx.Component:
    return rx.el.a(
        icon("bell", size=18),
        rx.cond(
            SessionState.has_news,
            rx.el.span(
                class_name="absolute right-1.5 top-1.5 size-2 rounded-full bg-accent ring-2 ring-canvas",
                custom_attrs={"aria-hidden": "true"},
            ),
            rx.fragment(),
        ),
        href="/news",
        custom_attrs={"aria-label": rx.cond(SessionState.has_news, "News: there is some", "News")},
        class_name=(
            "relative grid size-8.5 place-items-center rounded-full text-soft transition-colors duration-150 "
            "hover:bg-hover hover:text-ink"
        ),
    )
