"""Whether every part answers a real request, and since when it does, or does not."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from redis import Redis

PATIENCE_SECONDS = 3
_KEY = "admin:health"  # hash: part -> "1 <since>" while it is well, "0 <since>" while it is not

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PartReport:
    name: str
    is_well: bool
    milliseconds: float


@dataclass(frozen=True, slots=True)
class PartView:
    name: str
    is_well: bool
    milliseconds: float
    since: datetime


async def ask_parts(parts: Mapping[str, Callable[[], object]]) -> list[PartReport]:
    """All at once; one that does not answer in time is not well."""
    return list(await asyncio.gather(*(_ask(name, ask) for name, ask in parts.items())))


def note_health(redis: Redis, reports: Sequence[PartReport]) -> list[PartView]:
    """Remember since when each is as it is: as long as anybody has looked."""
    now = time.time()
    known = cast(dict[bytes, bytes], redis.hgetall(_KEY))
    views = []
    for report in reports:
        state, _, since = known.get(report.name.encode(), b"").decode().partition(" ")
        if state != str(int(report.is_well)):
            since = f"{now:.0f}"
            redis.hset(_KEY, report.name, f"{int(report.is_well)} {since}")
        at = datetime.fromtimestamp(float(since), UTC)
        views.append(PartView(report.name, report.is_well, report.milliseconds, at))
    return views


async def _ask(name: str, ask: Callable[[], object]) -> PartReport:
    started = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            is_well = bool(await asyncio.to_thread(ask))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a part is the answer
        log.warning("%s is not healthy: %s", name, error)
        is_well = False
    return PartReport(name, is_well, round((time.perf_counter() - started) * 1000, 1))
