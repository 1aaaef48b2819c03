"""Scripts of trials that are over. They stay for some minutes: pages that were loaded from them ask for more of their
files. Which those are is in Redis; without it they stay until the next trial of the app is over.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from redis import Redis

LINGER = timedelta(minutes=10)
_ENDED = "trials:ended"  # sorted set: "production/habits" -> when its trial ended


@dataclass(frozen=True)
class EndedTrials:
    redis: Redis

    def add(self, environment: str, slug: str) -> None:
        self.redis.zadd(_ENDED, {f"{environment}/{slug}": time.time()})

    def discard(self, environment: str, slug: str) -> None:
        self.redis.zrem(_ENDED, f"{environment}/{slug}")

    def due(self, *, linger: timedelta = LINGER) -> list[tuple[str, str]]:
        """Environment and slug of those that have stayed long enough."""
        until = time.time() - linger.total_seconds()
        names = cast(list[bytes], self.redis.zrangebyscore(_ENDED, "-inf", until))
        return [(environment, slug) for environment, _, slug in (name.decode().partition("/") for name in names)]
