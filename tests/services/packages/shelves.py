"""A shelf of fakes, and the packages of a small registry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from overskill.clients.package_store import FakePackageStore
from overskill.clients.registry import FakeRegistry, Release
from overskill.services.packages import PackageRules, Shelf

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)


def release(  # as a registry describes one
    name: str,
    version: str = "1.0.0",
    *,
    licence: str = "MIT",
    published: datetime = LONG_AGO,
    deprecated: str = "",
    peers: Mapping[str, str] | None = None,
) -> Release:
    integrity = f"sha512-{name}-{version}"
    return Release(name, version, integrity, licence, 50_000, published, deprecated, peers or {})


@dataclass
class FakeShelf:
    registry: FakeRegistry = field(default_factory=FakeRegistry)
    store: FakePackageStore = field(default_factory=FakePackageStore)

    def with_rules(self, rules: PackageRules | None = None) -> Shelf:
        return Shelf(self.registry, self.store, rules or PackageRules(), now=lambda: NOW)
