"""The parts of a listing's page that live in the browser. Each is the .jsx file of its name."""

from typing import Any

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_file
from overskill.components.editor import browser  # noqa: F401  # the sizes of devices lie there

for _file in ("gallery.js", "try_out.js", "page_head.js"):
    browser_file(__name__, _file)  # imported by those below, so they must lie beside them


def _nothing() -> tuple[()]:
    return ()


class Gallery(rx.Component):
    library = browser_file(__name__, "gallery.jsx")
    tag = "Gallery"
    lib_dependencies: list[str] = [ICONS]
    pictures: rx.Var[Any]
    title: rx.Var[str]


class TryOut(rx.Component):
    """The try-out in front of the page, while `phase` says that there is one."""

    library = browser_file(__name__, "try_out.jsx")
    tag = "TryOut"
    lib_dependencies: list[str] = [ICONS]
    phase: rx.Var[str]
    url: rx.Var[str]
    problem: rx.Var[str]
    ends_at: rx.Var[str]
    title: rx.Var[str]
    on_close: rx.EventHandler[_nothing]
    on_again: rx.EventHandler[_nothing]


class PageHead(rx.Component):
    """Takes over from the head that routes/listings.py wrote."""

    library = browser_file(__name__, "page_head.jsx")
    tag = "PageHead"
    title: rx.Var[str]
