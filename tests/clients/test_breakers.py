"""Circuit breakers: the real ones and the fake keep the same rules."""

from collections.abc import Callable, Iterator

import pytest
from redis import Redis

from overskill.clients.breakers import (
    FAILURES,
    LONGEST_PAUSE,
    SHORTEST_PAUSE,
    Breakers,
    FakeBreakers,
    RedisBreakers,
    pause_of,
)

Pass = Callable[[], None]  # the pause is over


@pytest.fixture(params=["redis", "fake"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Breakers, Pass]]:
    if request.param == "fake":
        now = [0.0]
        yield FakeBreakers(lambda: now[0]), lambda: now.__setitem__(0, now[0] + LONGEST_PAUSE)
        return
    redis: Redis = request.getfixturevalue("redis")
    yield RedisBreakers(redis), lambda: redis.delete("overskill:breaker:a:open", "overskill:breaker:a:probe") and None


def break_it(breakers: Breakers) -> None:
    for _ in range(FAILURES):
        breakers.failed("a", "It is down.")


def test_a_few_failures_open_it(both: tuple[Breakers, Pass]) -> None:
    breakers, _ = both
    breakers.failed("a", "It is down.")
    assert breakers.may_ask("a")
    break_it(breakers)
    assert not breakers.may_ask("a")
    state = breakers.states(["a"])["a"]
    assert state.is_open
    assert state.rounds == 1
    assert 0 < state.seconds_left <= SHORTEST_PAUSE
    assert state.why == "It is down."


def test_others_stay_as_they_are(both: tuple[Breakers, Pass]) -> None:
    breakers, _ = both
    break_it(breakers)
    assert breakers.may_ask("b")
    assert breakers.states(["b"])["b"].why == ""


def test_what_is_hopeless_opens_it_at_once_and_for_as_long_as_was_asked_for(both: tuple[Breakers, Pass]) -> None:
    breakers, _ = both
    breakers.failed("a", "No credit.", at_once=True, pause=200)
    assert SHORTEST_PAUSE < breakers.states(["a"])["a"].seconds_left <= 200


def test_after_the_pause_one_may_try(both: tuple[Breakers, Pass]) -> None:
    breakers, time_passes = both
    break_it(breakers)
    time_passes()
    assert not breakers.states(["a"])["a"].is_open
    assert breakers.may_ask("a")
    assert not breakers.may_ask("a")


def test_a_try_that_fails_opens_it_for_longer(both: tuple[Breakers, Pass]) -> None:
    breakers, time_passes = both
    break_it(breakers)
    time_passes()
    breakers.may_ask("a")
    breakers.failed("a", "Still down.")
    state = breakers.states(["a"])["a"]
    assert state.rounds == 2
    assert SHORTEST_PAUSE < state.seconds_left <= 2 * SHORTEST_PAUSE


def test_a_success_closes_it(both: tuple[Breakers, Pass]) -> None:
    breakers, time_passes = both
    break_it(breakers)
    time_passes()
    breakers.succeeded("a")
    assert breakers.may_ask("a")
    assert breakers.may_ask("a")
    assert breakers.states(["a"])["a"].rounds == 0


def test_pauses_grow_to_a_limit() -> None:
    assert [pause_of(rounds, None) for rounds in (1, 2, 3)] == [30, 60, 120]
    assert pause_of(60, None) == LONGEST_PAUSE
    assert pause_of(1, 1e9) == LONGEST_PAUSE


def test_two_processes_share_what_they_learn(redis: Redis) -> None:
    break_it(RedisBreakers(redis))
    assert not RedisBreakers(redis).may_ask("a")
    assert all(redis.ttl(key) > 0 for key in redis.scan_iter("overskill:breaker:*"))
