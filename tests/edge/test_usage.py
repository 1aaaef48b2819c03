"""Visits on their way from the edge to Redis."""

import asyncio
from datetime import UTC, datetime

import pytest
from redis import Redis

from overskill.clients.edge_embedded_usage import EmbeddedUsage
from overskill.clients.edge_usage import Counts, UsageTotals
from overskill.edge import usage
from overskill.edge.usage import Tally, write_counts
from tests.support_edge import unreachable_redis
from tests.support_waiting import until

ONE = UsageTotals(Counts(requests=1))


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "WRITE_SECONDS", 0.01)


async def test_what_is_counted_is_written_and_nothing_twice(redis: Redis) -> None:
    tally, embedded = Tally(), EmbeddedUsage(redis)
    writing = asyncio.create_task(write_counts(tally, embedded))
    started = datetime.now(UTC)
    for number in (1, 2, 3):
        tally.add("production", "shop", ONE)
        await until(lambda: embedded.totals("production", "shop", started).stable.requests == number)  # noqa: B023
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert embedded.totals("production", "shop", started).stable.requests == 3


async def test_what_was_counted_last_is_written_at_the_end(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "WRITE_SECONDS", 60)
    tally, embedded = Tally(), EmbeddedUsage(redis)
    writing = asyncio.create_task(write_counts(tally, embedded))
    await asyncio.sleep(0)
    started = datetime.now(UTC)
    tally.add("production", "shop", ONE)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert embedded.totals("production", "shop", started) == ONE


async def test_counts_wait_while_redis_is_away(caplog: pytest.LogCaptureFixture) -> None:
    tally = Tally()
    writing = asyncio.create_task(write_counts(tally, EmbeddedUsage(unreachable_redis())))
    tally.add("production", "shop", ONE)
    await until(lambda: "kept until they can" in caplog.text)
    tally.add("production", "shop", ONE)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert caplog.text.count("kept until they can") == 1
