"""What the packages that apps can import weigh, as the bundler has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from overskill.clients.daemon import Daemon
from overskill.errors import Unavailable


class PackageSizes(Protocol):
    def sizes(self) -> Mapping[str, int]:
        """name -> bytes of all of it, compressed as browsers get it. Raises Unavailable."""
        ...


class LocalPackageSizes:
    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def sizes(self) -> Mapping[str, int]:
        sizes: Mapping[str, int] = self._daemon.call("package_sizes", {})["sizes"]
        return sizes


@dataclass
class FakePackageSizes:
    known: dict[str, int] = field(default_factory=dict)
    is_down: bool = False

    def sizes(self) -> Mapping[str, int]:
        if self.is_down:
            raise Unavailable("The preview is not running. It is restarted by itself; try again.")
        return self.known
