"""Circuit breakers: what fails again and again is left alone for a while, by every process at once.

A breaker opens after a few failures within a short time. After a pause one caller may try again; if that fails
too, the next pause is longer. One success closes it.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from redis import Redis

FAILURES = 3  # within WINDOW seconds open it
WINDOW = 120
SHORTEST_PAUSE = 30
LONGEST_PAUSE = 15 * 60
FORGOTTEN_AFTER = 60 * 60  # seconds without a failure until pauses begin with the shortest again
ONE_PROBE_IN = 60  # seconds; a caller that dies while it tries must not keep it shut for ever


@dataclass(frozen=True, slots=True)
class BreakerState:
    failures: int = 0  # within the window
    rounds: int = 0  # how often it opened, one after the other
    seconds_left: int = 0  # until somebody may try again; 0: not open
    why: str = ""  # of the last failure

    @property
    def is_open(self) -> bool:
        return self.seconds_left > 0


class Breakers(Protocol):
    """`target` is what fails as one, such as a model of a provider."""

    def may_ask(self, target: str) -> bool:
        """Whether to try it now. While it is half open, only the first who asks may."""
        ...

    def succeeded(self, target: str) -> None: ...

    def failed(self, target: str, why: str, *, at_once: bool = False, pause: float | None = None) -> None:
        """`at_once` opens it now, because trying again can't help; `pause` is how long the other side asked for."""
        ...

    def states(self, targets: Iterable[str]) -> Mapping[str, BreakerState]: ...


def pause_of(rounds: int, asked_for: float | None) -> int:
    """How long it stays open the `rounds`th time in a row."""
    grown: int = min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** min(rounds - 1, 20))
    return max(grown, min(LONGEST_PAUSE, round(asked_for or 0)))


class RedisBreakers:
    """Four keys for each target, all of which expire by themselves."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def may_ask(self, target: str) -> bool:
        is_open, rounds = self._redis.mget([_key(target, "open"), _key(target, "rounds")])  # type: ignore[misc]
        if is_open:
            return False
        if not rounds:
            return True
        return bool(self._redis.set(_key(target, "probe"), 1, nx=True, ex=ONE_PROBE_IN))

    def succeeded(self, target: str) -> None:
        self._redis.delete(*(_key(target, part) for part in ("failures", "rounds", "open", "probe")))

    def failed(self, target: str, why: str, *, at_once: bool = False, pause: float | None = None) -> None:
        with self._redis.pipeline() as pipeline:
            pipeline.incr(_key(target, "failures"))
            pipeline.expire(_key(target, "failures"), WINDOW, nx=True)
            pipeline.set(_key(target, "why"), why, ex=FORGOTTEN_AFTER)
            pipeline.exists(_key(target, "rounds"))
            pipeline.exists(_key(target, "open"))
            failures, _, _, was_open_before, is_open = pipeline.execute()
        if is_open or not (at_once or was_open_before or failures >= FAILURES):
            return
        rounds = int(self._redis.incr(_key(target, "rounds")))  # type: ignore[arg-type]  # it may be an async client
        seconds = pause_of(rounds, pause)
        with self._redis.pipeline() as pipeline:
            pipeline.expire(_key(target, "rounds"), FORGOTTEN_AFTER + seconds)
            pipeline.set(_key(target, "open"), 1, ex=seconds)
            pipeline.delete(_key(target, "failures"), _key(target, "probe"))
            pipeline.execute()

    def states(self, targets: Iterable[str]) -> Mapping[str, BreakerState]:
        wanted = list(targets)
        with self._redis.pipeline(transaction=False) as pipeline:
            for target in wanted:
                pipeline.mget(*(_key(target, part) for part in ("failures", "rounds", "why")))
                pipeline.pttl(_key(target, "open"))
            answers = pipeline.execute()
        found = {}
        for target, (failures, rounds, why), left in zip(wanted, answers[::2], answers[1::2], strict=True):
            is_known = bool(failures or rounds)
            seconds = max(1, -(-left // 1000)) if left > 0 else 0
            found[target] = BreakerState(
                int(failures or 0), int(rounds or 0), seconds, why.decode() if why and is_known else ""
            )
        return found


def _key(target: str, part: str) -> str:
    return f"overskill:breaker:{target}:{part}"


@dataclass
class _Record:
    failures: list[float] = field(default_factory=list)
    rounds: int = 0
    open_until: float = 0.0
    probe_until: float = 0.0
    why: str = ""


@dataclass
class FakeBreakers:
    """The same rules, in this process and by a clock that the test turns."""

    clock: Callable[[], float] = time.monotonic
    records: dict[str, _Record] = field(default_factory=dict)

    def may_ask(self, target: str) -> bool:
        record, now = self._of(target), self.clock()
        if now < record.open_until:
            return False
        if record.rounds:
            if now < record.probe_until:
                return False
            record.probe_until = now + ONE_PROBE_IN
        return True

    def succeeded(self, target: str) -> None:
        self.records.pop(target, None)

    def failed(self, target: str, why: str, *, at_once: bool = False, pause: float | None = None) -> None:
        record, now = self._of(target), self.clock()
        record.why = why
        record.failures = [at for at in record.failures if at > now - WINDOW] + [now]
        if now < record.open_until or not (at_once or record.rounds or len(record.failures) >= FAILURES):
            return
        record.rounds += 1
        record.open_until, record.probe_until = now + pause_of(record.rounds, pause), 0.0
        record.failures = []

    def states(self, targets: Iterable[str]) -> Mapping[str, BreakerState]:
        return {target: self._state(target) for target in targets}

    def _state(self, target: str) -> BreakerState:
        record = self._of(target)
        return BreakerState(
            len(record.failures), record.rounds, max(0, round(record.open_until - self.clock())), record.why
        )

    def _of(self, target: str) -> _Record:
        return self.records.setdefault(target, _Record())
