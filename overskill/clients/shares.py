"""Addresses of their own under which somebody may look at an open app for a while."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from overskill.clients.daemon import Daemon
from overskill.errors import Unavailable


class SharedPreviews(Protocol):
    """`alias` is the first label of the address, and as hard to guess as a preview key."""

    def share(self, key: str, alias: str, until: datetime) -> None:
        """Show the app of this preview key at the alias, too; until then. Raises Unavailable."""
        ...

    def end(self, aliases: Sequence[str]) -> None:
        """Nothing is shown there any more, also to who looks at it right now. Raises Unavailable."""
        ...


class LocalSharedPreviews:
    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def share(self, key: str, alias: str, until: datetime) -> None:
        self._daemon.call("share", {"key": key, "alias": alias, "until": int(until.timestamp() * 1000)})

    def end(self, aliases: Sequence[str]) -> None:
        self._daemon.call("unshare", {"aliases": list(aliases)})


@dataclass
class FakeSharedPreviews:
    shared: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # alias -> key, until
    is_down: bool = False

    def share(self, key: str, alias: str, until: datetime) -> None:
        self._answer()
        self.shared[alias] = (key, until)

    def end(self, aliases: Sequence[str]) -> None:
        self._answer()
        for alias in aliases:
            self.shared.pop(alias, None)

    def _answer(self) -> None:
        if self.is_down:
            raise Unavailable("The preview is not running. It is restarted by itself; try again.")
