"""An author whose every turn is written down in the test."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session

from overskill.services.generation.events import Author, Event, Kind, Terms, Turn

Script = Iterable[Event] | Callable[[Turn], Iterable[Event]] | Exception


def writes(path: str, content: str) -> list[Event]:
    """The events of one whole file."""
    return [Event(Kind.OPEN, path), Event(Kind.DELTA, path, content), Event(Kind.CLOSE, path, content)]


def says(text: str) -> Event:
    return Event(Kind.PROSE, text=text)


@dataclass
class FakeAuthor:
    """Takes its scripts one by one; with none left it writes a small app. Keeps the turns and the refusals."""

    kind: Literal["model", "recipe"] = "model"
    scripts: list[Script] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    repairs: bool = True
    terms: Terms = field(default_factory=Terms)
    thoughts: Iterable[Event] = ()  # what prepare() yields
    prepared: list[Turn] = field(default_factory=list)

    def author_for(self, session: Session, team_id: UUID, user_id: UUID) -> Author:
        """It is all the authors there are."""
        return self

    def terms_for(self, session: Session, team_id: UUID, user_id: UUID) -> Terms:
        return self.terms

    def terms_beside(self) -> tuple[()]:
        return ()

    def terms_in(self, columns: Sequence[Any]) -> Terms:
        return self.terms

    def prepare(self, turn: Turn, *, may_ask: bool, must_plan: bool) -> Generator[Event, None, None]:
        self.prepared.append(turn)
        yield from self.thoughts

    def write(self, turn: Turn) -> Generator[Event, str | None, None]:
        self.turns.append(turn)
        script = self.scripts.pop(0) if self.scripts else [says("Here it is."), *writes("src/App.tsx", "export {}\n")]
        if isinstance(script, Exception):
            raise script
        for event in script(turn) if callable(script) else script:
            refused = yield event
            if refused:
                self.refusals.append(refused)

    def can_repair(self) -> bool:
        return self.repairs
