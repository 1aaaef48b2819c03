"""Switches between a few things in one place."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventSpec

from overskill.components.icon import icon as icon_of


def segmented(
    label: str,
    value: rx.Var[str] | str,
    options: list[tuple[str, str, str]],
    choose: Callable[[str], EventSpec],
    *,
    words: bool = True,
) -> rx.Component:
    """A few exclusive choices. `options` are (value, words, icon); `choose(value)` gives the event to fire."""
    return rx.el.div(
        *[_segment(value, key, text, icon, choose(key), words=words) for key, text, icon in options],
        role="radiogroup",
        custom_attrs={"aria-label": label},
        class_name="inline-flex items-center gap-0.5 rounded-lg bg-hover p-0.5",
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
        on_click=on_click,
        custom_attrs={"aria-checked": chosen, "aria-label": text, "data-on": chosen},
        class_name=(
            "inline-flex items-center gap-1.5 h-7.5 px-2.5 rounded-md text-[13px] font-medium text-soft "
            "transition-colors duration-150 hover:text-ink "
            "data-[on=true]:bg-surface data-[on=true]:text-ink data-[on=true]:shadow-card dark:data-[on=true]:bg-strong"
        ),
    )
