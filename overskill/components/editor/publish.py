"""The publish tab: one button, then each step as it happens, and the way back."""

import reflex as rx

from overskill.components.button import button, link_button
from overskill.components.card import card
from overskill.components.editor.browser import time_ago
from overskill.components.editor.findings import security
from overskill.components.feedback import badge, callout, progress_bar, spinner
from overskill.components.field import checkbox
from overskill.components.icon import icon
from overskill.state.editor import EditorState
from overskill.state.publish import PublishCard, PublishState


def publish_tab() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            _address(),
            security(),
            rx.cond(PublishState.latest.id != "", _latest(), rx.fragment()),
            rx.cond(PublishState.history.length() > 0, _history(), rx.fragment()),
            class_name="mx-auto flex w-full max-w-2xl flex-col gap-6 px-4 py-6 sm:px-6",
        ),
        class_name="min-h-0 flex-1 overflow-y-auto",
    )


def _address() -> rx.Component:
    """Where the app is, or will be, and the one button."""
    return card(
        rx.el.div(
            rx.el.div(
                rx.cond(
                    PublishState.is_live,
                    badge("Live", tone="positive", dot=True),
                    badge("Not published", tone="neutral"),
                ),
                rx.cond(
                    PublishState.is_live,
                    rx.el.span("Version ", PublishState.live_version, class_name="text-[13px] text-faint"),
                    rx.fragment(),
                ),
                class_name="flex items-center gap-2.5",
            ),
            rx.el.h2(
                PublishState.short_address,
                class_name="mt-3 wrap-anywhere font-mono text-[17px] font-medium tracking-tight text-ink",
            ),
            rx.el.p(_hint(), class_name="mt-1.5 text-sm leading-relaxed text-soft"),
            class_name="p-5 sm:p-6",
        ),
        rx.el.div(_gallery_choice(), class_name="border-t border-line px-5 py-4 sm:px-6"),
        rx.el.div(
            rx.cond(
                PublishState.is_live & ~PublishState.has_changes & ~PublishState.is_busy,
                rx.fragment(),
                button(
                    rx.cond(PublishState.is_live, "Publish the changes", "Publish"),
                    variant="primary",
                    icon="rocket",
                    busy=PublishState.is_busy,
                    disabled=EditorState.version == 0,
                    on_click=PublishState.publish,
                ),
            ),
            rx.cond(PublishState.is_live, _live_actions(), rx.fragment()),
            class_name="flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-5 py-4 sm:px-6",
        ),
        class_name="overflow-hidden",
    )


def _hint() -> rx.Component:
    return rx.cond(
        EditorState.version == 0,
        "There is nothing to publish yet. The first version makes it possible.",
        rx.cond(
            PublishState.is_live,
            rx.cond(
                PublishState.has_changes,
                rx.fragment(
                    "Version ",
                    EditorState.version,
                    " is not published yet. Visitors still see version ",
                    PublishState.live_version,
                    ".",
                ),
                "Everything is published: visitors see the newest version.",
            ),
            "Everybody with the address will be able to use it. Publishing takes about a second.",
        ),
    )


def _gallery_choice() -> rx.Component:
    return checkbox(
        "Show it in the public gallery",
        "in-gallery",
        hint=rx.cond(
            PublishState.in_gallery,
            "While it is published, everybody who opens the start page sees its name and the picture of your preview, "
            "with what is in it.",
            "Only people with the address find it, and nobody but your team sees its picture.",
        ),
        checked=PublishState.in_gallery,
        on_change=PublishState.choose_gallery,
    )


def _live_actions() -> rx.Component:
    return rx.fragment(
        link_button(
            "Open", href=PublishState.live_url, native=True, icon="external_link", target="_blank", rel="noreferrer"
        ),
        button(
            "Copy the address",
            variant="ghost",
            icon="copy",
            on_click=[rx.set_clipboard(PublishState.live_url), rx.toast.success("Address copied.")],
        ),
    )


def _latest() -> rx.Component:
    """The newest publish: while it runs, when this page saw it succeed, and when it failed."""
    return rx.match(
        rx.cond(PublishState.is_busy, "busy", PublishState.latest.status),
        ("busy", _progress()),
        ("deployed", rx.cond(PublishState.has_just_ended, _success(), rx.fragment())),
        ("failed", _failure()),
        rx.fragment(),
    )


def _progress() -> rx.Component:
    latest = PublishState.latest
    return card(
        rx.el.div(
            rx.el.span("Publishing version ", latest.version, class_name="flex-1 text-sm font-medium text-ink"),
            rx.el.span(latest.words, "…", role="status", class_name="text-[13px] text-faint"),
            class_name="flex items-center gap-2.5",
        ),
        progress_bar(rx.Var.create(latest.percent), "Publishing"),
        rx.el.ol(rx.foreach(latest.steps, _step), class_name="flex min-h-16 flex-col gap-1.5"),
        class_name="flex flex-col gap-4 p-5 animate-rise sm:p-6",
    )


def _success() -> rx.Component:
    latest = PublishState.latest
    return card(
        rx.el.div(
            rx.el.span(
                icon("check", size=16),
                class_name="grid size-7 place-items-center rounded-full bg-positive-soft text-positive",
            ),
            rx.el.span("Version ", latest.version, " is live", class_name="flex-1 text-sm font-medium text-ink"),
            rx.el.span(latest.facts, class_name="text-[13px] text-faint"),
            role="status",
            class_name="flex items-center gap-2.5",
        ),
        rx.el.ol(rx.foreach(latest.steps, _step), class_name="flex min-h-16 flex-col gap-1.5"),
        class_name="flex flex-col gap-4 p-5 sm:p-6",
    )


def _failure() -> rx.Component:
    latest = PublishState.latest
    return callout(
        rx.el.p("Version ", latest.version, " was not published.", class_name="font-medium"),
        rx.el.p(latest.error, class_name="mt-0.5 break-words"),
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


def _history() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("History", class_name="flex-1 text-[15px] font-semibold"),
            rx.cond(
                PublishState.previous_version > 0,
                button(
                    "Back to version ",
                    PublishState.previous_version,
                    size="sm",
                    icon="rotate_ccw",
                    disabled=PublishState.is_busy,
                    on_click=PublishState.take_back,
                ),
                rx.fragment(),
            ),
            class_name="flex min-h-8 items-center gap-3",
        ),
        rx.el.ol(
            rx.foreach(PublishState.history, _past),
            class_name="mt-2 divide-y divide-line rounded-xl border border-line bg-surface shadow-card",
        ),
    )


def _past(each: PublishCard) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.span("Version ", each.version, class_name="font-medium text-ink"),
                rx.cond(each.facts != "", rx.el.span(" · ", each.facts), rx.fragment()),
                class_name="truncate text-sm text-faint",
            ),
            time_ago(each.at, class_name="text-[13px] text-faint"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            each.is_live,
            badge("Live", tone="positive", dot=True),
            rx.match(
                each.status,
                ("failed", badge("Failed", tone="danger", icon="circle_alert")),
                ("rolled_back", badge(each.words, tone="warning")),
                badge(each.words),
            ),
        ),
        key=each.id,
        class_name="flex items-center gap-3 px-4 py-3",
    )
