"""The newest publish, step by step while it runs."""

import reflex as rx

from overskill.components.card import card
from overskill.components.feedback import callout, progress_bar, spinner
from overskill.components.icon import icon
from overskill.state.publish import PublishState


def latest() -> rx.Component:
    """The newest publish: while it runs, when this page saw it succeed, and when it failed."""
    return rx.match(
        rx.cond(PublishState.is_busy, "busy", PublishState.latest.status),
        ("busy", _progress()),
        ("deployed", rx.cond(PublishState.has_just_ended, _success(), rx.fragment())),
        ("failed", _failure()),
        rx.fragment(),
    )


def _progress() -> rx.Component:
    newest = PublishState.latest
    return card(
        rx.el.div(
            rx.el.span("Publishing version ", newest.version, class_name="flex-1 text-sm font-medium text-ink"),
            rx.el.span(newest.words, "…", role="status", class_name="text-[13px] text-faint"),
            class_name="flex items-center gap-2.5",
        ),
        progress_bar(rx.Var.create(newest.percent), "Publishing"),
        rx.el.ol(rx.foreach(newest.steps, _step), class_name="flex min-h-16 flex-col gap-1.5"),
        class_name="flex flex-col gap-4 p-5 animate-rise sm:p-6",
    )


def _success() -> rx.Component:
    newest = PublishState.latest
    return card(
        rx.el.div(
            rx.el.span(
                icon("check", size=16),
                class_name="grid size-7 place-items-center rounded-full bg-positive-soft text-positive",
            ),
            rx.el.span("Version ", newest.version, " is live", class_name="flex-1 text-sm font-medium text-ink"),
            rx.el.span(newest.facts, class_name="text-[13px] text-faint"),
            role="status",
            class_name="flex items-center gap-2.5",
        ),
        rx.el.ol(rx.foreach(newest.steps, _step), class_name="flex min-h-16 flex-col gap-1.5"),
        class_name="flex flex-col gap-4 p-5 sm:p-6",
    )


def _failure() -> rx.Component:
    newest = PublishState.latest
    return callout(
        rx.el.p("Version ", newest.version, " was not published.", class_name="font-medium"),
        rx.el.p(newest.error, class_name="mt-0.5 break-words"),
        tone="danger",
    )


def _step(words: rx.Var[str], place: rx.Var[int]) -> rx.Component:
    """Each line tells what begins, so the last one is under way until all is over."""
    is_under_way = PublishState.is_busy & (place == PublishState.latest.steps.length() - 1)
    return rx.el.li(
        rx.cond(
            is_under_way,
            rx.el.span(spinner(size=14), class_name="mt-0.5 text-accent-ink"),
            icon("check", size=14, class_name="mt-0.5 text-positive"),
        ),
        rx.el.span(words, class_name="min-w-0 break-words"),
        class_name="flex gap-2 text-[13px] text-soft",
    )
