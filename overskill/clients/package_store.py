"""Packages outside the prebundled set: sets of them, installed once, for all apps that want the same."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from overskill.clients.registry import Release
from overskill.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Member:
    """One package of a set, as it lies there."""

    name: str
    version: str
    licence: str
    size: int  # bytes, unpacked


@dataclass(frozen=True, slots=True)
class PackageSet:
    """What was asked for together, and what that brought along."""

    wanted: Mapping[str, str]  # name -> version
    members: tuple[Member, ...]
    added: datetime
    weights: Mapping[str, int] = field(default_factory=dict)  # of each wanted: bytes compressed, as previews load it
    lock: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # as in package-lock.json, for exports

    def member(self, name: str) -> Member | None:
        wanted = self.wanted.get(name)
        return next((one for one in self.members if (one.name, one.version) == (name, wanted)), None)


@dataclass(frozen=True, slots=True)
class Caps:
    """What installing a set may take."""

    megabytes: int = 60  # of everything, unpacked
    most: int = 80  # packages
    seconds: int = 60
    days: int = 0  # how old what it brings along must be


Check = Callable[[Sequence[Member]], None]  # raises OverskillError where the set may not be kept


class PackageStore(Protocol):
    def find(self, wanted: Mapping[str, str]) -> PackageSet | None:
        """None: exactly these were never installed together here."""
        ...

    def install(self, releases: Collection[Release], caps: Caps, check: Check) -> PackageSet:
        """Without running anything of theirs. Raises what `check` does, LimitReached, InvalidInput, Unavailable."""
        ...

    def unused(self, since: datetime) -> list[PackageSet]:
        """What nobody has asked for since then."""
        ...

    def remove(self, wanted: Mapping[str, str], *, unused_since: datetime) -> bool:
        """Unless somebody has asked for it since then. Whether it is gone."""
        ...


@dataclass
class FakePackageStore:
    """Sets in memory. `brings` says what installing a package brings along, `meanwhile` what happens during it."""

    brings: dict[str, list[Member]] = field(default_factory=dict)
    sets: list[PackageSet] = field(default_factory=list)
    added: datetime = field(default_factory=lambda: datetime.fromisoformat("2026-11-01T00:00:00+00:00"))
    used: dict[frozenset[tuple[str, str]], datetime] = field(default_factory=dict)  # else when it was added
    is_down: bool = False
    meanwhile: Callable[[], object] = lambda: None

    def find(self, wanted: Mapping[str, str]) -> PackageSet | None:
        return next((one for one in self.sets if one.wanted == wanted), None)

    def install(self, releases: Collection[Release], caps: Caps, check: Check) -> PackageSet:  # noqa: ARG002
        if self.is_down:
            raise Unavailable("The packages can't be installed. Try again in a minute.")
        self.meanwhile()
        own = [Member(one.name, one.version, one.licence, one.unpacked) for one in releases]
        members = (*own, *(member for one in releases for member in self.brings.get(one.name, ())))
        check(members)
        wanted = {one.name: one.version for one in releases}
        made = PackageSet(wanted, members, self.added, dict.fromkeys(wanted, 11_000))
        self.sets.append(made)
        return made

    def unused(self, since: datetime) -> list[PackageSet]:
        return [one for one in self.sets if self.used.get(frozenset(one.wanted.items()), one.added) < since]

    def remove(self, wanted: Mapping[str, str], *, unused_since: datetime) -> bool:
        gone = [one for one in self.unused(unused_since) if one.wanted == wanted]
        self.sets = [one for one in self.sets if one not in gone]
        return bool(gone)
