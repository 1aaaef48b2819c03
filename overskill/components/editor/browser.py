"""The parts of the editor that live in the browser, and what they are given. Each is the .jsx file of its name."""

from pathlib import Path
from typing import Any

import reflex as rx

from overskill.components.attachments import ICONS


def _file(name: str) -> str:
    path = rx.asset(name, shared=True, _stack_level=2)
    return str(path.importable_path)


def _text(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


def _message(
    text: rx.Var[str], mode: rx.Var[str], attachments: rx.Var[list[str]]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[list[str]]]:
    return text, mode, attachments


def _texts(value: rx.Var[list[str]]) -> tuple[rx.Var[list[str]]]:
    return (value,)


def _texts_by_name(value: rx.Var[dict[str, str]]) -> tuple[rx.Var[dict[str, str]]]:
    return (value,)


# The files below import each other, so all must lie beside them.
for _shared in sorted(Path(__file__).parent.glob("*.js*")):
    rx.asset(_shared.name, shared=True)


class TurnStream(rx.Component):
    library = _file("turn_stream.jsx")
    tag = "TurnStream"
    lib_dependencies: list[str] = [ICONS]
    turn_id: rx.Var[str]
    on_done: rx.EventHandler[_text]


class TurnDetails(rx.Component):
    library = _file("turn_details.jsx")
    tag = "TurnDetails"
    lib_dependencies: list[str] = [ICONS]
    turn_id: rx.Var[str]
    on_fix: rx.EventHandler[_text]


class TurnStory(rx.Component):
    library = _file("turn_details.jsx")
    tag = "TurnStory"
    lib_dependencies: list[str] = [ICONS]
    turn_id: rx.Var[str]
    words: rx.Var[str]
    aside: rx.Var[str]
    is_open_at_first: rx.Var[bool]
    on_fix: rx.EventHandler[_text]


class PlanCard(rx.Component):
    library = _file("plan_card.jsx")
    tag = "PlanCard"
    lib_dependencies: list[str] = [ICONS]
    plan: rx.Var[Any]
    on_build: rx.EventHandler[_texts]


class QuestionForm(rx.Component):
    library = _file("question_form.jsx")
    tag = "QuestionForm"
    lib_dependencies: list[str] = [ICONS]
    questions: rx.Var[Any]
    on_answer: rx.EventHandler[_texts_by_name]


class PreviewFrame(rx.Component):
    library = _file("preview_frame.jsx")
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
    library = _file("composer.jsx")
    tag = "Composer"
    lib_dependencies: list[str] = [ICONS]
    app_id: rx.Var[str]
    limit: rx.Var[int]
    turn_id: rx.Var[str]
    sent_count: rx.Var[int]
    refused_count: rx.Var[int]
    draft: rx.Var[Any]
    quote: rx.Var[str]
    on_send: rx.EventHandler[_message]
    on_stop: rx.EventHandler[rx.event.no_args_event_spec]


class ChatScroll(rx.Component):
    library = _file("chat_scroll.jsx")
    tag = "ChatScroll"
    lib_dependencies: list[str] = [ICONS]
    label: rx.Var[str]


class SplitPane(rx.Component):
    library = _file("split_pane.jsx")
    tag = "SplitPane"
    phone_pane: rx.Var[str]


class TimeAgo(rx.Component):
    library = _file("time_ago.jsx")
    tag = "TimeAgo"
    at: rx.Var[str]


def time_ago(at: rx.Var[str] | str, class_name: str = "") -> rx.Component:
    return TimeAgo.create(at=at, class_name=class_name)
