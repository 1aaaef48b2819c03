"""Switches between a few things in one place."""

from collections.abc import Callable
from typing import Literal

import reflex as rx
from reflex.event import EventSpec

from overskill.components.browser_files import browser_file
from overskill.components.icon import icon as icon_of

for _file in ("roving.js", "scroll_row.js"):  # imported by the files below, so they must lie beside them
    browser_file(__name__, _file)
_SCROLL_ROW = browser_file(__name__, "scroll_row.jsx")


class _Roving(rx.Component):
    library = browser_file(__name__, "roving.jsx")
    tag = "Roving"
    role: rx.Var[str]
    label: rx.Var[str]


class _ScrollRow(rx.Component):
    library = _SCROLL_ROW
    tag = "ScrollRow"
    label: rx.Var[str]


def link_row(*links: rx.Component, label: str, class_name: str = "") -> rx.Component:
    """Links side by side. Where they do not fit they scroll, show that they do, and show the page that is open."""
    return _ScrollRow.create(*links, label=label, class_name=class_name)


def roving(
    *items: rx.Component, role: Literal["tablist", "radiogroup"], label: str, class_name: str = ""
) -> rx.Component:
    """A row of tabs or choices that the arrow keys move in. Each has `stop`: the Tab key stops at the chosen one."""
    return _Roving.create(*items, role=role, label=label, class_name=class_name)


def stop(is_chosen: rx.Var[bool] | bool) -> rx.Var[int]:
    """The tab index of one item of a row."""
    return rx.cond(is_chosen, 0, -1)


def segmented(
    label: str,
    value: rx.Var[str] | str,
    options: list[tuple[str, str, str]],
    choose: Callable[[str], EventSpec],
    *,
    words: bool = True,
) -> rx.Component:
    """A few exclusive choices. `options` are (value, words, icon); `choose(value)` gives the event to fire."""
    return roving(
        *[_segment(value, key, text, icon, choose(key), words=words) for key, text, icon in options],
        role="radiogroup",
        label=label,
        class_name="scroll-row inline-flex max-w-full items-center gap-0.5 rounded-lg bg-hover p-0.5",
    )


def _segment(
    value: rx.Var[str] | str, key: str, text: str, icon: str, on_click: EventSpec, *, words: bool
) -> rx.Component:
    chosen = rx.Var.create(value) == key
    return rx.el.button(
        icon_of(icon, size=15) if icon else rx.fragment(),
        text if words else rx.fragment(),
        type="button",
        role="radio",
        tab_index=stop(chosen),
        on_click=on_click,
        custom_attrs={"aria-checked": chosen, "aria-label": text, "data-on": chosen},
        class_name=(
            "inline-flex shrink-0 items-center gap-1.5 h-7.5 px-2.5 rounded-md text-[13px] font-medium text-soft "
            "whitespace-nowrap transition-colors duration-150 hover:text-ink "
            "data-[on=true]:bg-surface data-[on=true]:text-ink data-[on=true]:shadow-card dark:data-[on=true]:bg-strong"
        ),
    )
