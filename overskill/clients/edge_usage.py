"""What was asked of apps: counted by the dispatch worker, read by who judges canaries and keeps the daily figures."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from overskill.errors import Unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    requests: int = 0
    errors: int = 0  # answers of 500 and more
    bytes: int = 0  # of the answers' bodies, as far as declared
    milliseconds: int = 0  # all answers together

    @property
    def error_rate(self) -> float:
        return self.errors / self.requests if self.requests else 0.0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            requests=self.requests + other.requests,
            errors=self.errors + other.errors,
            bytes=self.bytes + other.bytes,
            milliseconds=self.milliseconds + other.milliseconds,
        )


@dataclass(frozen=True, slots=True)
class UsageTotals:
    """What an app's own script and its canary answered. Without a canary, `canary` is all zero."""

    stable: Counts = field(default_factory=Counts)
    canary: Counts = field(default_factory=Counts)

    @property
    def all(self) -> Counts:
        return self.stable + self.canary

    def __add__(self, other: "UsageTotals") -> "UsageTotals":
        return UsageTotals(self.stable + other.stable, self.canary + other.canary)


@dataclass(frozen=True, slots=True)
class DayUsage:
    environment: str
    script: str  # never a canary's: its counts are in those of its app
    totals: UsageTotals


class EdgeUsage(Protocol):
    """All calls are blocking. Raise Unavailable when the counts can't be read."""

    def totals(self, environment: str, script: str, since: datetime) -> UsageTotals:
        """What was counted since then; from the minute of `since` on, if that is less than two hours ago."""
        ...

    def drain(self, day: date) -> list[DayUsage]:
        """All that was counted on that day (UTC) until now. Takes nothing away: asked again, it has the same and more.

        Counts are kept for a week.
        """
        ...


@dataclass
class FakeUsage:
    """Counts in memory. `is_down` makes every call fail as an unreachable edge does."""

    is_down: bool = False
    counted: list[tuple[datetime, str, str, UsageTotals]] = field(default_factory=list)

    def add(self, at: datetime, environment: str, script: str, totals: UsageTotals) -> None:
        self.counted.append((at, environment, script, totals))

    def totals(self, environment: str, script: str, since: datetime) -> UsageTotals:
        self._require_up()
        mine = (
            totals for at, where, name, totals in self.counted if (where, name) == (environment, script) and at >= since
        )
        return sum(mine, UsageTotals())

    def drain(self, day: date) -> list[DayUsage]:
        self._require_up()
        days: dict[tuple[str, str], UsageTotals] = {}
        for at, environment, script, totals in self.counted:
            if at.date() == day:
                days[environment, script] = days.get((environment, script), UsageTotals()) + totals
        return [DayUsage(environment, script, totals) for (environment, script), totals in sorted(days.items())]

    def _require_up(self) -> None:
        if self.is_down:
            raise Unavailable("The edge's counts can't be read. Try again in a moment.")
