"""One job at a time works on one repository, whatever started it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from redis import Redis
from redis.exceptions import LockError

from overskill.errors import Unavailable

LOCK_SECONDS = 600
_PATIENCE_SECONDS = 60


class Busy(Unavailable):
    """Another job is at this repository."""


@contextmanager
def holding(redis: Redis, repository_id: UUID, *, patience: float = _PATIENCE_SECONDS) -> Iterator[None]:
    """Raises Busy where another job takes longer than we wait."""
    lock = redis.lock(f"overskill:repository:{repository_id}", timeout=LOCK_SECONDS, blocking_timeout=patience)
    if not lock.acquire(blocking=patience > 0):
        raise Busy("Something else is being done with this repository. It is tried again by itself.")
    try:
        yield
    finally:
        with suppress(LockError):  # it took so long that somebody else has it by now
            lock.release()
