"""Moments in the reader's own time zone: only the browser knows it."""

from typing import Literal

import reflex as rx

from overskill.components.browser_files import browser_file


class _LocalTime(rx.Component):
    library = browser_file(__name__, "local_time.jsx")
    tag = "LocalTime"
    at: rx.Var[str]
    shape: rx.Var[str]


def local_time(at: rx.Var[str] | str, *, shape: Literal["time", "day", "moment"], class_name: str = "") -> rx.Component:
    """ "17:00", "21 Nov 2026", or both: "21 Nov, 17:00", with its year where that is another one. `at` is ISO."""
    return _LocalTime.create(at=at, shape=shape, class_name=class_name)
