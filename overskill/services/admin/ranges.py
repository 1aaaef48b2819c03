"""How far back the desk looks, and what that is compared with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from overskill.errors import InvalidInput

Step = Literal["hour", "day"]
RANGES: dict[str, timedelta] = {
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
    "90d": timedelta(days=90),
}


@dataclass(frozen=True, slots=True)
class Range:
    """From `start` to `end`, against the same time from `before` on. All are in UTC."""

    before: datetime
    start: datetime
    end: datetime
    step: Step

    @property
    def slots(self) -> list[datetime]:
        """Where the bars of a chart stand: whole hours or days, the running one last."""
        width = timedelta(hours=1) if self.step == "hour" else timedelta(days=1)
        first = self.start.replace(minute=0, second=0, microsecond=0)
        if self.step == "day":
            first = first.replace(hour=0)
        return [first + width * number for number in range(int((self.end - first) / width) + 1)]


def range_of(name: str, now: datetime) -> Range:
    """Raises InvalidInput for a range that is none."""
    width = RANGES.get(name)
    if width is None:
        raise InvalidInput("Choose one of the ranges that are offered.")
    return Range(now - 2 * width, now - width, now, "hour" if name == "24h" else "day")


def change_percent(now: float, before: float) -> int | None:
    """None: there was nothing to compare it with."""
    return None if before == 0 else round((now - before) / before * 100)
