"""What every step of a listing has."""

from typing import Any

import reflex as rx

from overskill.components.card import card
from overskill.components.words import Content, Words
from overskill.state.sell_listing import SellListingState


def step_section(title: str, text: Content, *children: Any, aside: rx.Component | None = None) -> rx.Component:
    """`aside` stands at the right of the title."""
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(title, class_name="text-[17px] font-semibold"),
                rx.el.p(text, class_name="mt-1 max-w-prose text-sm leading-relaxed text-soft"),
                class_name="min-w-0 flex-1 basis-72",
            ),
            aside or rx.fragment(),
            class_name="mb-4 flex flex-wrap items-end justify-between gap-3",
        ),
        card(*children, class_name="p-5 sm:p-6"),
        class_name="[&+section]:mt-10",
    )


def refusal_of(place: Words) -> rx.Var[str]:
    """Why an input was refused, such as "words.title"."""
    return rx.cond(SellListingState.refused == place, SellListingState.refusal, "")


def form_key(form: str) -> rx.Var[str]:
    """Fields begin anew once what is in them was kept, and for another listing; never while somebody types."""
    return SellListingState.listing_id + SellListingState.kept[form].to_string()
