"""The steps of a turn, in order: shown while they happen, kept on the row with how long each took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

State = Literal["active", "done", "skipped", "failed"]


class Step(StrEnum):
    VALIDATE = "validate"
    LIMITS = "limits"
    ENHANCE = "enhance"
    PLAN = "plan"
    GENERATE = "generate"
    REPAIR = "repair"
    CHECK = "check"
    SCAN = "scan"
    SAVE = "save"
    PREVIEW = "preview"


class Notes(Protocol):
    def note(self, kind: str, /, **data: object) -> None:
        """Write down something of the pipeline's own."""
        ...


@dataclass
class Progress:
    """How a step that is under way will be told of. What raises in it has failed."""

    state: State = "done"
    words: str = ""

    def skip(self, why: str = "") -> None:
        self.state, self.words = "skipped", why

    def fail(self, why: str = "") -> None:
        self.state, self.words = "failed", why

    def say(self, words: str) -> None:
        self.words = words


@dataclass
class StepLog:
    notes: Notes
    on_change: Callable[[list[dict[str, Any]]], None] = lambda _: None
    clock: Callable[[], float] = time.monotonic
    rows: list[dict[str, Any]] = field(default_factory=list)  # as generations.steps has them

    @contextmanager
    def step(self, step: Step) -> Iterator[Progress]:
        """Go through one step. Gone through again (another attempt at it), its times add up."""
        progress = Progress()
        began = self.clock()
        self.notes.note("step", name=step.value, state="active")
        try:
            yield progress
        except BaseException:
            if progress.state == "done":
                progress.fail(progress.words)
            raise
        finally:
            self._end(step, progress, round((self.clock() - began) * 1000))

    def skip(self, step: Step, why: str = "") -> None:
        self._end(step, Progress("skipped", why), 0)

    def _end(self, step: Step, progress: Progress, milliseconds: int) -> None:
        row = next((row for row in self.rows if row["name"] == step), None)
        if row is None:
            row = {"name": step.value, "ms": 0}
            self.rows.append(row)
        row |= {"state": progress.state, "ms": row["ms"] + milliseconds, "note": progress.words}
        self.notes.note("step", **row)
        self.on_change(self.rows)
