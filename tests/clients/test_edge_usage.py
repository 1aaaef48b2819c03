"""What every edge promises of its counts, held against the embedded one, Cloudflare's (in memory), and the fake one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from overskill.clients.cloudflare.usage import CloudflareUsage
from overskill.clients.edge_embedded_usage import EmbeddedUsage
from overskill.clients.edge_usage import Counts, DayUsage, EdgeUsage, FakeUsage, UsageTotals
from overskill.errors import Unavailable
from tests.support_cloudflare import Cloudflare, cloudflare_settings
from tests.support_edge import unreachable_redis

STABLE = Counts(requests=9, errors=1, bytes=900, milliseconds=90)
CANARY = Counts(requests=1, errors=1, bytes=10, milliseconds=5)
BOTH = UsageTotals(STABLE, CANARY)
Add = Callable[[datetime, str, str, UsageTotals], None]


@pytest.fixture(params=["embedded", "cloudflare", "fake"])
def counted(request: pytest.FixtureRequest, redis: Redis) -> tuple[EdgeUsage, Add]:
    if request.param == "fake":
        fake = FakeUsage()
        return fake, fake.add
    if request.param == "cloudflare":
        cloudflare = Cloudflare()
        return CloudflareUsage(cloudflare_settings(), cloudflare.api), cloudflare.count
    embedded = EmbeddedUsage(redis)

    def add(at: datetime, environment: str, script: str, totals: UsageTotals) -> None:
        embedded.record(at, {(environment, script): totals})

    return embedded, add


def test_an_app_that_nobody_asked_for_has_no_counts(counted: tuple[EdgeUsage, Add]) -> None:
    usage, _ = counted
    assert usage.totals("production", "shop", datetime.now(UTC)) == UsageTotals()
    assert usage.drain(datetime.now(UTC).date()) == []


def test_counts_add_up_and_a_canarys_are_apart(counted: tuple[EdgeUsage, Add]) -> None:
    usage, add = counted
    now = datetime.now(UTC)
    add(now, "production", "shop", BOTH)
    add(now, "production", "shop", UsageTotals(stable=Counts(requests=1)))
    add(now, "preview", "shop", BOTH)
    totals = usage.totals("production", "shop", now - timedelta(minutes=5))
    assert (totals.stable.requests, totals.canary) == (10, CANARY)
    assert totals.canary.error_rate == 1.0


@pytest.mark.parametrize("ago", [timedelta(minutes=30), timedelta(days=3)])
def test_what_was_counted_before_is_left_out(counted: tuple[EdgeUsage, Add], ago: timedelta) -> None:
    usage, add = counted
    now = datetime.now(UTC)
    add(now - ago - timedelta(days=1), "production", "shop", BOTH)
    add(now, "production", "shop", BOTH)
    assert usage.totals("production", "shop", now - ago) == BOTH


def test_a_day_has_each_app_once_and_can_be_asked_again(counted: tuple[EdgeUsage, Add]) -> None:
    usage, add = counted
    now = datetime.now(UTC)
    for script in ("shop", "blog", "shop"):
        add(now, "production", script, BOTH)
    expected = [DayUsage("production", "blog", BOTH), DayUsage("production", "shop", BOTH + BOTH)]
    assert usage.drain(now.date()) == expected
    assert usage.drain(now.date()) == expected
    assert usage.drain(now.date() - timedelta(days=1)) == []


def test_counts_that_cannot_be_read_are_an_error_and_not_zero() -> None:
    usage = EmbeddedUsage(unreachable_redis())
    with pytest.raises(Unavailable):
        usage.totals("production", "shop", datetime.now(UTC))
