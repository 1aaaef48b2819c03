"""When to repair again, when to change the way, and when to stop: an error that comes back is not paid for twice.

Each error has a fingerprint. One that a repair did not remove is tried differently; one that is there for the
third time ends the repairs (ARCHITECTURE.md, section 5: the loop breaker).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from overskill.clients.bundler import Diagnostic

MOST_REPAIRS = 3  # by a model, in one turn
MOST_REPAIRS_OF_PROMISES = 1  # where only what the brief promised fails: the check itself may be what is wrong
MOST_SIGHTINGS = 3  # of one error, the first included

_QUOTED = re.compile(r"""(["'`“‘])(?P<symbol>[^"'`”’\n]{1,80})["'`”’]""")
_NUMBERS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")


class Strategy(StrEnum):
    FIX = "fix"
    ANOTHER_MODEL = "another_model"  # the next of the list, told to write the failing files anew
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The same for the same mistake, wherever in its file it has moved to."""

    code: str
    message: str  # lower case, without numbers and names
    file: str
    symbol: str


def fingerprint(error: Diagnostic) -> Fingerprint:
    names = [match["symbol"] for match in _QUOTED.finditer(error.message)]
    message = _SPACES.sub(" ", _NUMBERS.sub("#", _QUOTED.sub("*", error.message))).strip().lower()
    return Fingerprint(error.code, message[:200], error.file, " ".join(names)[:120])


@dataclass
class FixLoop:
    """Told what is wrong each time the app was looked at, says what to do next."""

    can_repair: bool
    attempts: int = 0  # repairs by a model so far
    _sightings: Counter[Fingerprint] = field(default_factory=Counter)

    def next(self, errors: Sequence[Diagnostic]) -> Strategy:
        prints = {fingerprint(error) for error in errors}
        self._sightings.update(prints)
        seen = max((self._sightings[one] for one in prints), default=0)
        most = MOST_REPAIRS_OF_PROMISES if all(error.code == "check" for error in errors) else MOST_REPAIRS
        if not self.can_repair or seen >= MOST_SIGHTINGS or self.attempts >= most:
            return Strategy.GIVE_UP
        self.attempts += 1
        return Strategy.FIX if seen <= 1 else Strategy.ANOTHER_MODEL

    @property
    def is_going_round(self) -> bool:
        """The same error came back again and again, rather than other ones each time."""
        return any(count >= MOST_SIGHTINGS for count in self._sightings.values())
