"""How often Cloudflare may be asked: 1,200 calls in five minutes for one token, counted over all processes.

Every call is counted, retries too. What runs in the background leaves a reserve to people who publish.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from redis import Redis

WINDOW_SECONDS = 300
MOST_CALLS = 1_150  # of 1,200: others may use the account too
MOST_BACKGROUND_CALLS = 850  # the rest is for who waits


class CallBudget(Protocol):
    def take(self, *, background: bool = False) -> float:
        """Count one call and return 0; or count nothing and return the seconds until one is free."""
        ...


# A sorted set of the calls in the window, by time. Redis's own clock counts, so machines need not agree on theirs.
_TAKE = """
local now = redis.call('TIME')
local at = tonumber(now[1]) + tonumber(now[2]) / 1000000
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', at - tonumber(ARGV[2]))
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('ZADD', KEYS[1], string.format('%.6f', at), ARGV[3])
  redis.call('EXPIRE', KEYS[1], math.ceil(ARGV[2]))
  return '0'
end
local rank = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[1])
local next_free = redis.call('ZRANGE', KEYS[1], rank, rank, 'WITHSCORES')[2]
return string.format('%.3f', math.max(0.05, next_free + ARGV[2] - at))
"""


class RedisCallBudget:
    """A sliding window that all processes of all machines share."""

    def __init__(
        self, redis: Redis, account: str, *, most: int = MOST_CALLS, most_background: int = MOST_BACKGROUND_CALLS
    ) -> None:
        self._take = redis.register_script(_TAKE)
        self._key = f"overskill:cloudflare:calls:{account}"
        self._most = most
        self._most_background = most_background

    def take(self, *, background: bool = False) -> float:
        most = self._most_background if background else self._most
        return float(self._take(keys=[self._key], args=[most, WINDOW_SECONDS, uuid.uuid4().hex]))


@dataclass
class ProcessCallBudget:
    """The same rules for this process alone: a command's, or a test's, which turns the clock."""

    most: int = MOST_CALLS
    most_background: int = MOST_BACKGROUND_CALLS
    clock: Callable[[], float] = time.monotonic
    calls: list[float] = field(default_factory=list)

    def take(self, *, background: bool = False) -> float:
        now = self.clock()
        self.calls = [at for at in self.calls if at > now - WINDOW_SECONDS]
        most = self.most_background if background else self.most
        if len(self.calls) < most:
            self.calls.append(now)
            return 0.0
        return self.calls[len(self.calls) - most] + WINDOW_SECONDS - now
