"""The edge that serves published apps: dispatch namespaces, immutable versions, and a pointer to the live one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from overskill.clients.bundler import Asset


@dataclass(frozen=True, slots=True)
class Upload:
    """One version of one app for one environment ("preview", "staging", "production")."""

    environment: str
    script: str  # the app's slug
    app_id: str
    version: str  # its label, shown by /__health: "7"
    assets: Mapping[str, Asset]
    variables: Mapping[str, str] = field(default_factory=dict)  # public ones only: VITE_*, PUBLIC_*
    carry: Sequence[str] = ()  # edge versions whose hashed files stay reachable (the two before this)


class Edge(Protocol):
    """All calls are blocking. Raise Unavailable when the edge does not take them."""

    def upload(self, upload: Upload) -> str:
        """Store what is missing and return the edge version's id (the same bytes give the same id)."""
        ...

    def activate(self, environment: str, script: str, version_id: str) -> None:
        """Flip the pointer: the next request is served by this version, whole. Raises NotFound if it isn't stored."""
        ...

    def live(self, environment: str, script: str) -> str | None:
        """The id of the version the pointer names, or None."""
        ...

    def remove(self, environment: str, script: str) -> None:
        """Take the app off the air. Its versions stay until `prune`."""
        ...

    def prune(self, environment: str, script: str, keep: Sequence[str]) -> int:
        """Delete this script's versions and blobs that are neither kept, live, nor used elsewhere; how many."""
        ...

    def ping(self) -> bool: ...
