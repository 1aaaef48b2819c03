"""Telling the staff that something is wrong: a quiet button, and one dialog of the page."""

import reflex as rx

from overskill.components.button import submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.field import CONTROL, field
from overskill.components.icon import icon
from overskill.state.reports import LONGEST_REPORT, REASON_CHOICES, ReportState


def report_button(kind: str, key: str, title: str, *, words: str = "Report") -> rx.Component:
    """`key`: a listing's slug, a creator's username, a review's id. The page holds a `report_dialog`."""
    return rx.el.button(
        icon("flag", size=13),
        words,
        type="button",
        on_click=ReportState.open(kind, key, title),
        class_name=(
            "inline-flex items-center gap-1.5 rounded-md text-[13px] text-faint hover:text-ink "
            "focus-visible:outline-2 focus-visible:outline-ring"
        ),
    )


def report_dialog() -> rx.Component:
    """Once on each page that has report buttons."""
    return dialog(
        "Report",
        rx.Var.create(f"What is wrong with “{ReportState.title}”? Whom it concerns is not told who reported it."),
        rx.el.form(
            rx.el.fieldset(
                rx.el.legend("What is wrong", class_name="sr-only"),
                *[_reason(value, words) for value, words in REASON_CHOICES],
                _refusal("reason"),
                class_name="flex flex-col",
            ),
            field(
                "What did you see?",
                rx.el.textarea(
                    name="details",
                    rows=4,
                    max_length=LONGEST_REPORT,
                    placeholder="Where it is, and what would have been right.",
                    custom_attrs={"id": "report-details"},
                    class_name=f"{CONTROL} px-3 py-2",
                ),
                error=rx.cond(ReportState.refused == "details", ReportState.refusal, ""),
            ),
            dialog_actions(cancel_button(), submit_button("Send the report")),
            on_submit=ReportState.send,
            reset_on_submit=False,
            class_name="mt-4 flex flex-col gap-4",
        ),
        open=ReportState.is_open,
        on_open_change=ReportState.set_open,
    )


def _reason(value: str, words: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="reason", value=value, class_name="size-4 accent-accent"),
        words,
        class_name="flex min-h-9 cursor-pointer items-center gap-2.5 text-sm text-ink",
    )


def _refusal(name: str) -> rx.Component:
    return rx.cond(
        ReportState.refused == name,
        rx.el.p(ReportState.refusal, role="alert", class_name="mt-1 text-[13px] text-danger"),
    )
