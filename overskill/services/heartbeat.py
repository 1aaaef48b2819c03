"""Saying "I am alive" on a row while work on it may be silent for long."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from overskill.db import transaction

EVERY_SECONDS = 2.0
DEAD_AFTER = timedelta(seconds=8)  # four beats missed: the worker is gone

log = logging.getLogger(__name__)


class Superseded(Exception):
    """Another attempt owns the row now: stop writing."""


@contextmanager
def heartbeat(beat: Callable[[Session], object]) -> Iterator[None]:
    """Call `beat` in a transaction of its own every two seconds. It raises Superseded to end the beating;
    the work itself finds out at its next write."""
    over = threading.Event()

    def keep_beating() -> None:
        while not over.wait(EVERY_SECONDS):
            try:
                with transaction() as session:
                    beat(session)
            except Superseded:
                return
            except SQLAlchemyError:  # the row is locked for long, or the database restarts: one beat is missed
                log.warning("a heartbeat was missed", exc_info=True)

    thread = threading.Thread(target=keep_beating, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(5)
