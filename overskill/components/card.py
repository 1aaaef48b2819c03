"""Surfaces that hold things together."""

from typing import Any

import reflex as rx


def card(*children: Any, class_name: str = "", **props: Any) -> rx.Component:
    return rx.el.div(
        *children, class_name=f"rounded-xl border border-line bg-surface shadow-card {class_name}".strip(), **props
    )


def section_card(title: str, text: str, *children: Any, **props: Any) -> rx.Component:
    """One subject of a settings page: what it is on the left, what to do on the right."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="text-[15px] font-semibold"),
            rx.el.p(text, class_name="mt-1 text-sm text-soft leading-relaxed"),
            class_name="md:w-64 md:shrink-0",
        ),
        card(*children, class_name="min-w-0 flex-1 p-5 sm:p-6"),
        class_name="flex flex-col gap-4 md:flex-row md:gap-10 py-8 scroll-mt-20",
        **props,
    )
