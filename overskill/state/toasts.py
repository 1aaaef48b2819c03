"""Short words at the edge of the page, for what is done and needs no reading."""

import reflex as rx
from reflex.event import EventSpec, EventType
from reflex_components_sonner.toast import ToastAction  # type: ignore[import-untyped]

LONG_MS = 10_000


def done(words: str, *, undo: EventType[()] | None = None) -> EventSpec:
    """It worked. `undo` is the event that takes it back."""
    if undo is None:
        return _spec(rx.toast.success(words))
    return _spec(rx.toast.success(words, action=_undoing(undo), duration=LONG_MS))


def later(words: str, *, undo: EventType[()] | None = None) -> EventSpec:
    """It is asked for, and happens once something answers that does not answer now."""
    if undo is None:
        return _spec(rx.toast.warning(words, duration=LONG_MS))
    return _spec(rx.toast.warning(words, action=_undoing(undo), duration=LONG_MS))


def refused(words: str) -> EventSpec:
    return _spec(rx.toast.error(words))


def _undoing(undo: EventType[()]) -> ToastAction:
    return ToastAction(label="Undo", on_click=undo)


def _spec(toast: EventSpec) -> EventSpec:
    """Only for the type: Reflex ships its toasts without any."""
    return toast
