"""Turns of the chat: asked for, written, shown, stopped."""

from overskill.services.generation.pipeline import run_turn
from overskill.services.generation.preview import open_preview, show_files
from overskill.services.generation.requests import (
    app_topic,
    request_stop,
    request_turn,
    stop_all_turns,
    turn_topic,
    unfinished_turn,
)
from overskill.services.generation.sweep import sweep_turns
from overskill.services.generation.view import FileChange, TurnView, list_turns

__all__ = [
    "FileChange",
    "TurnView",
    "app_topic",
    "list_turns",
    "open_preview",
    "request_stop",
    "request_turn",
    "run_turn",
    "show_files",
    "stop_all_turns",
    "sweep_turns",
    "turn_topic",
    "unfinished_turn",
]
