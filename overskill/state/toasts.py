"""Short words at the edge of the page, for what is done and needs no reading."""

import reflex as rx
from reflex.event import EventSpec, EventType
from reflex_components_sonner.toast import ToastAction  # type: ignore[import-untyped]


def done(words: str, *, undo: EventType[()] | None = None) -> EventSpec:
    """It worked. `undo` is the event that takes it back."""
    if undo is None:
        return _spec(rx.toast.success(words))
    return _spec(rx.toast.success(words, action=ToastAction(label="Undo", on_click=undo), duration=10_000))


def refused(words: str) -> EventSpec:
    return _spec(rx.toast.error(words))


def _spec(toast: EventSpec) -> EventSpec:
    """Only for the type: Reflex ships its toasts without any."""
    return toast
