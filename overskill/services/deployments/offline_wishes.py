"""Publishes that somebody wants off the air and that the edge may still show. Which those are is in Redis, as jobs are;
what a deleted app shows is known by its rows.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID

from redis import Redis

_WISHES = "offline:wished"  # sorted set: a deployment's id -> when it was wished


@dataclass(frozen=True)
class OfflineWishes:
    redis: Redis

    def add(self, deployments: Collection[UUID]) -> None:
        now = time.time()
        self.redis.zadd(_WISHES, {str(each): now for each in deployments})

    def discard(self, deployments: Collection[UUID]) -> None:
        if deployments:
            self.redis.zrem(_WISHES, *map(str, deployments))

    def has(self, deployment: UUID) -> bool:
        return self.redis.zscore(_WISHES, str(deployment)) is not None

    def older_than(self, age: timedelta) -> list[UUID]:
        found = cast(list[bytes], self.redis.zrangebyscore(_WISHES, "-inf", time.time() - age.total_seconds()))
        return [UUID(each.decode()) for each in found]
