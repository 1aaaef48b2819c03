"""The repository of an app: each version is a commit there, and what a person pushes becomes a version."""

from overskill.services.repositories.connect import (
    Wish,
    begin_connecting,
    connect,
    disconnect,
    finish_connecting,
    pause_repository,
    repository_of,
)
from overskill.services.repositories.sync import Side, due_repositories, sync_repository
from overskill.services.repositories.visits import Visit, end_visit
from overskill.services.repositories.webhooks import keep_event, process_event, waiting_events

__all__ = [
    "Side",
    "Visit",
    "Wish",
    "begin_connecting",
    "connect",
    "disconnect",
    "due_repositories",
    "end_visit",
    "finish_connecting",
    "keep_event",
    "pause_repository",
    "process_event",
    "repository_of",
    "sync_repository",
    "waiting_events",
]
