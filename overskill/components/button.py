"""Buttons, and links that look like them."""

from typing import Any, Literal

import reflex as rx

from overskill.components.feedback import spinner
from overskill.components.icon import icon as icon_of
from overskill.components.native import native_link
from overskill.components.words import Words

Variant = Literal["primary", "secondary", "ghost", "danger"]
Size = Literal["sm", "md", "lg"]

_BASE = (
    "inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-lg font-medium select-none "
    "transition-[background,border-color,color,box-shadow,transform] duration-150 ease-calm active:scale-[0.985] "
    "disabled:opacity-55 disabled:pointer-events-none"
)
_VARIANTS: dict[Variant, str] = {
    "primary": "bg-accent text-on-accent hover:bg-accent-hover shadow-card",
    "secondary": "bg-surface text-ink border border-strong shadow-card hover:bg-hover",
    "ghost": "text-soft hover:bg-hover hover:text-ink",
    "danger": "bg-surface text-danger border border-strong shadow-card hover:bg-danger-soft hover:border-danger",
}
_SIZES: dict[Size, str] = {"sm": "h-8 px-3 text-[13px]", "md": "h-9.5 px-3.5 text-sm", "lg": "h-11 px-5 text-[15px]"}
_SQUARES: dict[Size, str] = {"sm": "size-8", "md": "size-9.5", "lg": "size-11"}


def button_classes(variant: Variant = "secondary", size: Size = "md", extra: str = "") -> str:
    return f"{_BASE} {_VARIANTS[variant]} {_SIZES[size]} {extra}".strip()


def button(
    *children: Any,
    variant: Variant = "secondary",
    size: Size = "md",
    icon: str = "",
    busy: rx.Var[bool] | bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A button that does something here. While `busy` it shows a spinner and can't be pressed again."""
    lead = icon_of(icon) if icon else rx.fragment()
    waiting = rx.cond(busy, spinner(), lead) if isinstance(busy, rx.Var) else lead
    if isinstance(busy, rx.Var):
        props["disabled"] = props["disabled"] | busy if "disabled" in props else busy
    props.setdefault("type", "button")
    return rx.el.button(waiting, *children, class_name=button_classes(variant, size, class_name), **props)


def submit_button(*children: Any, variant: Variant = "primary", icon: str = "", **props: Any) -> rx.Component:
    """Sends the form it stands in. In a native form it turns while the browser waits for the answer."""
    return button(
        rx.el.span(spinner(), class_name="hidden group-data-sent/form:block"),
        rx.el.span(icon_of(icon), class_name="group-data-sent/form:hidden") if icon else rx.fragment(),
        *children,
        variant=variant,
        type="submit",
        **props,
    )


def link_button(
    *children: Any,
    href: rx.Var[str] | str,
    variant: Variant = "secondary",
    size: Size = "md",
    icon: str = "",
    native: bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A link that looks like a button. `native` for what our routes answer, or another site."""
    make = native_link if native else rx.el.a
    lead = icon_of(icon) if icon else rx.fragment()
    return make(lead, *children, href=href, class_name=button_classes(variant, size, class_name), **props)


def icon_button(
    icon: str,
    label: Words,
    *,
    variant: Variant = "ghost",
    size: Size = "md",
    side: Literal["bottom", "top", "right"] = "bottom",
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Only an icon; `label` is its tooltip and what a screen reader says."""
    props.setdefault("type", "button")
    return rx.el.button(
        icon_of(icon, size=17),
        custom_attrs={"aria-label": label, "data-tip": label, "data-side": side, **props.pop("custom_attrs", {})},
        class_name=f"tip {_BASE} {_VARIANTS[variant]} {_SQUARES[size]} {class_name}".strip(),
        **props,
    )
