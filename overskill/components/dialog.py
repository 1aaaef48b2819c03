"""A question in front of everything else. Focus stays inside, Escape closes, the page behind does not scroll."""

from typing import Any

import reflex as rx
from reflex_components_radix.primitives.dialog import (
    DialogClose,
    DialogContent,
    DialogDescription,
    DialogOverlay,
    DialogPortal,
    DialogRoot,
    DialogTitle,
    DialogTrigger,
)

from overskill.components.browser_files import browser_file
from overskill.components.button import button, icon_button
from overskill.components.words import Content, Words


class _FocusReturn(rx.Component):
    library = browser_file(__name__, "focus_return.jsx")
    tag = "FocusReturn"


def dialog(
    title: Words,
    text: Content,
    *children: Any,
    trigger: rx.Component | None = None,
    wide: bool = False,
    **root: Any,
) -> rx.Component:
    """Opened by its `trigger`, or by `open=` and `on_open_change=` of a state."""
    return DialogRoot.create(
        DialogTrigger.create(trigger, as_child=True) if trigger is not None else rx.fragment(),
        DialogPortal.create(
            DialogOverlay.create(class_name="fixed inset-0 z-50 bg-backdrop backdrop-blur-[2px] animate-fade"),
            DialogContent.create(
                _FocusReturn.create(),
                rx.el.div(
                    DialogTitle.create(title, class_name="text-base font-semibold text-ink"),
                    DialogClose.create(icon_button("x", "Close", size="sm"), as_child=True),
                    class_name="flex items-center justify-between gap-4",
                ),
                DialogDescription.create(text, class_name="mt-1 text-sm leading-relaxed text-soft"),
                *children,
                class_name=(
                    "fixed left-1/2 top-1/2 z-50 -translate-x-1/2 -translate-y-1/2 w-[calc(100vw-2rem)] "
                    f"{'max-w-2xl' if wide else 'max-w-md'} max-h-[calc(100dvh-2rem)] overflow-auto rounded-2xl "
                    "border border-line bg-surface p-5 shadow-overlay animate-fade focus:outline-none"
                ),
            ),
        ),
        **root,
    )


def dialog_actions(*actions: rx.Component) -> rx.Component:
    """The last row: the way back first, the way forward last."""
    return rx.el.div(*actions, class_name="mt-6 flex flex-wrap justify-end gap-2")


def closing(action: rx.Component) -> rx.Component:
    """An action that has no answer to wait for: the dialog closes with it."""
    return DialogClose.create(action, as_child=True)


def cancel_button(words: str = "Cancel") -> rx.Component:
    return DialogClose.create(button(words), as_child=True)
