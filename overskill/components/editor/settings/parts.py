"""What every section of the settings has."""

from typing import Any

import reflex as rx

from overskill.components.card import card
from overskill.components.words import Words
from overskill.state.app_settings import AppSettingsState


def section(title: str, text: Words, *children: Any, aside: rx.Component | None = None, key: str) -> rx.Component:
    """`aside` stands at the right of the title."""
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(title, id=f"settings-{key}", class_name="text-[15px] font-semibold"),
                rx.el.p(text, class_name="mt-1 max-w-prose text-sm leading-relaxed text-soft"),
                class_name="min-w-0 flex-1 basis-72",
            ),
            aside or rx.fragment(),
            class_name="mb-4 flex flex-wrap items-end justify-between gap-3",
        ),
        card(*children, class_name="overflow-hidden"),
        custom_attrs={"aria-labelledby": f"settings-{key}"},
    )


def refusal_of(place: str) -> rx.Var[str]:
    """Why an input was refused, such as "general.slug"."""
    return rx.cond(AppSettingsState.refused == place, AppSettingsState.refusal, "")


def code(words: Words, class_name: str = "") -> rx.Component:
    return rx.el.code(words, class_name=f"font-mono text-[13px] {class_name}".strip())
