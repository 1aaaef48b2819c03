"""What the account holds, and how it refuses."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ACCOUNT_ID = "0123456789abcdef0123456789abcdef"
ZONE_ID = "fedcba9876543210fedcba9876543210"
TOKEN = "fake-token"  # noqa: S105 - of no account anywhere


class Refused(Exception):
    """Answered as `{"success": false, "errors": [{"code", "message"}]}`."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True)
class StoredAsset:
    content: bytes
    content_type: str


@dataclass
class Session:
    """An asset upload session."""

    namespace: str
    script: str
    manifest: dict[str, dict[str, Any]]
    has_ended: bool = False

    @property
    def hashes(self) -> set[str]:
        return {entry["hash"] for entry in self.manifest.values()}


@dataclass
class ServedScript:
    """A script as visitors meet it."""

    metadata: dict[str, Any]
    modules: dict[str, bytes]
    assets: dict[str, StoredAsset] = field(default_factory=dict)  # by path
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def tags(self) -> list[str]:
        return list(self.metadata.get("tags") or [])

    def binding(self, name: str) -> dict[str, Any]:
        return next(binding for binding in self.metadata["bindings"] if binding["name"] == name)


@dataclass(frozen=True)
class CountedPoint:
    """What the dispatch worker wrote of one visit, or of `requests` alike."""

    at: datetime
    script: str
    environment: str
    variant: str
    requests: int
    errors: int
    milliseconds: int
    bytes: int


@dataclass
class FakeAccount:
    namespaces: dict[str, dict[str, ServedScript]] = field(default_factory=dict)
    scripts: dict[str, ServedScript] = field(default_factory=dict)  # the account's own: the dispatch worker
    known_assets: dict[str, dict[str, StoredAsset]] = field(default_factory=dict)  # namespace -> hash -> file
    sessions: dict[str, Session] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # KV: store -> key -> value
    value_titles: dict[str, str] = field(default_factory=dict)
    hostnames: dict[str, dict[str, Any]] = field(default_factory=dict)
    fallback_origin: str = ""
    routes: dict[str, dict[str, str]] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    buckets: list[str] = field(default_factory=list)
    databases: dict[str, str] = field(default_factory=dict)  # id -> name
    queries: list[dict[str, Any]] = field(default_factory=list)
    purged: list[dict[str, Any]] = field(default_factory=list)
    counted: list[CountedPoint] = field(default_factory=list)  # Analytics Engine
    bucket_size: int = 2  # files in one bucket of an upload
    takes_one_by_one: bool = False
    ignores_tag_filters: bool = False
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_id(self) -> str:
        return f"{next(self._ids):032x}"

    def scripts_in(self, namespace: str) -> dict[str, ServedScript]:
        if namespace not in self.namespaces:
            raise Refused(404, 100119, "workers.api.error.dispatch_namespace_not_found")
        return self.namespaces[namespace]

    def script(self, namespace: str, name: str) -> ServedScript:
        scripts = self.scripts_in(namespace)
        if name not in scripts:
            raise Refused(404, 10007, "workers.api.error.script_not_found")
        return scripts[name]

    def assets_in(self, namespace: str) -> dict[str, StoredAsset]:
        return self.known_assets.setdefault(namespace, {})

    def end_sessions(self) -> None:
        """An hour passes: every session's token is refused from now on."""
        for session in self.sessions.values():
            session.has_ended = True

    def forget_unserved_assets(self) -> None:
        """Cloudflare keeps what some script serves, and the rest as long as it likes."""
        for namespace, scripts in self.namespaces.items():
            served = {id(asset) for script in scripts.values() for asset in script.assets.values()}
            known = self.assets_in(namespace)
            self.known_assets[namespace] = {name: asset for name, asset in known.items() if id(asset) in served}

    def hostname_is_proven(self, hostname: str) -> None:
        """Its owner set the records, and the certificate was issued."""
        for entry in self.hostnames.values():
            if entry["hostname"] == hostname:
                entry["status"] = "active"
                entry["ssl"] = {**entry["ssl"], "status": "active", "validation_records": []}
