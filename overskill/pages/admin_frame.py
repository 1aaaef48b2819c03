"""The frame of the admin's desk. Whoever is no admin sees what is shown where nothing is."""

from typing import Any

import reflex as rx

from overskill.components.feedback import skeleton
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.tabs import link_row
from overskill.components.words import Words
from overskill.pages.not_found import not_found_page
from overskill.state.admin import DeskState

PAGES = (
    ("overview", "Overview", "/admin", "chart_line"),
    ("costs", "Costs", "/admin/costs", "coins"),
    ("work", "Queues", "/admin/work", "list_todo"),
    ("users", "Users", "/admin/users", "users"),
    ("apps", "Apps", "/admin/apps", "layout_grid"),
    ("listings", "Listings", "/admin/listings", "store"),
    ("collections", "Collections", "/admin/collections", "library"),
    ("money", "Money", "/admin/money", "banknote"),
    ("reports", "Reports", "/admin/reports", "flag"),
    ("audit", "Audit log", "/admin/audit", "scroll_text"),
)
_LINK = (
    "flex shrink-0 items-center gap-2.5 rounded-lg px-3 py-2 text-sm font-medium text-soft transition-colors "
    "duration-150 hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink"
)


def admin_page(
    current: str, title: Words, text: Words, *children: Any, actions: tuple[rx.Component, ...] = ()
) -> rx.Component:
    """`current` is the key of one of `PAGES`."""
    desk = page(
        rx.el.div(
            _links(current),
            rx.el.div(
                page_title(title, text, *actions),
                rx.el.div(*children, class_name="flex flex-col gap-8"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex flex-col lg:flex-row lg:gap-10",
        ),
    )
    return rx.match(DeskState.standing, ("yes", desk), ("no", not_found_page()), _opening())


def _links(current: str) -> rx.Component:
    return link_row(
        *[
            rx.el.a(
                icon(name, size=16),
                words,
                href=href,
                custom_attrs={"aria-current": "page"} if key == current else {},
                class_name=_LINK,
            )
            for key, words, href, name in PAGES
        ],
        label="Admin's desk",
        class_name=(
            "-mx-4 flex gap-1 border-b border-line px-4 py-2 "
            "lg:sticky lg:top-20 lg:mx-0 lg:mt-10 lg:w-48 lg:shrink-0 lg:flex-col lg:self-start lg:overflow-visible "
            "lg:border-0 lg:p-0"
        ),
    )


def _opening() -> rx.Component:
    return page(
        skeleton("mt-12 h-8 w-48"),
        *[skeleton("mt-6 h-28 w-full rounded-xl") for _ in range(3)],
    )


def loading() -> rx.Component:
    return rx.el.div(
        *[skeleton("h-32 w-full rounded-xl") for _ in range(3)],
        class_name="flex flex-col gap-6",
    )
