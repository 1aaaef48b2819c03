"""The newest publish, step by step while it runs."""

import reflex as rx

from overskill.components.button import button
from overskill.components.card import card
from overskill.components.feedback import callout, progress_bar, spinner
from overskill.components.icon import icon
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState

NEWEST = PublishState.latest


def latest() -> rx.Component:
    """While it runs, when this page saw it succeed, and when it failed or was taken back with a reason."""
    return rx.match(
        rx.cond(PublishState.is_busy, "busy", NEWEST.status),
        ("busy", _progress()),
        ("deployed", rx.cond(PublishState.has_just_ended, _success(), rx.fragment())),
        ("failed", _failure()),
        ("rolled_back", rx.cond(NEWEST.error != "", _taken_back(), rx.fragment())),
        ("cancelled", rx.cond(PublishState.has_just_ended, _cancelled(), rx.fragment())),
        rx.fragment(),
    )


def _progress() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.span(
                "Publishing version ",
                NEWEST.version,
                " to ",
                NEWEST.environment,
                class_name="flex-1 text-sm font-medium text-ink",
            ),
            rx.el.span(
                rx.cond(NEWEST.is_stopping, "Stopping", NEWEST.words),
                "…",
                role="status",
                class_name="text-[13px] text-faint",
            ),
            button(
                "Cancel",
                size="sm",
                variant="ghost",
                disabled=NEWEST.is_stopping,
                on_click=PublishState.cancel(NEWEST.id),
                class_name="-my-1.5 -mr-2",
            ),
            class_name="flex items-center gap-2.5",
        ),
        progress_bar(rx.Var.create(NEWEST.percent), "Publishing"),
        _steps(),
        class_name="flex flex-col gap-4 p-5 animate-rise sm:p-6",
    )


def _success() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.span(
                icon("check", size=16),
                class_name="grid size-7 place-items-center rounded-full bg-positive-soft text-positive",
            ),
            rx.el.span(
                "Version ",
                NEWEST.version,
                rx.cond(NEWEST.is_trial, " is on trial in ", " is live in "),
                NEWEST.environment,
                class_name="flex-1 text-sm font-medium text-ink",
            ),
            rx.el.span(NEWEST.facts, class_name="text-[13px] text-faint"),
            role="status",
            class_name="flex items-center gap-2.5",
        ),
        _steps(),
        class_name="flex flex-col gap-4 p-5 sm:p-6",
    )


def _failure() -> rx.Component:
    return callout(
        rx.el.p(
            "Version ", NEWEST.version, " was not published to ", NEWEST.environment, ".", class_name="font-medium"
        ),
        rx.el.p(NEWEST.error, class_name="mt-0.5 break-words"),
        rx.cond(
            PublishState.may_change & ~_is_unsafe(),
            button(
                "Try again", size="sm", icon="refresh_cw", on_click=PublishState.retry(NEWEST.id), class_name="mt-3"
            ),
            rx.fragment(),
        ),
        tone="danger",
    )


def _is_unsafe() -> rx.Var[bool]:
    """It would fail again: the card below says what is to be fixed."""
    is_the_newest: rx.Var[bool] = rx.Var.create(NEWEST.version == EditorState.version)
    return rx.Var.create(PublishState.scan == "blocked") & is_the_newest


def _taken_back() -> rx.Component:
    """A trial that ended: nobody may have looked when it did."""
    return callout(
        rx.el.p("Version ", NEWEST.version, " was taken back from ", NEWEST.environment, ".", class_name="font-medium"),
        rx.el.p(NEWEST.error, class_name="mt-0.5 break-words"),
        tone="warning",
    )


def _cancelled() -> rx.Component:
    return callout(
        rx.el.p(
            "Version ", NEWEST.version, " was not published to ", NEWEST.environment, ".", class_name="font-medium"
        ),
        rx.el.p(NEWEST.error, class_name="mt-0.5 break-words"),
    )


def _steps() -> rx.Component:
    return rx.el.ol(rx.foreach(NEWEST.steps, _step), class_name="flex min-h-24 flex-col gap-1.5")


def _step(words: rx.Var[str], place: rx.Var[int]) -> rx.Component:
    """Each line tells what begins, so the last one is under way until all is over."""
    is_under_way = PublishState.is_busy & (place == NEWEST.steps.length() - 1)
    return rx.el.li(
        rx.cond(
            is_under_way,
            rx.el.span(spinner(size=14), class_name="mt-0.5 text-accent-ink"),
            icon("check", size=14, class_name="mt-0.5 text-positive"),
        ),
        rx.el.span(words, class_name="min-w-0 break-words"),
        class_name="flex gap-2 text-[13px] text-soft",
    )
