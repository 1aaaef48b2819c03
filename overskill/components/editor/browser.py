"""The parts of the editor that live in the browser, and what they are given. Each is the .jsx file of its name."""

from typing import Any

import reflex as rx

from overskill.components.attachments import ICONS
from overskill.components.browser_files import browser_files
from overskill.components.editor import select  # noqa: F401  # its files lie where those here import them from

HIGHLIGHTER = "highlight.js@11.11.1"


def _text(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


def _message(
    text: rx.Var[str], mode: rx.Var[str], attachments: rx.Var[list[str]], turn: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[list[str]], rx.Var[str]]:
    return text, mode, attachments, turn


def _number(value: rx.Var[int]) -> tuple[rx.Var[int]]:
    return (value,)


def _turn(turn: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (turn,)


def _turn_and_text(turn: rx.Var[str], text: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return turn, text


def _turn_and_number(turn: rx.Var[str], number: rx.Var[int]) -> tuple[rx.Var[str], rx.Var[int]]:
    return turn, number


def _turn_and_texts(turn: rx.Var[str], texts: rx.Var[list[str]]) -> tuple[rx.Var[str], rx.Var[list[str]]]:
    return turn, texts


def _turn_and_texts_by_name(
    turn: rx.Var[str], texts: rx.Var[dict[str, str]]
) -> tuple[rx.Var[str], rx.Var[dict[str, str]]]:
    return turn, texts


_FILES = browser_files(__name__)


class ChatLog(rx.Component):
    library = _FILES["chat_log.jsx"]
    tag = "ChatLog"
    lib_dependencies: list[str] = [ICONS, HIGHLIGHTER]
    slug: rx.Var[str]
    turns: rx.Var[Any]
    following: rx.Var[str]
    origin: rx.Var[int]
    suggestions: rx.Var[list[str]]
    on_send_again: rx.EventHandler[_turn_and_text]
    on_try_again: rx.EventHandler[_turn]
    on_go_on: rx.EventHandler[_turn]
    on_build_plan: rx.EventHandler[_turn_and_texts]
    on_answer: rx.EventHandler[_turn_and_texts_by_name]
    on_fix: rx.EventHandler[_text]
    on_edit_waiting: rx.EventHandler[_turn_and_text]
    on_move_waiting: rx.EventHandler[_turn_and_number]
    on_stop: rx.EventHandler[_turn]
    on_restore: rx.EventHandler[_number]
    on_branch: rx.EventHandler[_number]
    on_turn_ended: rx.EventHandler[_text]


class Disclosure(rx.Component):
    """The first child is a line that opens the others; `is_asked` opens it, too, when it becomes true."""

    library = _FILES["disclosure.jsx"]
    tag = "Disclosure"
    is_asked: rx.Var[bool]
    line_class: rx.Var[str]


class PreviewFrame(rx.Component):
    library = _FILES["preview_frame.jsx"]
    tag = "PreviewFrame"
    lib_dependencies: list[str] = [ICONS]
    address: rx.Var[str]
    opened: rx.Var[int]
    slug: rx.Var[str]
    version: rx.Var[int]
    is_running: rx.Var[bool]
    problem: rx.Var[str]
    on_fix: rx.EventHandler[_text]
    on_lost: rx.EventHandler[rx.event.no_args_event_spec]


class Composer(rx.Component):
    library = _FILES["composer.jsx"]
    tag = "Composer"
    lib_dependencies: list[str] = [ICONS]
    app_id: rx.Var[str]
    limit: rx.Var[int]
    turn_id: rx.Var[str]
    taken: rx.Var[str]
    refused: rx.Var[str]
    quote: rx.Var[str]
    on_send: rx.EventHandler[_message]
    on_stop: rx.EventHandler[rx.event.no_args_event_spec]


class SplitPane(rx.Component):
    library = _FILES["split_pane.jsx"]
    tag = "SplitPane"
    phone_pane: rx.Var[str]


class Palette(rx.Component):
    library = _FILES["palette.jsx"]
    tag = "Palette"
    lib_dependencies: list[str] = [ICONS]


class EditorCommands(rx.Component):
    library = _FILES["editor_commands.jsx"]
    tag = "EditorCommands"
    tabs: rx.Var[Any]
    is_running: rx.Var[bool]
    can_undo: rx.Var[bool]
    can_publish: rx.Var[bool]
    live_url: rx.Var[str]
    on_tab: rx.EventHandler[_text]
    on_chat: rx.EventHandler[rx.event.no_args_event_spec]
    on_rename: rx.EventHandler[rx.event.no_args_event_spec]
    on_undo: rx.EventHandler[rx.event.no_args_event_spec]
    on_publish: rx.EventHandler[rx.event.no_args_event_spec]
    on_stop: rx.EventHandler[rx.event.no_args_event_spec]
    on_theme: rx.EventHandler[_text]


class ShowChat(rx.Component):
    library = _FILES["bar_buttons.jsx"]
    tag = "ShowChat"
    lib_dependencies: list[str] = [ICONS]


class People(rx.Component):
    library = _FILES["people.jsx"]
    tag = "People"
    lib_dependencies: list[str] = [ICONS]
    slug: rx.Var[str]
    tab: rx.Var[str]


class OpenPalette(rx.Component):
    library = _FILES["bar_buttons.jsx"]
    tag = "OpenPalette"
    lib_dependencies: list[str] = [ICONS]


class TimeAgo(rx.Component):
    library = _FILES["time_ago.jsx"]
    tag = "TimeAgo"
    at: rx.Var[str]


def time_ago(at: rx.Var[str] | str, class_name: str = "") -> rx.Component:
    return TimeAgo.create(at=at, class_name=class_name)
