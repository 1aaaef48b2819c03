"""GitHub tells us when a workflow's run is over, so that whoever waits for it need not wait for the next look."""

import time
from typing import Protocol

from redis import Redis

_SECONDS = 600  # longer than any build waits


class FinishedRuns(Protocol):
    def tell(self, run: int) -> None: ...

    def wait(self, run: int, seconds: float) -> None:
        """Returns when the run is told to be over, or after these seconds, whichever is first."""
        ...


class RedisFinishedRuns:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def tell(self, run: int) -> None:
        with self._redis.pipeline() as pipe:
            pipe.rpush(_key(run), 1)
            pipe.expire(_key(run), _SECONDS)
            pipe.execute()

    def wait(self, run: int, seconds: float) -> None:
        self._redis.blpop([_key(run)], timeout=seconds)


class Unheard:
    """Where nobody tells: each look is some seconds after the one before."""

    def tell(self, run: int) -> None:
        """There is nobody to hear it."""

    def wait(self, run: int, seconds: float) -> None:  # noqa: ARG002
        time.sleep(seconds)


def _key(run: int) -> str:
    return f"overskill:github-run:{run}"
