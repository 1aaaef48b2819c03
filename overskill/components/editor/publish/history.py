"""What was published before: how long it took, how it ended, and what can be done about it."""

import reflex as rx

from overskill.components.button import button, icon_button
from overskill.components.card import card
from overskill.components.editor.browser import time_ago
from overskill.components.feedback import badge
from overskill.components.menu import menu, menu_item, menu_link
from overskill.components.tabs import segmented
from overskill.state.editor import EditorState
from overskill.state.publish import EVERYWHERE, PublishState
from overskill.state.publish_cards import PLACES, PublishCard, TimeBar

_FILTERS = [(EVERYWHERE, "All", ""), *((name, words, "") for name, words in PLACES.items())]


def history() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("History", class_name="flex-1 text-[15px] font-semibold"),
            rx.cond(
                (PublishState.place.previous_version > 0)
                & PublishState.may_change
                & (PublishState.may_decide | ~PublishState.place.is_protected),
                button(
                    "Back to version ",
                    PublishState.place.previous_version,
                    size="sm",
                    icon="rotate_ccw",
                    disabled=PublishState.is_busy,
                    on_click=PublishState.take_back,
                ),
                rx.fragment(),
            ),
            class_name="flex min-h-8 items-center gap-3",
        ),
        rx.cond(PublishState.times.length() > 1, _times(), rx.fragment()),
        rx.el.div(
            segmented(
                "Shown publishes",
                PublishState.shown_place,
                _FILTERS,
                PublishState.show_history,  # type: ignore[arg-type]  # Reflex types handlers as uncallable
            ),
            class_name="mt-3 overflow-x-auto",
        ),
        rx.cond(
            PublishState.shown_history.length() > 0,
            rx.el.ol(
                rx.foreach(PublishState.shown_history, _past),
                class_name="mt-2 divide-y divide-line rounded-xl border border-line bg-surface shadow-card",
            ),
            rx.el.p(
                "Nothing was published here yet.",
                class_name="mt-2 rounded-xl border border-dashed border-strong p-8 text-center text-sm text-faint",
            ),
        ),
        rx.cond(
            PublishState.has_earlier,
            rx.el.div(
                button("Earlier publishes", size="sm", variant="ghost", on_click=PublishState.show_earlier),
                class_name="mt-3 flex justify-center",
            ),
            rx.fragment(),
        ),
    )


def _times() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.p("How long it took", class_name="text-[13px] font-medium text-ink"),
            rx.el.p(PublishState.times_words, class_name="text-[13px] text-faint"),
            class_name="flex flex-wrap items-baseline justify-between gap-x-3",
        ),
        rx.el.ul(rx.foreach(PublishState.times, _time), class_name="mt-3 flex h-16 items-end gap-1", role="list"),
        rx.el.div(
            _key("bg-accent", "Build"),
            _key("bg-positive", "Upload and switch"),
            rx.el.span("The newest is last", class_name="ml-auto"),
            custom_attrs={"aria-hidden": "true"},
            class_name="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-faint",
        ),
        class_name="mt-2 p-5 sm:px-6",
    )


def _time(bar: TimeBar) -> rx.Component:
    words = rx.Var.create(f"{bar.label}: {bar.words}")
    return rx.el.li(
        rx.el.span(words, class_name="sr-only"),
        rx.el.div(class_name="rounded-t-sm bg-positive", style={"height": rx.Var.create(f"{bar.deploy}%")}),
        rx.el.div(class_name="mt-px rounded-b-sm bg-accent", style={"height": rx.Var.create(f"{bar.build}%")}),
        title=words,
        class_name="flex h-full min-w-0 max-w-8 flex-1 flex-col justify-end",
    )


def _key(color: str, words: str) -> rx.Component:
    return rx.el.span(
        rx.el.span(class_name=f"size-2 rounded-sm {color}"), words, class_name="inline-flex items-center gap-1.5"
    )


def _past(each: PublishCard) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.span("Version ", each.version, class_name="font-medium text-ink"),
                " · ",
                each.place,
                class_name="text-sm text-faint",
            ),
            rx.el.p(
                rx.el.span(
                    time_ago(each.at),
                    rx.cond(each.who != "", rx.fragment(" by ", each.who), rx.fragment()),
                    rx.cond(each.moved_from != "", rx.fragment(", moved from ", each.moved_from), rx.fragment()),
                ),
                rx.cond(each.facts != "", rx.el.span(each.facts, class_name="tabular-nums"), rx.fragment()),
                class_name="flex flex-wrap gap-x-3 text-[13px] text-faint",
            ),
            class_name="min-w-0 flex-1",
        ),
        _status(each),
        _actions(each),
        rx.cond(
            each.error != "",
            rx.el.p(
                each.error,
                title=each.error,
                class_name="line-clamp-6 basis-full text-[13px] leading-relaxed text-soft wrap-anywhere",
            ),
            rx.fragment(),
        ),
        key=each.id,
        class_name="flex flex-wrap items-start gap-x-2 gap-y-1 px-5 py-3 sm:px-6",
    )


def _status(each: PublishCard) -> rx.Component:
    return rx.cond(
        each.is_live,
        badge("Live", tone="positive", dot=True),
        rx.cond(
            each.is_trial,
            badge("On trial", tone="accent", dot=True),
            rx.match(
                each.status,
                ("failed", badge("Failed", tone="danger", icon="circle_alert")),
                ("rolled_back", badge(each.words, tone="warning")),
                badge(each.words),
            ),
        ),
    )


def _actions(each: PublishCard) -> rx.Component:
    log = f"/api/studio/{EditorState.app_slug}/deployments/{each.id}/log"
    return menu(
        icon_button(
            "ellipsis",
            "More",
            size="sm",
            class_name="-my-1",
            custom_attrs={"aria-label": rx.Var.create(f"More about version {each.version} in {each.environment}")},
        ),
        rx.cond(
            each.can_put_back & PublishState.may_change,
            menu_item("Put this one back", icon="rotate_ccw", on_select=PublishState.put_back(each.id)),
            rx.fragment(),
        ),
        rx.cond(
            each.can_retry & PublishState.may_change,
            menu_item("Try again", icon="refresh_cw", on_select=PublishState.retry(each.id)),
            rx.fragment(),
        ),
        rx.cond(
            ~each.is_final & PublishState.may_change,
            menu_item("Cancel", icon="circle_x", on_select=PublishState.cancel(each.id)),
            rx.fragment(),
        ),
        menu_link("Download the log", log, icon="download", native=True),
    )
