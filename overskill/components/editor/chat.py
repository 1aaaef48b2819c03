"""The chat: its turns, and the box for what comes next."""

import reflex as rx

from overskill.components.button import button
from overskill.components.editor.browser import ChatScroll, Composer
from overskill.components.editor.turn import turn
from overskill.state.chat import LONGEST_MESSAGE, ChatState
from overskill.state.editor import EditorState


def chat_pane() -> rx.Component:
    return rx.el.section(
        ChatScroll.create(
            rx.el.div(
                rx.cond(ChatState.has_earlier, _earlier(), rx.fragment()),
                rx.foreach(ChatState.earlier + ChatState.turns, turn),
                rx.cond(ChatState.suggestions.length() > 0, _suggestions(), rx.fragment()),
                class_name="flex flex-col gap-7 px-4 pb-6 pt-5",
            ),
            label="Chat",
        ),
        rx.el.div(
            Composer.create(
                app_id=EditorState.app_slug,
                limit=LONGEST_MESSAGE,
                turn_id=ChatState.following,
                sent_count=ChatState.sent_count,
                refused_count=ChatState.refused_count,
                draft=ChatState.draft,
                quote=ChatState.quote,
                on_send=ChatState.send,
                on_stop=ChatState.stop_following,
            ),
            class_name="px-3 pb-3 pt-1",
        ),
        custom_attrs={"aria-label": "Chat"},
        class_name="flex min-h-0 flex-1 flex-col",
    )


def _earlier() -> rx.Component:
    return button(
        "Show earlier", variant="ghost", size="sm", class_name="self-center", on_click=EditorState.show_earlier
    )


def _suggestions() -> rx.Component:
    return rx.el.div(
        rx.foreach(ChatState.suggestions, _suggestion),
        role="group",
        custom_attrs={"aria-label": "Suggestions"},
        class_name="flex flex-wrap gap-2",
    )


def _suggestion(words: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        words,
        key=words,
        type="button",
        on_click=ChatState.suggest(words),
        class_name=(
            "rounded-full border border-line bg-surface px-3 py-1.5 text-[13px] text-soft shadow-card "
            "transition-colors duration-150 hover:border-strong hover:text-ink"
        ),
    )
