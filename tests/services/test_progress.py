import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from overskill.services.progress import ProgressLog
from tests.support_waiting import PATIENCE_SECONDS, until


@pytest_asyncio.fixture
async def log(redis: Redis, valkey: str) -> AsyncIterator[ProgressLog]:
    opened = ProgressLog(redis, AsyncRedis.from_url(valkey))
    yield opened
    await opened.close()


async def test_what_was_written_is_read_from_any_point(log: ProgressLog) -> None:
    log.write("t", {"n": 1}, {"n": 2})
    log.write("t", {"n": 3})
    entries = await log.read("t")
    assert [entry["n"] for _, entry in entries] == [1, 2, 3]
    assert [entry["n"] for _, entry in await log.read("t", after=entries[0][0])] == [2, 3]


async def test_a_waiting_page_hears_the_bell_at_once(log: ProgressLog) -> None:
    changes = log.changes("t", at_least_every=3600)
    await anext(changes)
    heard = asyncio.ensure_future(anext(changes))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not heard.done():  # the first ones may come before the server knows who listens
            log.ring("t")
            await asyncio.sleep(0.02)
    await changes.aclose()


async def test_the_bell_is_listened_for_again_after_the_listening_ended(log: ProgressLog) -> None:
    changes = log.changes("t", at_least_every=0.05)
    await anext(changes)
    ended = log._listener
    assert ended is not None
    ended.cancel()
    await anext(changes)
    assert log._listener is not ended
    await changes.aclose()


async def test_who_has_read_the_rows_is_not_told_to_look_at_once(log: ProgressLog) -> None:
    log.ring("t")
    changes = log.changes("t", since=log.mark(), at_least_every=0.2)
    before = asyncio.get_running_loop().time()
    await anext(changes)
    assert asyncio.get_running_loop().time() - before > 0.19
    await changes.aclose()


@pytest.mark.parametrize("write", [ProgressLog.ring, lambda log, topic: log.write(topic, {"n": 1})])
async def test_a_bell_that_rings_before_anybody_waits_is_not_missed(
    log: ProgressLog, write: Callable[[ProgressLog, str], None]
) -> None:
    mark = log.mark()
    write(log, "t")
    changes = log.changes("t", since=mark, at_least_every=3600)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await anext(changes)
    await changes.aclose()


async def test_who_waits_with_a_mark_hears_the_next_bell(log: ProgressLog) -> None:
    changes = log.changes("t", since=log.mark(), at_least_every=3600)
    heard = asyncio.ensure_future(anext(changes))
    await until(lambda: bool(log._waiting["t"]) and log._listener is not None)
    await asyncio.sleep(0.05)
    assert not heard.done()
    log.ring("t")
    async with asyncio.timeout(PATIENCE_SECONDS):
        await heard
    await changes.aclose()


@pytest.mark.parametrize("ticks", range(5))
async def test_who_leaves_while_the_bell_rings_is_gone(log: ProgressLog, ticks: int) -> None:
    looked = 0

    async def watch() -> None:
        nonlocal looked
        async for _ in log.changes("t", at_least_every=3600):
            looked += 1

    watching = asyncio.create_task(watch())
    await until(lambda: looked == 1)
    for waiting in log._waiting["t"]:
        waiting.set()
    for _ in range(ticks):
        await asyncio.sleep(0)
    watching.cancel()
    done, _ = await asyncio.wait([watching], timeout=5)
    watching.cancel()  # where it was lost
    assert done == {watching}
    assert watching.cancelled()


async def test_a_page_looks_again_even_if_nothing_was_heard(log: ProgressLog) -> None:
    changes = log.changes("t", at_least_every=0.05)
    await anext(changes)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await anext(changes)
    await changes.aclose()


async def test_a_bell_of_another_topic_is_not_heard(log: ProgressLog) -> None:
    changes = log.changes("t", at_least_every=0.1)
    await anext(changes)
    before = asyncio.get_running_loop().time()
    log.ring("other")
    await anext(changes)
    assert asyncio.get_running_loop().time() - before > 0.09
    await changes.aclose()


def test_a_flag_stays_until_it_expires(log: ProgressLog) -> None:
    assert not log.has_flag("t")
    log.raise_flag("t")
    assert log.has_flag("t")


async def test_a_page_goes_on_looking_while_redis_is_away(redis: Redis) -> None:
    away = ProgressLog(redis, AsyncRedis(port=1, retry=Retry(NoBackoff(), 0)))
    changes = away.changes("t", since=away.mark(), at_least_every=0.02)
    for _ in range(3):
        await anext(changes)
    await changes.aclose()
    await away.close()


async def test_another_topics_bell_is_no_reason_to_look(log: ProgressLog) -> None:
    mark = log.mark()
    log.ring("other")
    changes = log.changes("t", since=mark, at_least_every=0.2)
    before = asyncio.get_running_loop().time()
    await anext(changes)
    assert asyncio.get_running_loop().time() - before > 0.19
    await changes.aclose()
