"""A checkbox or a radio button that shows a click at once, whatever the line to the server is like."""

import reflex as rx

from overskill.components.browser_files import browser_file

browser_file(__name__, "tick.js")


def _is_checked(is_checked: rx.Var[bool]) -> tuple[rx.Var[bool]]:
    return (is_checked,)


class Tick(rx.Component):
    """`type` is "checkbox" or "radio". Where the server does not follow a click, it goes back to `checked`."""

    library = browser_file(__name__, "tick.jsx")
    tag = "Tick"
    type: rx.Var[str]
    name: rx.Var[str]
    value: rx.Var[str]
    checked: rx.Var[bool]
    disabled: rx.Var[bool]
    on_change: rx.EventHandler[_is_checked]
