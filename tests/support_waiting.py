"""Waiting for what another process or thread does, on a machine that may be ten times slower than this one."""

import asyncio
import time
from collections.abc import Callable

PATIENCE_SECONDS = 60.0  # it is not a promise of the product's: it only ends a test that would hang
_TICK_SECONDS = 0.02


def eventually(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it becomes true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_TICK_SECONDS)
    return True


async def until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Let the tasks of this loop go on until it is true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(_TICK_SECONDS / 2)
