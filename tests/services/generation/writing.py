"""Playing an author the way the pipeline does: each event is staged, and a refusal goes back."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from overskill.services.generation.events import Author, Event, Kind, Turn
from overskill.services.generation.staging import EditRefused, Staging
from overskill.starter import starter_files


@dataclass
class Written:
    staging: Staging
    events: list[Event] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def prose(self) -> str:
        return "".join(event.text for event in self.events if event.kind is Kind.PROSE)

    def of(self, kind: Kind) -> list[Event]:
        return [event for event in self.events if event.kind is kind]


def play(author: Author, turn: Turn, staging: Staging, written: Written | None = None) -> Written:
    """`written` keeps what came before a failure."""
    written = written or Written(staging)
    refusal: str | None = None
    with closing(author.write(turn)) as events:
        while True:
            try:
                event = events.send(refusal)
            except StopIteration:
                return written
            refusal = None
            try:
                staging.apply(event)
            except EditRefused as error:
                refusal = error.reason
                written.refused.append(refusal)
            else:
                written.events.append(event)


def app_and_turn(prompt: str, files: Mapping[str, str] | None = None, **facts: object) -> tuple[Staging, Turn]:
    staging = Staging(starter_files() | dict(files or {}))
    turn = Turn(prompt=prompt, app_name="Copper Pot", files=staging, **facts)  # type: ignore[arg-type]
    return staging, turn


def stop_after(checks: int) -> Callable[[], bool]:
    left = iter(range(checks))
    return lambda: next(left, None) is None
