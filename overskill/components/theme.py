"""Light, dark, or as the system has it. The choice is the browser's; the head script applies it before paint."""

from typing import cast

import reflex as rx
from reflex.style import color_mode, set_color_mode
from reflex_base.constants.base import LiteralColorMode

from overskill.components.tabs import segmented


def theme_switch(*, words: bool = False) -> rx.Component:
    return segmented(
        "Appearance",
        color_mode,
        [("light", "Light", "sun"), ("dark", "Dark", "moon"), ("system", "System", "monitor")],
        lambda mode: set_color_mode(cast("LiteralColorMode", mode)),
        words=words,
    )
