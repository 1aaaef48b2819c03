"""What the product says without being asked: states, waits, and emptiness."""

from typing import Any, Literal

import reflex as rx

from overskill.components.icon import icon as icon_of
from overskill.components.words import Words

Tone = Literal["neutral", "accent", "positive", "warning", "danger"]

_SOFT: dict[Tone, str] = {
    "neutral": "bg-hover text-soft",
    "accent": "bg-accent-soft text-accent-ink",
    "positive": "bg-positive-soft text-positive",
    "warning": "bg-warning-soft text-warning",
    "danger": "bg-danger-soft text-danger",
}
_ICONS: dict[Tone, str] = {
    "neutral": "info",
    "accent": "sparkles",
    "positive": "circle_check",
    "warning": "triangle_alert",
    "danger": "circle_alert",
}


def badge(*children: Any, tone: Tone = "neutral", icon: str = "", dot: bool = False, **props: Any) -> rx.Component:
    """A word about a thing. `dot` for a live state: the colour is never alone."""
    lead = rx.el.span(class_name="size-1.5 rounded-full bg-current") if dot else rx.fragment()
    return rx.el.span(
        icon_of(icon, size=12) if icon else lead,
        *children,
        class_name=(
            "inline-flex items-center gap-1.5 h-6 px-2 rounded-md text-xs font-medium whitespace-nowrap "
            f"{_SOFT[tone]} {props.pop('class_name', '')}"
        ).strip(),
        **props,
    )


def callout(*children: Any, tone: Tone = "neutral", **props: Any) -> rx.Component:
    """Something to read before going on. A danger is announced to screen readers."""
    return rx.el.div(
        icon_of(_ICONS[tone], class_name="mt-0.5"),
        rx.el.div(*children, class_name="min-w-0 flex-1 [&_a]:font-medium [&_a]:underline [&_a]:underline-offset-2"),
        role="alert" if tone == "danger" else "note",
        class_name=(
            f"flex gap-2.5 rounded-xl px-3.5 py-3 text-sm leading-relaxed {_SOFT[tone]} {props.pop('class_name', '')}"
        ).strip(),
        **props,
    )


def spinner(*, size: int = 16) -> rx.Component:
    return icon_of("loader_circle", size=size, class_name="animate-spin")


def waiting(words: str | rx.Var[str]) -> rx.Component:
    """A wait always says for what."""
    return rx.el.div(
        spinner(), rx.el.span(words), role="status", class_name="flex items-center gap-2.5 text-sm text-soft"
    )


def skeleton(class_name: str = "h-4 w-full") -> rx.Component:
    """The place of something that comes at once; give it the size of what comes."""
    return rx.el.div(
        custom_attrs={"aria-hidden": "true"}, class_name=f"shimmer animate-shimmer rounded-md {class_name}"
    )


def progress_bar(percent: rx.Var[int], label: str) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            class_name="h-full rounded-full bg-accent transition-[width] duration-300 ease-calm",
            style={"width": rx.Var.create(f"{percent}%")},
        ),
        role="progressbar",
        custom_attrs={"aria-label": label, "aria-valuenow": percent, "aria-valuemin": 0, "aria-valuemax": 100},
        class_name="h-1.5 w-full overflow-hidden rounded-full bg-hover",
    )


def empty(icon: str, title: Words, text: Words, *actions: rx.Component, is_page: bool = False) -> rx.Component:
    """Nothing here yet: what would be here, and how to get it. `is_page`: it is all that the page says."""
    heading = rx.el.h1 if is_page else rx.el.h2
    return rx.el.div(
        rx.el.div(
            icon_of(icon, size=22),
            class_name="grid place-items-center size-12 rounded-xl bg-accent-soft text-accent-ink",
        ),
        heading(title, class_name="text-base font-semibold text-ink"),
        rx.el.p(text, class_name="max-w-sm text-sm text-soft"),
        rx.el.div(*actions, class_name="flex flex-wrap justify-center gap-2 pt-1") if actions else rx.fragment(),
        class_name=(
            "flex flex-col items-center gap-3 rounded-2xl border border-dashed border-strong px-6 py-14 text-center"
        ),
    )
