"""A part of the page that keeps the keyboard's place when what is pressed in it draws it anew."""

from typing import Any

import reflex as rx

from overskill.components.browser_files import browser_file

browser_file(__name__, "focus_keeper.js")  # imported by the file below, so it must lie beside it


class _FocusKeeper(rx.Component):
    library = browser_file(__name__, "focus_keeper.jsx")
    tag = "FocusKeeper"
    role: rx.Var[str]


def focus_keeper(*children: rx.Component, **props: Any) -> rx.Component:
    return _FocusKeeper.create(*children, **props)
