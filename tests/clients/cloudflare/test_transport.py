"""One call: what is repeated, for how long, and what its failure says."""

import logging

import pytest
from redis import Redis

from overskill.clients.cloudflare.budget import ProcessCallBudget, RedisCallBudget
from overskill.clients.cloudflare.failures import Complaint, failure_of
from overskill.clients.cloudflare.fake.account import TOKEN
from overskill.clients.cloudflare.transport import Call, Unanswered
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from tests.support_cloudflare import Cloudflare


def look(cloudflare: Cloudflare) -> Call:
    return Call("GET", f"{cloudflare.api.of_account}/workers/dispatch/namespaces")


def create(cloudflare: Cloudflare, name: str = "x") -> Call:
    return Call("POST", f"{cloudflare.api.of_account}/workers/dispatch/namespaces", json={"name": name})


@pytest.mark.parametrize("kind", ["rate", "ill", "timeout", "unreachable"])
def test_what_passes_is_tried_again(cloudflare: Cloudflare, kind: str) -> None:
    cloudflare.fake.fail("GET", kind, times=3)  # type: ignore[arg-type]
    assert len(cloudflare.api.result(look(cloudflare))) == 3
    assert cloudflare.fake.calls("GET") == 4


def test_pauses_grow_and_are_never_the_same_for_all(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("GET", "ill", times=3)
    cloudflare.api.result(look(cloudflare))
    assert all(
        low <= pause <= high
        for pause, (low, high) in zip(cloudflare.slept, [(0.25, 0.5), (0.5, 1), (1, 2)], strict=True)
    )
    first = cloudflare.slept[:]
    cloudflare.fake.fail("GET", "ill", times=3)
    cloudflare.slept.clear()
    cloudflare.api.result(look(cloudflare))
    assert cloudflare.slept != first


def test_a_pause_that_is_asked_for_is_made(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("GET", "rate", times=1, retry_after="7")
    cloudflare.api.result(look(cloudflare))
    assert cloudflare.slept == [7.0]


def test_a_pause_that_is_too_long_is_passed_on(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("GET", "rate", retry_after="240")
    with pytest.raises(LimitReached, match=r"pause of 24\d seconds"):
        cloudflare.api.result(look(cloudflare))
    assert cloudflare.slept == []


@pytest.mark.parametrize("kind", ["rights", "token"])
def test_a_refusal_is_not_tried_again(cloudflare: Cloudflare, kind: str) -> None:
    cloudflare.fake.fail("GET", kind)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        cloudflare.api.result(look(cloudflare))
    assert cloudflare.fake.calls("GET") == 1


@pytest.mark.parametrize("kind", ["timeout", "ill", "done but lost"])
def test_what_must_not_happen_twice_is_not_tried_again(cloudflare: Cloudflare, kind: str) -> None:
    cloudflare.fake.fail("POST", kind)  # type: ignore[arg-type]
    with pytest.raises(Unanswered):
        cloudflare.api.result(create(cloudflare))
    assert cloudflare.fake.calls("POST") == 1


@pytest.mark.parametrize("kind", ["rate", "unreachable"])
def test_what_was_certainly_not_done_is_tried_again(cloudflare: Cloudflare, kind: str) -> None:
    cloudflare.fake.fail("POST", kind, times=2)  # type: ignore[arg-type]
    cloudflare.api.result(create(cloudflare))
    assert "x" in cloudflare.account.namespaces


def test_a_refusal_after_a_lost_answer_does_not_say_that_nothing_was_done(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("DELETE", "done but lost", times=1)
    cloudflare.fake.fail("DELETE", "rights", times=1)
    with pytest.raises(Unanswered):
        cloudflare.api.result(Call("DELETE", f"{look(cloudflare).path}/overskill-local-preview"))


def test_a_failure_that_stays_says_what_still_holds(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("GET", "ill")
    with pytest.raises(Unavailable, match="What was live still is"):
        cloudflare.api.result(look(cloudflare))


def test_an_unreachable_cloudflare_is_named(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("GET", "unreachable")
    with pytest.raises(Unavailable, match="can't be reached"):
        cloudflare.api.result(look(cloudflare))


@pytest.mark.parametrize(
    ("status", "code", "kind", "words"),
    [
        (400, 10000, NotAllowed, "renew CLOUDFLARE_API_TOKEN"),
        (401, 1000, NotAllowed, "renew CLOUDFLARE_API_TOKEN"),
        (403, 10000, NotAllowed, "./run doctor"),
        (403, 9109, NotAllowed, "./run doctor"),
        (400, 10001, NotAllowed, "./run doctor"),
        (403, 10121, NotAllowed, "no Workers for Platforms"),
        (403, 10034, NotAllowed, "email"),
        (404, 10007, NotFound, "not at Cloudflare"),
        (404, 10013, NotFound, "not at Cloudflare"),
        (400, 10014, Conflict, "already"),
        (409, 1406, Conflict, "domain"),
        (413, 10027, LimitReached, "server code is larger"),
        (400, 10037, LimitReached, "plan allows"),
        (429, 971, LimitReached, "asks for a pause"),
        (500, 10013, Unavailable, "problem of its own"),
        (502, 0, Unavailable, "problem of its own"),
        (400, 10021, InvalidInput, r"code 10021\): Uncaught SyntaxError"),
    ],
)
def test_a_code_has_a_sentence(status: int, code: int, kind: type[OverskillError], words: str) -> None:
    failure = failure_of(status, Complaint(code, "Uncaught SyntaxError."))
    assert type(failure) is kind
    with pytest.raises(kind, match=words):
        raise failure


def test_the_log_has_the_ray_and_never_the_token(cloudflare: Cloudflare, caplog: pytest.LogCaptureFixture) -> None:
    cloudflare.fake.fail("GET", "ill", times=1)
    with caplog.at_level(logging.DEBUG):
        cloudflare.api.result(look(cloudflare))
    assert "0123456789abcdef-FRA" in caplog.text
    assert "code 10013" in caplog.text
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(cloudflare.api.account)


def test_every_try_is_counted(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("GET", "ill", times=3)
    cloudflare.api.result(look(cloudflare))
    assert len(cloudflare.budget.calls) == 4


def test_a_spent_budget_is_waited_for_when_it_is_not_long() -> None:
    now = 0.0
    budget = ProcessCallBudget(most=1, clock=lambda: now)
    cloudflare = Cloudflare(budget=budget)
    cloudflare.api.result(look(cloudflare))
    now = 290.0

    def wait(seconds: float) -> None:
        nonlocal now
        now += seconds

    cloudflare.api._sleep = wait
    cloudflare.api.result(look(cloudflare))
    assert now == pytest.approx(300.0)


def test_a_budget_that_is_spent_for_long_says_when_to_try_again() -> None:
    cloudflare = Cloudflare(budget=ProcessCallBudget(most=1, clock=lambda: 0.0))
    cloudflare.api.result(look(cloudflare))
    with pytest.raises(LimitReached, match="Try again in 300 seconds"):
        cloudflare.api.result(look(cloudflare))
    assert cloudflare.fake.calls("GET") == 1


def test_what_runs_in_the_background_leaves_a_reserve() -> None:
    cloudflare = Cloudflare(budget=ProcessCallBudget(most=2, most_background=1))
    path = look(cloudflare).path
    cloudflare.api.result(Call("GET", path, background=True))
    with pytest.raises(LimitReached):
        cloudflare.api.result(Call("GET", path, background=True))
    cloudflare.api.result(Call("GET", path))


def test_all_processes_share_one_budget(redis: Redis) -> None:
    first, second = (RedisCallBudget(redis, "a", most=3, most_background=2) for _ in range(2))
    assert [first.take(), second.take()] == [0.0, 0.0]
    assert 0 < second.take(background=True) <= 300
    assert first.take() == 0.0
    assert 0 < second.take() <= 300
    assert RedisCallBudget(redis, "b", most=1).take() == 0.0


def test_calls_of_five_minutes_ago_no_longer_count(redis: Redis) -> None:
    budget = RedisCallBudget(redis, "a", most=1)
    assert budget.take() == 0.0
    (call,) = redis.zrange("overskill:cloudflare:calls:a", 0, -1)  # type: ignore[misc]
    redis.zincrby("overskill:cloudflare:calls:a", -300, call)
    assert budget.take() == 0.0
    assert redis.zcard("overskill:cloudflare:calls:a") == 1
