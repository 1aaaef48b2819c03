"""The edge on this machine: versions and pointers in the store that workerd serves from."""

import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import brotli  # type: ignore[import-untyped]
import httpx

from overskill.clients.bundler import Asset
from overskill.clients.edge import Upload, check_bindings, check_upload
from overskill.clients.edge_carrying import carried_files
from overskill.clients.edge_manifest import (
    HASHED_FOLDER,
    IMMUTABLE,
    AssetEntry,
    Binding,
    Manifest,
    app_manifest,
    inline_script_hashes,
    is_compressible,
    namespace_of,
    script_modules,
    served_type,
)
from overskill.clients.edge_names import ENVIRONMENTS, check_place
from overskill.clients.edge_pruning import GRACE_SECONDS, prune
from overskill.clients.edge_rules import NOT_SERVED, rules_of
from overskill.clients.edge_secrets import seal_secret, secrets_key
from overskill.clients.edge_store import Store, store_path, taking_writes
from overskill.config import Settings
from overskill.errors import NotFound

VERSION_ID = re.compile(r"[0-9a-f]{32}")
BROTLI_QUALITY = 5
SMALLEST_COMPRESSED = 1024
WORTHWHILE = 0.9  # a sibling that is hardly smaller is not kept
WRITERS = 8
PING_SECONDS = 2.0


class EmbeddedEdge:
    """Safe from any thread or process."""

    def __init__(self, settings: Settings, *, grace: float = GRACE_SECONDS) -> None:
        self.store = Store(store_path(settings.home))
        self._settings = settings
        self._grace = grace
        self._instance = settings.instance
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - where it listens
        if ":" in host:
            host = f"[{host}]"
        self.address = f"http://{host}:{settings.edge_port}"

    def upload(self, upload: Upload) -> str:
        check_upload(upload)
        with taking_writes(), self.store.writing():
            for module in script_modules(upload.modules).values():
                self.store.put_blob(module)
            served = {path: asset for path, asset in upload.assets.items() if path not in NOT_SERVED}
            with ThreadPoolExecutor(WRITERS) as pool:  # they wait for the disk, each for its own file
                assets = dict(zip(served, pool.map(self._put_asset, served, served.values()), strict=True))
            assets = self._carried(upload.carry) | assets
            manifest = app_manifest(
                namespace_of(self._instance, upload.environment),
                upload.script,
                app_id=upload.app_id,
                label=upload.version,
                assets=assets,
                variables=upload.variables,
                server=upload.modules,
            )
            manifest["assets_config"] |= rules_of(upload.assets)
            manifest["bindings"] += self._sealed(manifest, upload.secrets)
            return self.store.put_version(manifest)

    def copy(
        self,
        version_id: str,
        script: str,
        source_environment: str,
        target_environment: str,
        *,
        target_script: str = "",
        variables: Mapping[str, str],
        secrets: Mapping[str, str],
        carry: Sequence[str] = (),
    ) -> str:
        check_place(source_environment, script)
        check_place(target_environment, target_script or script)
        check_bindings(variables, secrets)
        with taking_writes(), self.store.writing():
            source = self._version_of(source_environment, script, version_id)
            own = {path: entry for path, entry in source["assets"].items() if "carried" not in entry}
            assets = self._carried(carry) | own
            manifest = app_manifest(
                namespace_of(self._instance, target_environment),
                target_script or script,
                app_id=source["app_id"],
                label=source["label"],
                assets=assets,
                variables=variables,
            )
            for name in (
                "assets_config",
                "modules",
                "main_module",
                "compatibility_date",
                "compatibility_flags",
            ):
                manifest[name] = source[name]
            manifest["bindings"] += self._sealed(manifest, secrets)
            return self.store.put_version(manifest)

    def _version_of(self, environment: str, script: str, version_id: str) -> Manifest:
        manifest = self.store.version(version_id) if VERSION_ID.fullmatch(version_id) else None
        place = (namespace_of(self._instance, environment), script)
        if manifest is None or (manifest["namespace"], manifest["script"]) != place:
            raise NotFound(f"The edge does not hold this version of {script}. Publish it again.")
        return manifest

    def _sealed(self, manifest: Manifest, secrets: Mapping[str, str]) -> list[Binding]:
        if not secrets:
            return []
        key = secrets_key(self._settings)
        place = f"{manifest['namespace']}/{manifest['script']}"
        return [
            Binding(type="secret_text", name=name, sealed=seal_secret(key, place, name, text))
            for name, text in sorted(secrets.items())
        ]

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

    def _carried(self, carry: Sequence[str]) -> dict[str, AssetEntry]:
        versions = (self.store.version(version_id) for version_id in carry if VERSION_ID.fullmatch(version_id))
        return carried_files([version for version in versions if version is not None], time.time())

    def activate(self, environment: str, script: str, version_id: str) -> None:
        check_place(environment, script)
        namespace = namespace_of(self._instance, environment)
        with taking_writes(), self.store.writing():
            self._version_of(environment, script, version_id)
            self.store.point(namespace, script, version_id)

    def live(self, environment: str, script: str) -> str | None:
        check_place(environment, script)
        return self.store.pointed(namespace_of(self._instance, environment), script)

    def remove(self, environment: str, script: str) -> None:
        check_place(environment, script)
        with taking_writes():
            self.store.unpoint(namespace_of(self._instance, environment), script)

    def places_of(self, app_id: str) -> list[tuple[str, str]]:
        """Looks at every app: for what is done seldom."""
        found = []
        for environment in sorted(ENVIRONMENTS):
            namespace = namespace_of(self._instance, environment)
            for script in self.store.scripts(namespace):
                manifest = self.store.version(self.store.pointed(namespace, script) or "")
                if manifest is not None and manifest["app_id"] == app_id:
                    found.append((environment, script))
        return found

    def prune(self, environment: str, script: str, keep: Sequence[str]) -> int:
        check_place(environment, script)
        with taking_writes():
            return prune(self.store, namespace_of(self._instance, environment), script, keep, grace=self._grace)

    def ping(self) -> bool:
        try:
            return httpx.get(f"{self.address}/__health", timeout=PING_SECONDS).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False
