"""The one event stream of a turn. Models and recipes both speak it, so everything after them is the same.

plan      data: summary, steps[]                       what is going to be done
name      text                                         the app is to be called this
prose     text                                         a piece of what is said in the chat
open      path                                         a whole file begins
delta     path, text                                   a piece of it, in order
close     path, text (the whole content)               it is complete: only now does it count
edit      path, data: search, replace                  one search-and-replace in a file that is there
delete    path
rename    path, data: to
packages  data: add[], remove[]                        npm packages the app imports
bad       path, text                                   something unusable came; nothing of it is applied
usage     data: model, tokens_in, tokens_out, tokens_cached, cost_micro    adds up over a turn
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

from overskill.clients.bundler import Diagnostic


class Kind(StrEnum):
    PLAN = "plan"
    NAME = "name"
    PROSE = "prose"
    OPEN = "open"
    DELTA = "delta"
    CLOSE = "close"
    EDIT = "edit"
    DELETE = "delete"
    RENAME = "rename"
    PACKAGES = "packages"
    BAD = "bad"
    USAGE = "usage"


@dataclass(frozen=True, slots=True)
class Event:
    kind: Kind
    path: str = ""
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastMessage:
    author: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What an author is asked. `files` is live: it shows every event already taken, so a tool can read it."""

    prompt: str
    app_name: str
    files: Mapping[str, str]
    history: tuple[PastMessage, ...] = ()  # without this prompt, oldest first
    is_first: bool = True  # the app is only the starter so far
    completed: tuple[str, ...] = ()  # paths this same turn wrote before its worker died: don't write them again
    feedback: tuple[Diagnostic, ...] = ()  # what is wrong with what the turn wrote: repair only this
    should_stop: Callable[[], bool] = lambda: False  # the user asked to stop: end within 0.3 s


class Author(Protocol):
    """Writes apps: a model, or the recipes."""

    @property
    def kind(self) -> Literal["model", "recipe"]: ...

    def write(self, turn: Turn) -> Generator[Event, str | None, None]:
        """Yield the events of the turn. What is sent back is why the event was refused, or None.

        Raises OverskillError where nothing (more) can be written; what was complete before counts.
        """
        ...

    def can_repair(self) -> bool:
        """Whether `write` with `feedback` is worth a call."""
        ...
