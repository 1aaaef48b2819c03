"""Form fields: a label, a control, and the words under it."""

from typing import Any

import reflex as rx

from overskill.components.icon import icon as icon_of
from overskill.components.tick import Tick

CONTROL = (
    "block w-full rounded-lg border border-strong bg-sunken text-[15px] text-ink sm:text-sm "
    "transition-[border-color,box-shadow] duration-150 ease-calm hover:border-faint "
    "focus:outline-none focus:border-ring focus:ring-3 focus:ring-ring/25 "
    "aria-invalid:border-danger disabled:opacity-60"
)


def text_input(name: str, **props: Any) -> rx.Component:
    """`id` is its name unless another element of the page has that."""
    extra = props.pop("class_name", "")
    # Reflex must not know the id: forms would also send what it finds by it, and null for what is not shown.
    attributes = {"id": props.pop("id", name), **props.pop("custom_attrs", {})}
    return rx.el.input(name=name, custom_attrs=attributes, class_name=f"{CONTROL} h-10 px-3 {extra}".strip(), **props)


def field(
    label: str,
    control: rx.Component,
    *,
    hint: str = "",
    error: rx.Var[str] | None = None,
    aside: rx.Component | None = None,
) -> rx.Component:
    """An `error` takes the place of the hint. `aside` stands at the right of the label."""
    below = rx.el.p(hint, class_name="text-[13px] text-faint") if hint else rx.fragment()
    if isinstance(error, rx.Var):
        control.custom_attrs = {**control.custom_attrs, "aria-invalid": error != ""}
        below = rx.cond(error != "", _error(error), below)
    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=control.custom_attrs["id"], class_name="text-sm font-medium text-ink"),
            aside or rx.fragment(),
            class_name="flex items-baseline justify-between gap-3",
        ),
        control,
        below,
        class_name="flex flex-col gap-1.5",
    )


def checkbox(label: str, name: str, *, hint: str | rx.Component, **props: Any) -> rx.Component:
    """A choice that takes effect at once; give it `checked` and `on_change`."""
    hint_id = f"{name}-hint"
    return rx.el.div(
        Tick.create(
            id=name,
            type="checkbox",
            custom_attrs={"aria-describedby": hint_id},
            class_name="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent",
            **props,
        ),
        rx.el.div(
            rx.el.label(label, html_for=name, class_name="block cursor-pointer text-sm font-medium text-ink"),
            rx.el.p(hint, id=hint_id, class_name="mt-0.5 text-[13px] leading-relaxed text-faint"),
            class_name="min-w-0",
        ),
        class_name="flex items-start gap-3",
    )


def _error(words: rx.Var[str]) -> rx.Component:
    return rx.el.p(
        icon_of("circle_alert", size=14), words, role="alert", class_name="flex gap-1.5 text-[13px] text-danger"
    )
