"""Live progress: an append-only log per topic in a Redis stream, and a bell that says "look again".

Rows in Postgres are the truth. The log is what a page shows of work under way: it is replayed from
any id, so a reload, a second tab and a restarted web process all read the same. The bell is one
pub/sub connection per process, fanned out to whoever waits here.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any, cast

import orjson
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow

KEEP_ENTRIES = 40_000
KEEP_SECONDS = 24 * 3600
_BELL = "bell:"
_RUNG = "rung"  # how often any bell has rung; "rung:topic" is which of these was the topic's last
# In one step, so that a mark that is taken at any moment is either before a ring or after it.
_RING = """
redis.call('SET', KEYS[2], redis.call('INCR', KEYS[1]), 'EX', ARGV[2])
redis.call('PUBLISH', ARGV[1], '')
"""
_Entries = list[tuple[bytes, dict[bytes, bytes]]]

log = logging.getLogger(__name__)


class ProgressLog:
    def __init__(self, redis: Redis, async_redis: AsyncRedis) -> None:
        self._redis = redis
        self._async_redis = async_redis
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None

    def write(
        self, topic: str, *entries: dict[str, Any], keep_seconds: int = KEEP_SECONDS, keep_entries: int = KEEP_ENTRIES
    ) -> None:
        """Append entries (JSON objects) and ring the bell, in one round trip. The log is kept so long from now on."""
        with self._redis.pipeline(transaction=False) as pipe:
            for entry in entries:
                pipe.xadd(topic, {"e": orjson.dumps(entry)}, maxlen=keep_entries, approximate=True)
            if entries:
                pipe.expire(topic, keep_seconds)
            _ring(pipe, topic)
            pipe.execute()

    def ring(self, topic: str) -> None:
        """Something about this topic changed in the database."""
        _ring(self._redis, topic)

    def raise_flag(self, topic: str) -> None:
        """Leave a sign for whoever works on this topic: please stop."""
        self._redis.set(f"flag:{topic}", b"1", ex=KEEP_SECONDS)

    def has_flag(self, topic: str) -> bool:
        return bool(self._redis.exists(f"flag:{topic}"))

    def tail(self, topic: str, count: int = 50) -> list[dict[str, Any]]:
        """The newest entries, oldest first."""
        newest_first = cast(_Entries, self._redis.xrevrange(topic, count=count))
        return [orjson.loads(fields[b"e"]) for _, fields in reversed(newest_first)]

    async def read(self, topic: str, after: str = "0", count: int = 500) -> list[tuple[str, dict[str, Any]]]:
        """Entries after an id, oldest first, each with its id."""
        found = await self._async_redis.xrange(topic, min=f"({after}" if after != "0" else "-", count=count)
        return [(key.decode(), orjson.loads(fields[b"e"])) for key, fields in found]

    async def read_newest(self, topic: str) -> str:
        """The id of the newest entry, "" where there is none."""
        found = await self._async_redis.xrevrange(topic, count=1)
        return str(found[0][0].decode()) if found else ""

    def mark(self) -> int | None:
        """For `changes`, of who is about to read rows and waits for their bell afterwards. None while Redis is away."""
        try:
            return int(cast(bytes, self._redis.get(_RUNG) or b"0"))
        except (RedisAway, RedisSlow):
            return None

    async def changes(
        self, topic: str, *, since: int | None = None, at_least_every: float = 10.0
    ) -> AsyncIterator[None]:
        """Yield now, after every ring, and every few seconds even if nothing was heard. Not at once where no bell has
        rung `since` a mark: who read the rows after they got it knows them."""
        heard = asyncio.Event()
        self._waiting[topic].add(heard)
        try:
            await self._listen()
            if await self._has_rung(topic, since):
                heard.set()
            while True:
                # Not wait_for: up to Python 3.11 it loses a cancellation that comes with the bell, and nobody leaves.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(at_least_every):
                        await heard.wait()
                await self._listen()  # each time: a restarted server ended the listening of everybody
                heard.clear()
                yield
        finally:
            self._waiting[topic].discard(heard)
            if not self._waiting[topic]:
                del self._waiting[topic]

    async def _has_rung(self, topic: str, since: int | None) -> bool:
        """Whether it may have."""
        if since is None:
            return True
        try:
            return int(await self._async_redis.get(f"{_RUNG}:{topic}") or 0) > since
        except (RedisAway, RedisSlow):
            return True

    async def _listen(self) -> None:
        if self._listener is None or self._listener.done():
            started = asyncio.Event()
            self._listener = asyncio.create_task(self._fan_out(started))
            await started.wait()

    async def _fan_out(self, started: asyncio.Event) -> None:
        try:
            async with self._async_redis.pubsub() as bells:
                await bells.psubscribe(_BELL + "*")
                async for message in bells.listen():
                    if message["type"] == "psubscribe":
                        started.set()  # from now on no bell is missed
                    elif message["type"] == "pmessage":
                        for waiting in self._waiting.get(message["channel"].decode()[len(_BELL) :], ()):
                            waiting.set()
        except (RedisAway, RedisSlow) as outage:
            log.warning("no bell is heard until Redis is back: %s", outage)
        finally:
            started.set()

    async def close(self) -> None:
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
            self._listener = None
        await self._async_redis.aclose()


def _ring(redis: Redis, topic: str) -> None:
    redis.eval(_RING, 2, _RUNG, f"{_RUNG}:{topic}", _BELL + topic, str(KEEP_SECONDS))
