"""Preparations that do not need each other, done at the same time."""

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from overskill.embedded.stopping import StopRequest, end_descendants

_TICK_SECONDS = 0.05


def together(tasks: Sequence[Callable[[], None]], stop: StopRequest) -> None:
    """Return when all are done. The first that fails ends the programs of the others, and is raised."""
    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        pending = {pool.submit(task) for task in tasks}
        try:
            while pending:
                stop.check()
                done, pending = wait(pending, timeout=_TICK_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
        except BaseException:
            _abandon(pending)
            raise


def _abandon(pending: set[Future[None]]) -> None:
    """A thread cannot be ended, but the program that it waits for can."""
    for future in pending:
        future.cancel()
    while pending:
        end_descendants(signal.SIGTERM, same_session=True)
        _, pending = wait(pending, timeout=_TICK_SECONDS * 4)
