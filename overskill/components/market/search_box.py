"""The box that apps are looked for in."""

from typing import Any

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_file

browser_file(__name__, "search_box.js")


def _text(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


class SearchBox(rx.Component):
    library = browser_file(__name__, "search_box.jsx")
    tag = "SearchBox"
    lib_dependencies: list[str] = [ICONS]
    words: rx.Var[str]
    query: rx.Var[str]
    typed: rx.Var[str]
    suggestions: rx.Var[list[Any]]
    limit: rx.Var[int]
    on_type: rx.EventHandler[_text]
