"""Counts of the edge on this machine: its launcher adds to them once a second, in Redis.

usage:<day>                                   the apps that were asked for: "<environment>:<script>"
usage:<day>:<environment>:<script>            a hash of counts; kept a week
usage:minute:<minute>:<environment>:<script>  the same of one minute since 1970; kept two hours
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from overskill.clients.edge_usage import Counts, DayUsage, UsageTotals
from overskill.errors import Unavailable

DAYS_KEPT = timedelta(days=8)
MINUTES_KEPT = timedelta(hours=2)
FIELDS = ("requests", "errors", "bytes", "ms", "canary_requests", "canary_errors", "canary_bytes", "canary_ms")


@dataclass(frozen=True)
class EmbeddedUsage:
    redis: Redis

    def record(self, at: datetime, counted: Mapping[tuple[str, str], UsageTotals]) -> None:
        """Add to what was counted of each (environment, script)."""
        day, minute = _day(at.astimezone(UTC).date()), _minute(at)
        try:
            with self.redis.pipeline(transaction=False) as pipe:
                for (environment, script), totals in counted.items():
                    app = f"{environment}:{script}"
                    pipe.sadd(day, app)
                    for key, kept in ((f"{day}:{app}", DAYS_KEPT), (f"usage:minute:{minute}:{app}", MINUTES_KEPT)):
                        for field, number in _fields(totals).items():
                            pipe.hincrby(key, field, number)
                        pipe.expire(key, kept)
                pipe.expire(day, DAYS_KEPT)
                pipe.execute()
        except RedisError as error:
            raise _unreadable() from error

    def totals(self, environment: str, script: str, since: datetime) -> UsageTotals:
        now = datetime.now(UTC)
        app = f"{environment}:{script}"
        if since > now - MINUTES_KEPT:
            keys = [f"usage:minute:{minute}:{app}" for minute in range(_minute(since), _minute(now) + 1)]
        else:
            first = max(since.astimezone(UTC), now - DAYS_KEPT).date()
            days = (now.date() - first).days + 1
            keys = [f"{_day(first + timedelta(days=number))}:{app}" for number in range(days)]
        return sum(self._read(keys), UsageTotals())

    def drain(self, day: date) -> list[DayUsage]:
        try:
            apps = sorted(str(app, "ascii") for app in self.redis.smembers(_day(day)))  # type: ignore[union-attr]
        except RedisError as error:
            raise _unreadable() from error
        counts = self._read([f"{_day(day)}:{app}" for app in apps])
        places = [app.partition(":") for app in apps]
        return [
            DayUsage(environment, script, totals)
            for (environment, _, script), totals in zip(places, counts, strict=True)
        ]

    def _read(self, keys: list[str]) -> list[UsageTotals]:
        try:
            with self.redis.pipeline(transaction=False) as pipe:
                for key in keys:
                    pipe.hgetall(key)
                return [_totals(found) for found in pipe.execute()]
        except RedisError as error:
            raise _unreadable() from error


def _fields(totals: UsageTotals) -> dict[str, int]:
    """Those of FIELDS that are not zero; the first four are the canary's too."""
    everything, canary = totals.all, totals.canary
    numbers = (
        *(everything.requests, everything.errors, everything.bytes, everything.milliseconds),
        *(canary.requests, canary.errors, canary.bytes, canary.milliseconds),
    )
    return {field: number for field, number in zip(FIELDS, numbers, strict=True) if number}


def _totals(found: dict[bytes, Any]) -> UsageTotals:
    numbers = [int(found.get(field.encode(), 0)) for field in FIELDS]
    everything, canary = numbers[:4], numbers[4:]
    return UsageTotals(_counts([a - b for a, b in zip(everything, canary, strict=True)]), _counts(canary))


def _counts(numbers: list[int]) -> Counts:
    requests, errors, size, milliseconds = numbers
    return Counts(requests=requests, errors=errors, bytes=size, milliseconds=milliseconds)


def _day(day: date) -> str:
    return f"usage:{day.isoformat()}"


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _unreadable() -> Unavailable:
    return Unavailable("The edge's counts can't be read or written just now. Try again in a moment.")
