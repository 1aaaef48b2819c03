"""The dialog of a decision: what it does, and the reason that whom it concerns reads."""

from typing import Any

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.field import CONTROL, field
from overskill.components.words import Words
from overskill.state.admin_decide import DecideState

LONGEST_REASON = 1000


def decide_dialog() -> rx.Component:
    return dialog(
        DecideState.title,
        DecideState.means,
        reason_form(DecideState.decide, DecideState.refusal, "Decide", place="decide", busy=DecideState.is_busy),
        open=DecideState.is_open,
        on_open_change=DecideState.close,
    )


def decide_button(words: str, kind: str, subject_id: Any, act: str, name: Words, **props: Any) -> rx.Component:  # noqa: ANN401
    """Opens the dialog for one thing of a list. Its name is part of what a screen reader says."""
    return button(
        words,
        size="sm",
        on_click=DecideState.ask(kind, subject_id, act, name),
        custom_attrs={"aria-label": rx.Var.create(f"{words} {name}")},
        **props,
    )


def reason_form(
    on_submit: Any,  # noqa: ANN401
    refusal: Words,
    words: Words,
    *fields: rx.Component,
    place: str,
    busy: rx.Var[bool] | bool = False,
) -> rx.Component:
    return rx.el.form(
        *fields,
        field(
            "Reason",
            rx.el.textarea(
                name="reason",
                custom_attrs={"id": f"reason-{place}"},
                rows=4,
                max_length=LONGEST_REASON,
                required=True,
                class_name=f"{CONTROL} px-3 py-2",
            ),
            error=refusal if isinstance(refusal, rx.Var) else rx.Var.create(refusal),
        ),
        dialog_actions(cancel_button(), submit_button(words, busy=busy)),
        on_submit=on_submit,
        class_name="mt-4 flex flex-col gap-4",
    )


def search_form(label: str, words: Words, on_submit: Any) -> rx.Component:  # noqa: ANN401
    return rx.el.form(
        rx.el.input(
            name="q",
            type="search",
            placeholder=label,
            default_value=words,
            key=words,
            max_length=100,
            auto_complete="off",
            custom_attrs={"aria-label": label},
            class_name=f"{CONTROL} h-10 min-w-0 flex-1 px-3",
        ),
        submit_button("Search", variant="secondary"),
        on_submit=on_submit,
        class_name="flex max-w-xl gap-2",
    )
