"""One file in two texts, beside each other where there is room."""

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_file
from overskill.components.editor import browser  # noqa: F401  # the file shows its lines with one that lies there
from overskill.components.words import Words


class _SideBySide(rx.Component):
    library = browser_file(__name__, "side_by_side.jsx")
    tag = "SideBySide"
    lib_dependencies: list[str] = [ICONS]
    path: rx.Var[str]
    left: rx.Var[str | None]
    right: rx.Var[str | None]
    left_name: rx.Var[str]
    right_name: rx.Var[str]


def side_by_side(
    path: Words,
    left: rx.Var[str | None] | str | None,
    right: rx.Var[str | None] | str | None,
    *,
    left_name: str,
    right_name: str,
) -> rx.Component:
    """None in a text: there is no such file."""
    return _SideBySide.create(path=path, left=left, right=right, left_name=left_name, right_name=right_name)
