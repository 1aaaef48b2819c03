"""How long requests take: counted in a handful of buckets a minute, in Redis, and read as a percentile.

A process adds what it answered meanwhile to what it keeps in memory, and hands that over every few seconds.
"""

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import cast

from redis import Redis

# Upper ends of the buckets in milliseconds; what takes longer is in one more.
BUCKETS = (5, 10, 25, 50, 100, 200, 300, 400, 500, 750, 1000, 2000, 5000, 10_000)
_KEPT_SECONDS = 2 * 3600
_KEY = "admin:latency:"


class LatencyLog:
    """What one process measured and has not handed over yet. Adding costs a lock and two look-ups."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[int, int]] = Counter()
        self._lock = threading.Lock()

    def add(self, seconds: float) -> None:
        place = (int(time.time() // 60), bisect_left(BUCKETS, seconds * 1000))
        with self._lock:
            self._counts[place] += 1

    def hand_over(self, redis: Redis) -> None:
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        with redis.pipeline(transaction=False) as pipe:
            for (minute, bucket), count in counts.items():
                pipe.hincrby(f"{_KEY}{minute}", str(bucket), count)
                pipe.expire(f"{_KEY}{minute}", _KEPT_SECONDS)
            pipe.execute()


def percentile(redis: Redis, *, minutes: int, share: float = 0.95) -> float | None:
    """In milliseconds, by the upper end of its bucket, over the last whole minutes. None: too few to say anything."""
    now = int(time.time() // 60)
    with redis.pipeline(transaction=False) as pipe:
        for minute in range(now - minutes, now + 1):
            pipe.hgetall(f"{_KEY}{minute}")
        found = cast(list[dict[bytes, bytes]], pipe.execute())
    counts: Counter[int] = Counter()
    for each in found:
        counts.update({int(bucket): int(count) for bucket, count in each.items()})
    return _percentile(counts.items(), share)


_FEWEST = 20


def _percentile(counts: Iterable[tuple[int, int]], share: float) -> float | None:
    ordered = sorted(counts)
    total = sum(count for _, count in ordered)
    if total < _FEWEST:
        return None
    wanted, seen = share * total, 0
    for bucket, count in ordered:
        seen += count
        if seen >= wanted:
            return float(BUCKETS[bucket]) if bucket < len(BUCKETS) else float(BUCKETS[-1] * 2)
    return None
