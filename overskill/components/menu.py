"""A menu under a button: arrow keys move, letters jump, Escape closes, focus returns."""

from collections.abc import Callable
from typing import Any, Literal

import reflex as rx
from reflex.event import EventHandler, EventSpec, no_args_event_spec, passthrough_event_spec
from reflex_components_radix.primitives.base import RadixPrimitiveComponent

from overskill.components.icon import icon as icon_of
from overskill.components.native import native_link
from overskill.components.words import Content, Words


class _Part(RadixPrimitiveComponent):
    library = "@radix-ui/react-dropdown-menu@2.2.1"


class MenuRoot(_Part):
    tag = "Root"
    alias = "MenuRoot"
    modal: rx.Var[bool]


class MenuTrigger(_Part):
    tag = "Trigger"
    alias = "MenuTrigger"


class MenuPortal(_Part):
    tag = "Portal"
    alias = "MenuPortal"


class MenuContent(_Part):
    tag = "Content"
    alias = "MenuContent"
    align: rx.Var[Literal["start", "center", "end"]]
    side: rx.Var[Literal["top", "right", "bottom", "left"]]
    side_offset: rx.Var[int]
    collision_padding: rx.Var[int]


class MenuItem(_Part):
    tag = "Item"
    alias = "MenuItem"
    disabled: rx.Var[bool]
    on_select: EventHandler[no_args_event_spec]


class MenuSeparator(_Part):
    tag = "Separator"
    alias = "MenuSeparator"


class MenuLabel(_Part):
    tag = "Label"
    alias = "MenuLabel"


class MenuRadioGroup(_Part):
    tag = "RadioGroup"
    alias = "MenuRadioGroup"
    value: rx.Var[str]
    on_value_change: EventHandler[passthrough_event_spec(str)]


class MenuRadioItem(_Part):
    tag = "RadioItem"
    alias = "MenuRadioItem"
    value: rx.Var[str]
    on_select: EventHandler[no_args_event_spec]


_ITEM = (
    "flex w-full items-center gap-2.5 rounded-lg px-2.5 h-9 text-sm text-soft outline-none select-none cursor-pointer "
    "data-highlighted:bg-hover data-highlighted:text-ink data-disabled:opacity-50 data-disabled:pointer-events-none"
)


def menu(
    trigger: rx.Component,
    *items: rx.Component,
    align: Literal["start", "center", "end"] = "end",
    side: Literal["top", "right", "bottom", "left"] = "bottom",
) -> rx.Component:
    """`trigger` must be one element; `items` are menu_item, menu_link, menu_separator or any component."""
    return MenuRoot.create(
        MenuTrigger.create(trigger, as_child=True),
        MenuPortal.create(
            MenuContent.create(
                *items,
                align=align,
                side=side,
                side_offset=6,
                collision_padding=8,
                class_name=(
                    "z-50 min-w-52 rounded-xl border border-line bg-surface p-1.5 shadow-overlay animate-pop "
                    "focus:outline-none"
                ),
            )
        ),
        modal=False,
    )


def menu_item(words: Words, *, icon: str = "", danger: bool = False, **props: Any) -> rx.Component:
    """Something to do; give it `on_select`."""
    return MenuItem.create(
        icon_of(icon) if icon else rx.fragment(),
        words,
        class_name=f"{_ITEM} {'text-danger! data-highlighted:bg-danger-soft!' if danger else ''}".strip(),
        **props,
    )


def menu_link(words: Content, href: str, *, icon: str = "", native: bool = False) -> rx.Component:
    """Somewhere to go. `native` for what our routes answer."""
    make = native_link if native else rx.el.a
    return MenuItem.create(
        make(icon_of(icon) if icon else rx.fragment(), words, href=href, class_name=_ITEM), as_child=True
    )


def menu_submit(words: Words, *, icon: str) -> rx.Component:
    """Sends the native form it stands in. The menu stays open: a form that is gone can't be sent."""
    return MenuItem.create(
        rx.el.button(icon_of(icon), words, type="submit", class_name=_ITEM),
        as_child=True,
        on_select=rx.prevent_default,
    )


def menu_choice(
    label: str, value: rx.Var[str], options: list[tuple[str, str, str]], choose: Callable[[rx.Var[str]], EventSpec]
) -> rx.Component:
    """One of a few, side by side. `options` are (value, words, icon). Choosing leaves the menu open."""
    return rx.fragment(
        MenuLabel.create(label, class_name="px-2.5 pb-1.5 pt-1 text-xs font-medium text-faint"),
        MenuRadioGroup.create(
            *[
                MenuRadioItem.create(
                    icon_of(icon, size=15),
                    words,
                    value=key,
                    on_select=rx.prevent_default,
                    class_name=(
                        "flex flex-1 flex-col items-center gap-1 rounded-lg px-2 py-2 text-xs text-soft outline-none "
                        "cursor-pointer select-none data-highlighted:bg-hover data-highlighted:text-ink "
                        "data-[state=checked]:bg-accent-soft data-[state=checked]:text-accent-ink"
                    ),
                )
                for key, words, icon in options
            ],
            value=value,
            on_value_change=choose,
            class_name="flex gap-1",
        ),
    )


def menu_separator() -> rx.Component:
    return MenuSeparator.create(class_name="-mx-1.5 my-1.5 h-px bg-line")
