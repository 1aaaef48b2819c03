"""The edge that serves published apps: dispatch namespaces, immutable versions, and a pointer to the live one."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import httpx

from overskill.clients.bundler import Asset
from overskill.clients.edge_manifest import (
    HASHED_FOLDER,
    IMMUTABLE,
    AssetEntry,
    app_manifest,
    content_hash,
    inline_script_hashes,
    is_compressible,
    namespace_of,
    served_type,
    stock_worker,
)
from overskill.clients.edge_store import Store, store_path
from overskill.config import Settings
from overskill.errors import InvalidInput, NotFound, Unavailable

ENVIRONMENTS = frozenset({"preview", "staging", "production"})
SCRIPT = re.compile(r"[a-z0-9]([a-z0-9-]{0,52}[a-z0-9])?")  # "preview--" before it still makes a DNS label
VERSION_ID = re.compile(r"[0-9a-f]{32}")
PUBLIC_VARIABLE = re.compile(r"(VITE|PUBLIC)_[A-Z0-9_]+")

BROTLI_QUALITY = 5
SMALLEST_COMPRESSED = 1024
WORTHWHILE = 0.9  # a sibling that is hardly smaller is not kept
PING_SECONDS = 2.0


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
        """Delete the script's versions and blobs that are not kept, live or used elsewhere. Counts versions."""
        ...

    def ping(self) -> bool: ...


def _check_place(environment: str, script: str) -> None:
    if environment not in ENVIRONMENTS:
        raise InvalidInput(f"There is no environment “{environment}”.", field="environment")
    if not SCRIPT.fullmatch(script):
        raise InvalidInput(f"“{script}” can't be an app's address: use a-z, 0-9 and -, at most 54.", field="script")


def _check(upload: Upload) -> None:
    _check_place(upload.environment, upload.script)
    for path in upload.assets:
        if not path.startswith("/") or "//" in path or "/../" in f"{path}/":
            raise InvalidInput(f"“{path}” can't be served: paths begin with one slash.", field="assets")
    for name in upload.variables:
        if not PUBLIC_VARIABLE.fullmatch(name):
            raise InvalidInput(
                f"{name} is not public. Only VITE_… and PUBLIC_… reach an app's pages.", field="variables"
            )


class EmbeddedEdge:
    """The edge on this machine: writes the store that workerd serves from. Safe from any thread or process."""

    def __init__(self, settings: Settings) -> None:
        self.store = Store(store_path(settings.home))
        self._instance = settings.instance
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - where it listens
        if ":" in host:
            host = f"[{host}]"
        self._address = f"http://{host}:{settings.edge_port}"

    def upload(self, upload: Upload) -> str:
        _check(upload)
        with _taking_writes(), self.store.writing():
            self.store.put_blob(stock_worker())
            assets = {path: self._put_asset(path, asset) for path, asset in upload.assets.items()}
            for version_id in upload.carry:
                assets = self._hashed_files(version_id) | assets
            manifest = app_manifest(
                namespace_of(self._instance, upload.environment),
                upload.script,
                app_id=upload.app_id,
                label=upload.version,
                assets=assets,
                variables=upload.variables,
            )
            return self.store.put_version(manifest)

    def _put_asset(self, path: str, asset: Asset) -> AssetEntry:
        content = asset.content
        entry = AssetEntry(hash=self.store.put_blob(content), size=len(content), type=served_type(asset.content_type))
        if path.startswith(HASHED_FOLDER):
            entry["cache"] = IMMUTABLE
        if asset.content_type.startswith("text/html") and (scripts := inline_script_hashes(content)):
            entry["scripts"] = scripts
        if is_compressible(asset.content_type) and len(content) >= SMALLEST_COMPRESSED:
            compressed = self._put_compressed(entry["hash"], content)
            if compressed is not None:
                entry["br"] = compressed
        return entry

    def _put_compressed(self, blob: str, content: bytes) -> int | None:
        """The size of the brotli sibling; None where compressing does not pay."""
        name = f"{blob}.br"
        known = self.store.blob_size(name)
        if known is not None:
            return known
        compressed = brotli.compress(content, quality=BROTLI_QUALITY)
        if len(compressed) > len(content) * WORTHWHILE:
            return None
        self.store.put_named(name, compressed)
        return len(compressed)

    def _hashed_files(self, version_id: str) -> dict[str, AssetEntry]:
        """The version's own hashed files. What it carried itself has had its time."""
        manifest = self.store.version(version_id) if VERSION_ID.fullmatch(version_id) else None
        if manifest is None:
            return {}
        return {
            path: entry | {"carried": True}
            for path, entry in manifest["assets"].items()
            if path.startswith(HASHED_FOLDER) and not entry.get("carried")
        }

    def activate(self, environment: str, script: str, version_id: str) -> None:
        _check_place(environment, script)
        namespace = namespace_of(self._instance, environment)
        with _taking_writes(), self.store.writing():
            manifest = self.store.version(version_id) if VERSION_ID.fullmatch(version_id) else None
            if manifest is None or (manifest["namespace"], manifest["script"]) != (namespace, script):
                raise NotFound(f"The edge does not hold this version of {script}. Publish it again.")
            self.store.point(namespace, script, version_id)

    def live(self, environment: str, script: str) -> str | None:
        _check_place(environment, script)
        return self.store.pointed(namespace_of(self._instance, environment), script)

    def remove(self, environment: str, script: str) -> None:
        _check_place(environment, script)
        with _taking_writes():
            self.store.unpoint(namespace_of(self._instance, environment), script)

    def prune(self, environment: str, script: str, keep: Sequence[str]) -> int:
        _check_place(environment, script)
        with _taking_writes():
            return self.store.prune(namespace_of(self._instance, environment), script, keep)

    def ping(self) -> bool:
        try:
            return httpx.get(f"{self._address}/__health", timeout=PING_SECONDS).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


@contextmanager
def _taking_writes() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"The edge's store can't be written ({error.strerror}). What was live still is.") from error


@dataclass
class FakeEdge:
    """The edge in memory. `is_down` makes every call fail as an unreachable edge does."""

    is_down: bool = False
    _versions: dict[str, Upload] = field(default_factory=dict)
    _live: dict[tuple[str, str], str] = field(default_factory=dict)

    def upload(self, upload: Upload) -> str:
        _check(upload)
        self._require_up()
        carried = tuple(sorted(set(upload.carry) & set(self._versions)))
        facts = [
            upload.environment,
            upload.script,
            upload.app_id,
            upload.version,
            carried,
            sorted(upload.variables.items()),
        ]
        files = [
            (path, asset.content_type, content_hash(asset.content)) for path, asset in sorted(upload.assets.items())
        ]
        version_id = hashlib.sha256(repr((facts, files)).encode()).hexdigest()[:32]
        self._versions.pop(version_id, None)
        self._versions[version_id] = upload  # in the order of uploads
        return version_id

    def activate(self, environment: str, script: str, version_id: str) -> None:
        _check_place(environment, script)
        self._require_up()
        upload = self._versions.get(version_id)
        if upload is None or (upload.environment, upload.script) != (environment, script):
            raise NotFound(f"The edge does not hold this version of {script}. Publish it again.")
        self._live[environment, script] = version_id

    def live(self, environment: str, script: str) -> str | None:
        _check_place(environment, script)
        self._require_up()
        return self._live.get((environment, script))

    def remove(self, environment: str, script: str) -> None:
        _check_place(environment, script)
        self._require_up()
        self._live.pop((environment, script), None)

    def prune(self, environment: str, script: str, keep: Sequence[str]) -> int:
        _check_place(environment, script)
        self._require_up()
        live = self._live.get((environment, script))
        uploaded = [
            version_id
            for version_id, upload in self._versions.items()
            if (upload.environment, upload.script) == (environment, script)
        ]
        until_live = uploaded[: uploaded.index(live)] if live else uploaded
        pruned = [version_id for version_id in until_live if version_id not in keep]
        for version_id in pruned:
            del self._versions[version_id]
        return len(pruned)

    def ping(self) -> bool:
        return not self.is_down

    def served(self, environment: str, script: str) -> Upload | None:
        """What visitors get now."""
        version_id = self._live.get((environment, script))
        return None if version_id is None else self._versions[version_id]

    def _require_up(self) -> None:
        if self.is_down:
            raise Unavailable("The edge does not answer. What was live still is. Try again in a moment.")
