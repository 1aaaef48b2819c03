"""Where the app is, or will be."""

import reflex as rx

from overskill.components.button import button, link_button
from overskill.components.card import card
from overskill.components.feedback import badge
from overskill.components.field import checkbox
from overskill.state.editor import EditorState
from overskill.state.publish import PublishState


def address() -> rx.Component:
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
