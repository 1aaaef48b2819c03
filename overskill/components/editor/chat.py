"""The chat: its turns, and the box for what comes next."""

import reflex as rx

from overskill.components.editor.browser import ChatLog, Composer
from overskill.state.chat import LONGEST_MESSAGE, ChatState
from overskill.state.editor import EditorState


def chat_pane() -> rx.Component:
    return rx.el.section(
        ChatLog.create(
            slug=EditorState.app_slug,
            turns=ChatState.turns,
            following=ChatState.following,
            origin=EditorState.origin,
            suggestions=ChatState.suggestions,
            on_send_again=ChatState.send_again,
            on_try_again=ChatState.try_again,
            on_go_on=ChatState.go_on,
            on_build_plan=ChatState.build_plan,
            on_answer=ChatState.answer,
            on_fix=ChatState.fix,
            on_edit_waiting=ChatState.edit_waiting,
            on_move_waiting=ChatState.move_waiting,
            on_stop=ChatState.stop,
            on_restore=EditorState.restore,
            on_branch=ChatState.branch,
            on_turn_ended=EditorState.turn_ended,
        ),
        rx.el.div(
            Composer.create(
                app_id=EditorState.app_slug,
                limit=LONGEST_MESSAGE,
                turn_id=ChatState.following,
                taken=ChatState.taken,
                refused=ChatState.refused,
                quote=ChatState.quote,
                on_send=ChatState.send,
                on_stop=ChatState.stop_following,
            ),
            class_name="px-3 pb-3 pt-1",
        ),
        custom_attrs={"aria-label": "Chat"},
        class_name="flex min-h-0 flex-1 flex-col",
    )
