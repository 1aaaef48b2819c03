"""While the database or Redis is out of reach: the page says so, and what watches goes on once it is back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import TypeVar

import redis.exceptions
import reflex as rx
import sqlalchemy.exc

from overskill.state.base import assign

T = TypeVar("T")

OUTAGES = (
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
)
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)

log = logging.getLogger(__name__)


class OutageState(rx.State):
    is_out: bool = False


async def outlast(watcher: rx.State, look: Callable[[], Awaitable[T]]) -> T:
    """What `look` sees, however long it takes until it can. For background events, outside of their `async with`."""
    pauses = chain(PAUSES, repeat(PAUSES[-1]))
    is_told = False
    try:
        while True:
            try:
                return await look()
            except OUTAGES as outage:
                log.warning("out of reach, so a page waits: %s", outage)
                is_told = True
                await _say(watcher, is_out=True)
                await asyncio.sleep(next(pauses))
    finally:
        if is_told:  # also when the visitor goes to another page meanwhile
            await _say(watcher, is_out=False)


async def _say(watcher: rx.State, *, is_out: bool) -> None:
    async with watcher:
        assign(await watcher.get_state(OutageState), is_out=is_out)
