"""A field that is saved when it is left, says whether it is, and loses nothing that was typed."""

from typing import Any

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_file

browser_file(__name__, "kept_text.js")


def _three_texts(
    name: rx.Var[str], text: rx.Var[str], stamp: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str]]:
    return name, text, stamp


class KeptField(rx.Component):
    """`on_keep` hears name, text and a stamp; the stamp comes back as `answered` once the text was taken or refused."""

    library = browser_file(__name__, "kept_field.jsx")
    tag = "KeptField"
    lib_dependencies: list[str] = [ICONS]
    scope: rx.Var[str]
    name: rx.Var[str]
    value: rx.Var[str]
    answered: rx.Var[str]
    is_refused: rx.Var[bool]
    most: rx.Var[int]
    rows: rx.Var[int]
    choices: rx.Var[list[Any]]
    on_keep: rx.EventHandler[_three_texts]
