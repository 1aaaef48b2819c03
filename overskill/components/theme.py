"""Light, dark, or as the system has it. The choice is the browser's; the head script applies it before paint."""

from typing import cast

import reflex as rx
from reflex.style import color_mode, set_color_mode
from reflex_base.constants.base import LiteralColorMode

from overskill.components.menu import menu_choice
from overskill.components.tabs import segmented

_MODES = [("light", "Light", "sun"), ("dark", "Dark", "moon"), ("system", "System", "monitor")]


def theme_switch(*, words: bool = False) -> rx.Component:
    return segmented(
        "Appearance", color_mode, _MODES, lambda mode: set_color_mode(cast("LiteralColorMode", mode)), words=words
    )


def theme_menu_items() -> rx.Component:
    """The same choice inside a menu, where only menu items can be reached with the keyboard."""
    return menu_choice(
        "Appearance",
        color_mode,
        _MODES,
        lambda mode: set_color_mode(cast("rx.Var[LiteralColorMode]", mode)),
    )
