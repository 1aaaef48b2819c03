"""Where the chosen environment is, or will be, and what can be done with it."""

from typing import Any

import reflex as rx

from overskill.components.button import button, icon_button, link_button
from overskill.components.card import card
from overskill.components.feedback import badge
from overskill.components.field import CONTROL, checkbox
from overskill.components.menu import menu, menu_item
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState
from overskill.state.serving import ServingState

PLACE: Any = PublishState.place
LINK_TIMES = ((1, "For an hour"), (24, "For a day"), (7 * 24, "For a week"), (30 * 24, "For a month"))


def address() -> rx.Component:
    return card(
        rx.el.div(
            _badges(),
            rx.el.div(
                rx.el.h2(
                    PLACE.short_address,
                    class_name="wrap-anywhere font-mono text-[17px] font-medium tracking-tight text-ink",
                ),
                rx.cond(PLACE.is_live & ~PLACE.is_private, _copy_button(), rx.fragment()),
                class_name="mt-2 flex min-h-8 items-center gap-1",
            ),
            rx.el.p(_hint(), class_name="mt-1 text-sm leading-relaxed text-soft"),
            class_name="p-5 sm:p-6",
        ),
        rx.cond(
            PLACE.name == "production",
            rx.el.div(_gallery_choice(), class_name="border-t border-line px-5 py-4 sm:px-6"),
            rx.fragment(),
        ),
        rx.el.div(
            _publish_button(),
            _move_button(),
            rx.cond(PLACE.is_live, _live_actions(), rx.fragment()),
            class_name="flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-5 py-4 sm:px-6",
        ),
        class_name="overflow-hidden",
    )


def _badges() -> rx.Component:
    return rx.el.div(
        rx.cond(
            PLACE.is_live,
            badge("Live", tone="positive", dot=True),
            badge("Not published", tone="neutral"),
        ),
        rx.cond(
            PLACE.is_live,
            rx.el.span("Version ", PLACE.version, class_name="text-[13px] text-faint"),
            rx.fragment(),
        ),
        rx.cond(PLACE.maintenance != "", badge("Maintenance", tone="warning", icon="construction"), rx.fragment()),
        rx.cond(PLACE.is_private, badge("Private", icon="eye_off"), rx.fragment()),
        rx.cond(PLACE.is_protected, badge("Protected", icon="lock"), rx.fragment()),
        class_name="flex flex-wrap items-center gap-2.5",
    )


def _hint() -> rx.Component:
    return rx.cond(
        EditorState.version == 0,
        "There is nothing to publish yet. The first version makes it possible.",
        rx.cond(
            _is_refused(),
            _refusal_hint(),
            rx.cond(_is_awaited(), _awaited_hint(), rx.cond(PLACE.is_live, _live_hint(), _first_hint())),
        ),
    )


def _refusal_hint() -> rx.Component:
    return rx.fragment(
        "Version ",
        EditorState.version,
        rx.cond(
            PublishState.compiles,
            " has unsafe code, so it can't be published. What to fix is told under Security.",
            " does not compile, so it can't be published. Ask for a fix in the chat, or undo it.",
        ),
    )


def _awaited_hint() -> rx.Component:
    return rx.fragment(
        "Version ",
        PLACE.awaited_version,
        " waits for an approval.",
        rx.cond(PLACE.is_live, rx.fragment(" Until then visitors see version ", PLACE.version, "."), rx.fragment()),
    )


def _live_hint() -> rx.Component:
    return rx.cond(
        PLACE.maintenance != "",
        rx.fragment("Visitors read “", PLACE.maintenance, "” instead of the app."),
        rx.cond(
            PLACE.has_changes & ~_is_tried(),
            rx.fragment(
                "Version ",
                EditorState.version,
                " is not published yet. Visitors still see version ",
                PLACE.version,
                ".",
            ),
            rx.cond(
                _is_tried(),
                rx.fragment("Some visitors get version ", PLACE.trial_version, " already, as a trial."),
                "Everything is published: visitors see the newest version.",
            ),
        ),
    )


def _first_hint() -> rx.Component:
    return rx.cond(
        PLACE.is_private,
        "Only who has a private link will be able to open it. Publishing takes about a second.",
        rx.match(
            PLACE.name,
            ("preview", "A place to show work that is not finished, with variables of its own."),
            ("staging", "A place to look at a version just as it will be, before it goes to production."),
            "Everybody with the address will be able to use it. Publishing takes about a second.",
        ),
    )


def _publish_button() -> rx.Component:
    is_done = PLACE.is_live & (~PLACE.has_changes | _is_tried()) & ~PublishState.is_busy
    return rx.cond(
        is_done | _is_awaited() | ~PublishState.may_change,
        rx.fragment(),
        rx.el.div(
            button(
                rx.cond(
                    _needs_approval(),
                    "Ask for approval",
                    rx.cond(PLACE.is_live, "Publish the changes", "Publish"),
                ),
                variant="primary",
                icon="rocket",
                busy=PublishState.is_busy,
                disabled=(EditorState.version == 0) | _is_refused(),
                on_click=PublishState.publish,
                class_name="max-sm:flex-1 max-sm:px-2.5!",
            ),
            rx.cond(PLACE.is_live & (PLACE.trial_id == ""), _share_choice(), rx.fragment()),
            class_name="flex max-w-full gap-2 max-sm:w-full",
        ),
    )


def _is_tried() -> rx.Var[bool]:
    """Some visitors get the newest version already."""
    return (PLACE.trial_id != "") & (PLACE.trial_version == EditorState.version)


def _is_awaited() -> rx.Var[bool]:
    """The newest version was asked for, and somebody has to approve it."""
    return (EditorState.version > 0) & (PLACE.awaited_version == EditorState.version)


def _is_refused() -> rx.Var[bool]:
    """The newest version can't be published as it is."""
    return PLACE.has_changes & (~PublishState.compiles | (PublishState.scan == "blocked"))


def _needs_approval() -> rx.Var[bool]:
    return PLACE.is_protected & ~PublishState.may_decide


def _share_choice() -> rx.Component:
    return rx.el.select(
        rx.el.option("to everybody", value="0"),
        *[rx.el.option(f"to {percent} % first", value=str(percent)) for percent in (5, 10, 25, 50)],
        value=PublishState.share,
        on_change=PublishState.choose_share,
        disabled=PublishState.is_busy | _is_refused(),
        custom_attrs={"aria-label": "How many visitors get it first"},
        class_name=f"{CONTROL} h-9.5 w-auto! min-w-0 pl-2.5 pr-8 text-sm!",
    )


def _move_button() -> rx.Component:
    """What the environment before shows, here, as it is."""
    return rx.cond(
        (PLACE.next_from != "")
        & (PLACE.trial_id == "")
        & (PLACE.next_version != PLACE.awaited_version)
        & PublishState.may_change,
        button(
            rx.cond(_needs_approval(), "Ask to move version ", "Move version "),
            PLACE.next_version,
            " here from ",
            PLACE.next_from,
            icon="arrow_up_right",
            disabled=PublishState.is_busy,
            on_click=PublishState.promote,
        ),
        rx.fragment(),
    )


def _gallery_choice() -> rx.Component:
    return checkbox(
        "Show it in the public gallery",
        "in-gallery",
        hint=rx.cond(
            PublishState.place.is_private,
            "Not while it is private: nobody but your team sees its name and picture.",
            rx.cond(
                PublishState.in_gallery,
                "While it is published, everybody who opens the start page sees its name and the picture of your "
                "preview, with what is in it.",
                "Only people with the address find it, and nobody but your team sees its picture.",
            ),
        ),
        checked=PublishState.in_gallery,
        on_change=PublishState.choose_gallery,
        disabled=~PublishState.may_change,
    )


def _live_actions() -> rx.Component:
    return rx.fragment(
        link_button("Open", href=PLACE.address, native=True, icon="external_link", target="_blank", rel="noreferrer"),
        rx.cond(
            PLACE.is_private & PublishState.may_change,
            menu(
                button("Copy a private link", variant="ghost", icon="key_round"),
                *[
                    menu_item(words, icon="clock", on_select=ServingState.copy_link(hours))
                    for hours, words in LINK_TIMES
                ],
                align="start",
            ),
            rx.fragment(),
        ),
    )


def _copy_button() -> rx.Component:
    return icon_button(
        "copy",
        "Copy the address",
        size="sm",
        on_click=[rx.set_clipboard(PLACE.address), rx.toast.success("Address copied.")],
    )
