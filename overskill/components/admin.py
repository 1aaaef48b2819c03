"""What the pages of the admin's desk have in common: panels, tables, bars."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from overskill.components.card import card
from overskill.components.words import Content, Words

_HEAD = "px-4 py-2.5 text-left font-medium first:sm:pl-5 last:sm:pr-5"
_CELL = "min-w-0 px-4 py-3 align-top first:sm:pl-5 last:sm:pr-5"
_ACTIONS = rx.el.span("Actions", class_name="sr-only")


def panel(title: Words, text: Words, *children: Any, actions: Sequence[rx.Component] = ()) -> rx.Component:
    """One subject of a page, under its own heading."""
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(title, class_name="text-[15px] font-semibold"),
                rx.el.p(text, class_name="mt-0.5 text-[13px] leading-relaxed text-faint"),
                class_name="min-w-0 flex-1 basis-48",
            ),
            rx.el.div(*actions, class_name="flex flex-wrap items-center gap-2"),
            class_name="mb-3 flex flex-wrap items-end justify-between gap-3",
        ),
        *children,
        class_name="min-w-0",
    )


def table(caption: str, columns: Sequence[tuple[str, str]], body: rx.Component) -> rx.Component:
    """`columns` are (heading, classes), with "" over what can be done with a row. On a phone one says `hidden
    sm:table-cell` of what can wait."""
    return card(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    *[
                        rx.el.th(words or _ACTIONS, scope="col", class_name=f"{_HEAD} {extra}")
                        for words, extra in columns
                    ],
                    class_name="border-b border-line text-[13px] text-faint",
                ),
                class_name="max-sm:sr-only",
            ),
            rx.el.tbody(body, role="rowgroup", class_name="max-sm:block"),
            role="table",
            class_name="w-full text-sm max-sm:block",
        ),
        class_name="overflow-x-auto",
    )


def row(*cells: rx.Component, key: Words) -> rx.Component:
    """On a phone its cells stand in two columns, what can be done with it below: browsers would then forget that it is
    a row of a table, so its role says it."""
    return rx.el.tr(
        *cells,
        key=key,
        role="row",
        class_name="border-b border-line last:border-0 max-sm:grid max-sm:grid-cols-[1fr_auto]",
    )


def cell(*children: Any, class_name: str = "") -> rx.Component:
    return rx.el.td(*children, role="cell", class_name=f"{_CELL} {class_name}".strip())


def acts(*buttons: rx.Component) -> rx.Component:
    """The last cell of a row: what can be done with it."""
    return cell(
        rx.el.div(*buttons, class_name="flex flex-wrap gap-2 sm:flex-nowrap sm:justify-end"),
        class_name="sm:w-px max-sm:col-span-full max-sm:pt-0 max-sm:has-[div:empty]:hidden",
    )


def unless_own(is_own: rx.Var[bool] | bool, *buttons: rx.Component) -> rx.Component:
    """What the admin who looks may not do for themselves says who can."""
    words = rx.el.span(
        "Yours: another admin decides", class_name="self-center text-[13px] whitespace-nowrap text-faint"
    )
    return rx.cond(is_own, words, rx.fragment(*buttons))


def titled(title: Content, *below: Content) -> rx.Component:
    """What a row is about, with what else there is to say of it in smaller letters."""
    return rx.el.div(
        rx.el.div(title, class_name="min-w-0 wrap-anywhere font-medium text-ink"),
        *[rx.el.div(each, class_name="mt-0.5 wrap-anywhere text-[13px] text-faint") for each in below],
        class_name="min-w-0",
    )


def bar_row(
    name: Words, note: Words, value: Words, width: Words, *, aside: Words = "", href: Words = ""
) -> rx.Component:
    """A line of a list of costs: the longest bar is the dearest."""
    has_link = isinstance(href, rx.Var) or bool(href)
    title = rx.el.a(name, href=href, class_name="truncate hover:underline") if has_link else rx.el.span(name)
    return rx.el.li(
        rx.el.div(
            rx.el.span(title, class_name="min-w-0 truncate font-medium text-ink"),
            rx.el.span(
                rx.el.span(aside, class_name="mr-2 text-[13px] text-faint"),
                value,
                class_name="shrink-0 tabular-nums text-ink",
            ),
            class_name="flex items-baseline justify-between gap-3 text-sm",
        ),
        rx.el.div(
            rx.el.div(class_name="h-full rounded-full bg-accent", style={"width": width}),
            custom_attrs={"aria-hidden": "true"},
            class_name="mt-1.5 h-1.5 overflow-hidden rounded-full bg-hover",
        ),
        rx.el.div(note, class_name="mt-1 truncate text-[13px] text-faint"),
        class_name="py-2.5",
    )


def change(words: Words, is_better: rx.Var[bool] | bool) -> rx.Component:
    """Against the range before: a sign, and a colour that only repeats it."""
    return rx.el.span(
        words,
        title="Against the same time before",
        class_name=rx.cond(is_better, "text-[13px] tabular-nums text-positive", "text-[13px] tabular-nums text-danger"),
    )


def nothing(words: str) -> rx.Component:
    """In the place of a list that is empty."""
    return card(rx.el.p(words, class_name="px-5 py-8 text-center text-sm text-faint"))
