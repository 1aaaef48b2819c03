"""The one event stream of a turn. Models and recipes both speak it, so everything after them is the same.

brief     data: brief.Brief as JSON                    the prompt, thought through
questions data: questions[] (id, text, options[])      asked instead of writing; the turn ends there
plan      data: summary, steps[]                       what is going to be done
name      text                                         the app is to be called this
prose     text                                         a piece of what is said in the chat
open      path                                         a whole file begins
delta     path, text                                   a piece of it, in order
close     path, text (the whole content)               it is complete: only now does it count
edit      path, data: search, replace                  one search-and-replace in a file that is there
delete    path
rename    path, data: to
packages  data: add[], remove[], said[], refused[]     npm packages the app imports; what is said of new ones
bad       path, text                                   something unusable came; nothing of it is applied
usage     data: role, model, tokens_in, tokens_out, tokens_cached, cost_micro, is_own_key    adds up over a turn
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from overskill.clients.bundler import Diagnostic
from overskill.services.billing.amounts import Priced
from overskill.services.billing.quotes import AuthorKind
from overskill.services.generation.brief import Brief
from overskill.services.packages.shelf import Shelf


class Kind(StrEnum):
    BRIEF = "brief"
    QUESTIONS = "questions"
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
    version: int = 0  # that its turn made; 0: none


@dataclass(frozen=True, slots=True)
class PastVersion:
    number: int
    paths: tuple[str, ...]  # that it changed
    texts: Mapping[str, str] = field(default_factory=dict)  # of these; one that is missing was deleted


@dataclass(frozen=True, slots=True)
class Past:
    """How an app came to be what it is: its files at one version, and every version's changes.

    The texts of versions up to `number` are not known.
    """

    number: int = 0
    files: Mapping[str, str] = field(default_factory=dict)  # as they were then
    versions: tuple[PastVersion, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What was sent along, as an author sees it."""

    name: str
    kind: Literal["image", "text", "data", "link", "code"]
    text: str = ""  # what it says, or a sample of it
    media_type: str = ""
    content: bytes = b""  # of an image
    files: tuple[str, ...] = ()  # paths in the app that hold it


@dataclass(frozen=True, slots=True)
class Turn:
    """What an author is asked. `files` is live: it shows every event already taken, so a tool can read it."""

    prompt: str
    app_name: str
    files: Mapping[str, str]
    history: tuple[PastMessage, ...] = ()  # without this prompt, oldest first
    past: Past | None = None  # up to the version this turn begins with; None: not known
    is_first: bool = True  # the app is only the starter so far
    locked: frozenset[str] = frozenset()  # paths whose content is to stay as it is
    completed: tuple[str, ...] = ()  # paths this same turn wrote before its worker died: don't write them again
    feedback: tuple[Diagnostic, ...] = ()  # what is wrong with what the turn wrote: repair only this
    brief: Brief = field(default_factory=Brief)
    plan: tuple[str, ...] = ()  # steps that were agreed on before
    enclosures: tuple[Enclosure, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)  # public ones of its preview; models hear the names
    avoid: tuple[str, ...] = ()  # models that repaired in vain: let another one try
    is_again: bool = False  # what `feedback` says was said before, and a repair did not help
    shelf: Shelf | None = None  # where packages are that not all apps can import; None: there are no others
    should_stop: Callable[[], bool] = lambda: False  # the user asked to stop: end within 0.3 s


class Author(Protocol):
    """Writes apps: a model, or the recipes."""

    @property
    def kind(self) -> Literal["model", "recipe"]: ...

    def prepare(self, turn: Turn, *, may_ask: bool, must_plan: bool) -> Generator[Event, None, None]:
        """Think a turn through before anything is written: brief, plan, questions, usage.

        Questions come only where `may_ask`, and then nothing else; a plan always where `must_plan`.
        Raises OverskillError; the turn then goes on without.
        """
        ...

    def write(self, turn: Turn) -> Generator[Event, str | None, None]:
        """Yield the events of the turn. What is sent back is why the event was refused, or None.

        Raises OverskillError where nothing (more) can be written; what was complete before counts.
        """
        ...

    def can_repair(self) -> bool:
        """Whether `write` with `feedback` is worth a call."""
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """Who would write a turn, and at which price. None: it costs nothing."""

    author_kind: AuthorKind = "recipe"
    price: Priced | None = None


class Authors(Protocol):
    """Who writes for whom: every team and person has models, keys and fallbacks of their own."""

    def author_for(self, session: Session, team_id: UUID, user_id: UUID) -> Author: ...

    def terms_for(self, session: Session, team_id: UUID, user_id: UUID) -> Terms: ...

    def terms_beside(self) -> tuple[sa.ScalarSelect[Any], ...]:
        """Columns for a query of apps and users, for `terms_in`."""

    def terms_in(self, columns: Sequence[Any]) -> Terms:
        """As `terms_for`."""
