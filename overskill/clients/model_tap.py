"""Listening in on what is sent to models and heard from them, word for word, so that a turn can be replayed.

Whoever works on a turn opens a tap around it; clients tell the tap that is open in their thread, if any.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol


class Tap(Protocol):
    def asked(self, model: str, body: Mapping[str, Any]) -> None:
        """A request goes out. The key is in no part of it."""
        ...

    def heard(self, kind: str, value: object) -> None:
        """`head`: the status and the headers that matter · `data`: of one event · `body`: of a response that is no
        stream · `end`: why it ended, "" if the server wished so."""
        ...


_open: ContextVar[Tap | None] = ContextVar("model_tap", default=None)


@contextmanager
def tapped(tap: Tap) -> Iterator[None]:
    before = _open.set(tap)
    try:
        yield
    finally:
        _open.reset(before)


def tap() -> Tap | None:
    return _open.get()
