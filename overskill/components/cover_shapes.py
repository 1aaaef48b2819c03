"""Six small drawings of what an app looks like, in the app's own colour (`--app`). Decorations: hidden from readers."""

from collections.abc import Callable
from typing import Literal

import reflex as rx

Shape = Literal["list", "chart", "grid", "poll", "calendar", "board"]

_TINT = {strength: f"bg-[color-mix(in_srgb,var(--app)_{strength}%,var(--surface))]" for strength in (16, 30, 55, 80)}


def drawing(shape: Shape) -> rx.Component:
    return _SHAPES[shape]()


def _block(class_name: str) -> rx.Component:
    return rx.el.div(class_name=class_name)


def _list() -> rx.Component:
    rows = [
        rx.el.div(
            _block(f"size-2.5 rounded-[4px] {_TINT[55]}"),
            _block(f"h-1.5 rounded-full bg-strong {width}"),
            _block(f"ml-auto h-1.5 w-5 rounded-full {_TINT[30]}"),
            class_name="flex h-6 items-center gap-2 rounded-md bg-sunken px-2",
        )
        for width in ("w-2/5", "w-1/3", "w-1/2", "w-1/4")
    ]
    return rx.el.div(*rows, class_name="flex flex-col gap-1.5")


def _chart() -> rx.Component:
    numbers = rx.el.div(
        *[
            rx.el.div(
                _block("h-1.5 w-3/5 rounded-full bg-strong"),
                _block(f"mt-1.5 h-2.5 w-4/5 rounded {_TINT[55]}"),
                class_name="rounded-md bg-sunken p-2",
            )
            for _ in range(3)
        ],
        class_name="grid grid-cols-3 gap-1.5",
    )
    bars = [
        _block(f"flex-1 rounded-t-[3px] {_TINT[80 if height == 'h-full' else 30]} {height}")
        for height in ("h-2/5", "h-3/5", "h-1/2", "h-4/5", "h-3/5", "h-full", "h-3/4", "h-1/2")
    ]
    return rx.el.div(
        numbers,
        rx.el.div(*bars, class_name="flex h-16 items-end gap-1.5 rounded-md bg-sunken px-2.5 pt-2.5"),
        class_name="flex flex-col gap-1.5",
    )


def _grid() -> rx.Component:
    tiles = [
        rx.el.div(
            _block(f"h-9 rounded {_TINT[strength]}"),
            _block("mt-1.5 h-1.5 w-4/5 rounded-full bg-strong"),
            _block(f"mt-1 h-1.5 w-2/5 rounded-full {_TINT[55]}"),
            class_name="rounded-md bg-sunken p-1.5",
        )
        for strength in (30, 55, 16, 16, 30, 55)
    ]
    return rx.el.div(*tiles, class_name="grid grid-cols-3 gap-1.5")


def _poll() -> rx.Component:
    answers = [
        rx.el.div(
            _block(f"h-full rounded-md {_TINT[strength]} {width}"),
            class_name="h-6 rounded-md bg-sunken",
        )
        for width, strength in (("w-4/5", 55), ("w-1/2", 30), ("w-1/4", 30), ("w-1/6", 16))
    ]
    return rx.el.div(*answers, class_name="flex flex-col gap-1.5")


def _calendar() -> rx.Component:
    busy = {3: 55, 4: 30, 8: 30, 11: 80, 12: 30, 16: 55, 17: 55, 20: 30, 24: 30}
    days = [_block(f"h-5 rounded-[4px] {_TINT[busy[day]] if day in busy else 'bg-sunken'}") for day in range(28)]
    return rx.el.div(*days, class_name="grid grid-cols-7 gap-1")


def _board() -> rx.Component:
    columns = [
        rx.el.div(
            _block(f"h-1.5 w-1/2 rounded-full {_TINT[strength]}"),
            *[
                rx.el.div(
                    _block("h-1.5 w-4/5 rounded-full bg-strong"),
                    _block(f"mt-1.5 size-2 rounded-full {_TINT[55]}"),
                    class_name="rounded border border-line bg-surface p-1.5",
                )
                for _ in range(cards)
            ],
            class_name="flex min-h-24 flex-col gap-1.5 rounded-md bg-sunken p-1.5",
        )
        for strength, cards in ((30, 3), (55, 2), (80, 1))
    ]
    return rx.el.div(*columns, class_name="grid grid-cols-3 gap-1.5")


_SHAPES: dict[Shape, Callable[[], rx.Component]] = {
    "list": _list,
    "chart": _chart,
    "grid": _grid,
    "poll": _poll,
    "calendar": _calendar,
    "board": _board,
}
