"""Form fields: a label, a control, and the words under it."""

from typing import Any

import reflex as rx

from overskill.components.icon import icon as icon_of

CONTROL = (
    "block w-full rounded-lg border border-strong bg-sunken text-[15px] text-ink sm:text-sm "
    "transition-[border-color,box-shadow] duration-150 ease-calm hover:border-faint "
    "focus:outline-none focus:border-ring focus:ring-3 focus:ring-ring/25 "
    "aria-invalid:border-danger disabled:opacity-60"
)


def text_input(name: str, **props: Any) -> rx.Component:
    extra = props.pop("class_name", "")
    return rx.el.input(id=props.pop("id", name), name=name, class_name=f"{CONTROL} h-10 px-3 {extra}".strip(), **props)


def text_area(name: str, **props: Any) -> rx.Component:
    """Grows with its text where the browser can do that by itself."""
    return rx.el.textarea(
        id=props.pop("id", name),
        name=name,
        class_name=f"{CONTROL} px-3 py-2.5 field-sizing-content resize-none {props.pop('class_name', '')}".strip(),
        **props,
    )


def select(name: str, options: list[tuple[str, str]], **props: Any) -> rx.Component:
    """`options` are (value, words)."""
    return rx.el.div(
        rx.el.select(
            *[rx.el.option(words, value=value) for value, words in options],
            id=props.pop("id", name),
            name=name,
            class_name=f"{CONTROL} h-10 pl-3 pr-9 appearance-none",
            **props,
        ),
        icon_of("chevron_down", class_name="pointer-events-none absolute right-3 top-3 text-faint"),
        class_name="relative",
    )


def field(
    label: str,
    control: rx.Component,
    *,
    hint: str = "",
    error: rx.Var[str] | str = "",
    aside: rx.Component | None = None,
) -> rx.Component:
    """`aside` stands at the right of the label: a link to reset the password, say."""
    below = rx.el.p(hint, class_name="text-[13px] text-faint") if hint else rx.fragment()
    if isinstance(error, rx.Var):
        below = rx.cond(error != "", _error(error), below)
    elif error:
        below = _error(error)
    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=str(getattr(control, "id", "")), class_name="text-sm font-medium text-ink"),
            aside or rx.fragment(),
            class_name="flex items-baseline justify-between gap-3",
        ),
        control,
        below,
        class_name="flex flex-col gap-1.5",
    )


def _error(words: rx.Var[str] | str) -> rx.Component:
    return rx.el.p(
        icon_of("circle_alert", size=14), words, role="alert", class_name="flex gap-1.5 text-[13px] text-danger"
    )
