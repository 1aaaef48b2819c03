"""Lucide icons, one size of stroke everywhere."""

from typing import Any

import reflex as rx


def icon(name: str, *, size: int = 16, **props: Any) -> rx.Component:
    """A decoration: what it means is said in words beside it, or by its button's label."""
    props["class_name"] = f"shrink-0 {props.get('class_name', '')}".strip()
    return rx.icon(name, size=size, custom_attrs={"aria-hidden": "true", "strokeWidth": 1.9}, **props)


def logo_mark(*, size: int = 28) -> rx.Component:
    return rx.el.img(
        src="/logo.svg", alt="", class_name="shrink-0", style={"width": f"{size}px", "height": f"{size}px"}
    )
