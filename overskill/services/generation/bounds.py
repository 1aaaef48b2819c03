"""What an author may say and take, used or not. Even one that costs nothing ends."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from overskill.errors import OverskillError

MOST_CHARACTERS = 6_000_000  # an app holds 8 MB at most
LONGEST_SECONDS = 45 * 60.0


class WentRound(OverskillError):
    """The author goes on and on, and nothing of it can be used."""


@dataclass
class Bounds:
    """Of one turn, or of one talk in it. Raises WentRound."""

    clock: Callable[[], float] = time.monotonic
    characters: int = 0
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def add(self, characters: int) -> None:
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            raise WentRound(
                f"More than {MOST_CHARACTERS // 1_000_000} million characters were written in one turn, so it was "
                "ended. Ask for a smaller step, or switch to another model."
            )
        if self.clock() - self._began > LONGEST_SECONDS:
            raise WentRound(
                f"The turn took longer than {LONGEST_SECONDS / 60:.0f} minutes, so it was ended. "
                "Ask for a smaller step."
            )
