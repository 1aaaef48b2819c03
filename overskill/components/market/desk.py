"""The frame of a creator's desk: what it is, and its pages side by side."""

from typing import Any

import reflex as rx

from overskill.components.feedback import badge
from overskill.components.layout import page, page_title
from overskill.components.tabs import link_row
from overskill.components.words import Words

PAGES = (
    ("listings", "Listings", "/sell"),
    ("analytics", "Analytics", "/sell/analytics"),
    ("bundles", "Bundles", "/sell/bundles"),
    ("earnings", "Earnings", "/sell/earnings"),
    ("refunds", "Refunds", "/sell/refunds"),
    ("notices", "Notices", "/sell/notices"),
    ("profile", "Profile", "/sell/profile"),
)
_LINK = (
    "relative shrink-0 rounded-md px-3 py-2.5 text-sm font-medium text-soft transition-colors duration-150 "
    "hover:text-ink aria-[current=page]:text-ink aria-[current=page]:after:absolute "
    "aria-[current=page]:after:inset-x-3 aria-[current=page]:after:-bottom-px aria-[current=page]:after:h-0.5 "
    "aria-[current=page]:after:rounded-full aria-[current=page]:after:bg-accent"
)


def desk_page(
    current: str, title: Words, text: Words, *children: Any, actions: tuple[rx.Component, ...] = ()
) -> rx.Component:
    """`current` is the key of one of `PAGES`."""
    return page(
        page_title(title, text, *actions),
        desk_links(current),
        rx.el.div(*children, class_name="pt-8"),
    )


def desk_links(current: str) -> rx.Component:
    return link_row(
        *[
            rx.el.a(
                words,
                href=href,
                custom_attrs={"aria-current": "page"} if key == current else {},
                class_name=_LINK,
            )
            for key, words, href in PAGES
        ],
        label="Selling",
        class_name="-mx-3 flex border-b border-line",
    )


def status_badge(status: Words, words: Words) -> rx.Component:
    return rx.match(
        status,
        ("published", badge(words, tone="positive", dot=True)),
        ("review", badge(words, tone="accent", dot=True)),
        ("suspended", badge(words, tone="danger", icon="ban")),
        badge(words),
    )
