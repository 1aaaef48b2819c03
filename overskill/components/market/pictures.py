"""The parts of the desk that live in the browser: a listing's pictures, and the creator's own."""

from typing import Any

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_file

for _file in ("picture_order.js", "sell_api.js"):
    browser_file(__name__, _file)


def _list(value: rx.Var[list[str]]) -> tuple[rx.Var[list[str]]]:
    return (value,)


def _text(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


def _two_texts(first: rx.Var[str], second: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return first, second


class PictureList(rx.Component):
    library = browser_file(__name__, "picture_list.jsx")
    tag = "PictureList"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    pictures: rx.Var[list[Any]]
    own: rx.Var[list[str]]
    most: rx.Var[int]
    on_order: rx.EventHandler[_list]
    on_remove: rx.EventHandler[_text]
    on_describe: rx.EventHandler[_two_texts]
    on_own: rx.EventHandler[_text]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class CreatorPicture(rx.Component):
    library = browser_file(__name__, "creator_picture.jsx")
    tag = "CreatorPicture"
    lib_dependencies: list[str] = [ICONS]
    checksum: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]
