"""Turns of the chat: asked for, written, shown, stopped."""

from overskill.services.generation.follow_ups import answer_turn, build_planned, find_turn, take_up
from overskill.services.generation.pipeline import run_turn
from overskill.services.generation.preview import open_preview, show_files
from overskill.services.generation.requests import (
    NO_WISH,
    Intake,
    Wish,
    app_topic,
    request_stop,
    request_turn,
    stop_all_turns,
    turn_topic,
    unfinished_beside,
    unfinished_turn,
)
from overskill.services.generation.sweep import sweep_turns
from overskill.services.generation.view import FileChange, TurnView, list_turns
from overskill.services.generation.workshop import Workshop

__all__ = [
    "NO_WISH",
    "FileChange",
    "Intake",
    "TurnView",
    "Wish",
    "Workshop",
    "answer_turn",
    "app_topic",
    "build_planned",
    "find_turn",
    "list_turns",
    "open_preview",
    "request_stop",
    "request_turn",
    "run_turn",
    "show_files",
    "stop_all_turns",
    "sweep_turns",
    "take_up",
    "turn_topic",
    "unfinished_beside",
    "unfinished_turn",
]
