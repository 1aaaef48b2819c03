"""Where the double keeps what it knows: names and JSON texts, in memory or in Redis."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol, cast

from redis import Redis

KEY = "overskill:stripe-double"
_LOCK_SECONDS = 15


class Store(Protocol):
    def load(self, name: str) -> bytes | None: ...

    def save(self, changes: Mapping[str, bytes]) -> None: ...

    def locked(self) -> AbstractContextManager[None]:
        """One request at a time, over all processes."""
        ...


@dataclass
class MemoryStore:
    values: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self, name: str) -> bytes | None:
        return self.values.get(name)

    def save(self, changes: Mapping[str, bytes]) -> None:
        self.values.update(changes)

    @contextmanager
    def locked(self) -> Iterator[None]:
        with self._lock:
            yield


@dataclass(frozen=True)
class RedisStore:
    redis: Redis

    def load(self, name: str) -> bytes | None:
        return cast("bytes | None", self.redis.hget(KEY, name))

    def save(self, changes: Mapping[str, bytes]) -> None:
        if changes:
            self.redis.hset(KEY, mapping=dict(changes))

    @contextmanager
    def locked(self) -> Iterator[None]:
        with self.redis.lock(f"{KEY}:lock", timeout=_LOCK_SECONDS, blocking_timeout=_LOCK_SECONDS):
            yield
