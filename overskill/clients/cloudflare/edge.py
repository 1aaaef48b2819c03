"""The edge at Cloudflare: namespaces for environments, scripts for apps.

Scripts in a namespace have no versions, so ours are manifests in the object store (versions.py). Uploading one gives
Cloudflare the files it lacks and touches nothing that is served. Activating one puts the script, two kilobytes, with
all its files and variables at once; Cloudflare still knows those of an earlier version, or gets again what it dropped.
docs/decisions/0027 says why.
"""

import logging
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from overskill.clients.cloudflare import namespaces
from overskill.clients.cloudflare.assets import AssetContent, asset_hash, check_manifest, upload_assets
from overskill.clients.cloudflare.databases import database_binding, ensure_database
from overskill.clients.cloudflare.failures import STILL_LIVE
from overskill.clients.cloudflare.names import database_name, dispatch_namespaces
from overskill.clients.cloudflare.placement import (
    BUCKET_BINDING,
    MAIN_MODULE,
    place_files,
    static_files,
    stored_files,
    stored_modules,
    without_bucket,
)
from overskill.clients.cloudflare.purging import purge_hosts
from overskill.clients.cloudflare.scripts import (
    Module,
    ScriptUpload,
    delete_script,
    path_of,
    put_script,
    script_tags,
    tagged_scripts,
)
from overskill.clients.cloudflare.served import assets_config, stored_assets
from overskill.clients.cloudflare.transport import TRIES, Call, CloudflareApi, Unanswered
from overskill.clients.cloudflare.versions import StoredVersion, VersionStore
from overskill.clients.edge import Upload, check_bindings, check_upload
from overskill.clients.edge_carrying import carried_files
from overskill.clients.edge_manifest import (
    HASHED_FOLDER,
    IMMUTABLE,
    AssetEntry,
    Binding,
    Manifest,
    app_manifest,
    content_hash,
    inline_script_hashes,
    namespace_of,
    script_modules,
    served_type,
)
from overskill.clients.edge_names import CANARY, check_place
from overskill.clients.edge_rules import NOT_SERVED, rules_of
from overskill.clients.edge_secrets import seal_secret, secrets_key, unseal_secret
from overskill.clients.objects import ObjectStore
from overskill.config import Settings
from overskill.errors import NotFound, OverskillError, Unavailable

VERSION_ID = re.compile(r"[0-9a-f]{32}")
LIMITS = {"cpu_ms": 50, "subrequests": 20}  # of one request; the dispatch worker asks for the same
PING_SECONDS = 3.0
_VERSION_TAG = "version:"

log = logging.getLogger(__name__)


class CloudflareEdge:
    """Safe from any thread, process or machine that shares the object store."""

    def __init__(self, settings: Settings, api: CloudflareApi, objects: ObjectStore) -> None:
        self._settings = settings
        self._api = api
        self._versions = VersionStore(objects)

    # Uploading

    def upload(self, upload: Upload) -> str:
        check_upload(upload)
        namespace = namespace_of(self._settings.instance, upload.environment)
        files = {
            path: AssetContent(asset.content, served_type(asset.content_type))
            for path, asset in upload.assets.items()
            if path not in NOT_SERVED
        }
        entries = {path: _entry(path, file) for path, file in files.items()}
        assets = place_files(entries, self._settings, has_own_code=bool(upload.modules))
        check_manifest(stored_assets(static_files(assets)))
        assets = self._carried(namespace, upload.script, upload.carry) | assets
        manifest = app_manifest(
            namespace,
            upload.script,
            app_id=upload.app_id,
            label=upload.version,
            assets=assets,
            variables=upload.variables,
            server=upload.modules,
        )
        manifest["assets_config"] |= rules_of(upload.assets)
        manifest["bindings"] += self._sealed(manifest, upload.secrets)
        contents = {assets[path]["hash"]: file.content for path, file in files.items()}
        modules = {content_hash(content): content for content in script_modules(upload.modules).values()}
        return self._store(manifest, contents | modules)

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
        source = self._version_of(source_environment, script, version_id).manifest
        namespace = namespace_of(self._settings.instance, target_environment)
        own = {path: entry for path, entry in source["assets"].items() if "carried" not in entry}
        assets = self._carried(namespace, target_script or script, carry) | own
        manifest = app_manifest(
            namespace,
            target_script or script,
            app_id=source["app_id"],
            label=source["label"],
            assets=assets,
            variables=variables,
        )
        for name in ("assets_config", "modules", "main_module", "compatibility_date", "compatibility_flags"):
            manifest[name] = source[name]
        manifest["bindings"] += self._sealed(manifest, secrets)
        names = {entry["hash"] for entry in (*own.values(), *source["modules"].values())}
        contents = {name: self._versions.file(source["namespace"], script, name) for name in names}
        return self._store(manifest, contents)

    def _store(self, manifest: Manifest, contents: Mapping[str, bytes]) -> str:
        """Ours first, then Cloudflare's: what is recorded can always be uploaded again."""
        version = self._versions.begin(manifest)
        self._versions.put_files(manifest["namespace"], manifest["script"], contents)
        self._assets_token(manifest, contents)
        self._versions.finish(version)
        return version.id

    def _assets_token(self, manifest: Manifest, contents: Mapping[str, bytes]) -> str:
        """Stands for the version's static files, which Cloudflare has when this returns. "" if it has none."""
        static = static_files(manifest["assets"])
        if not static:
            return ""
        types = {entry["hash"]: entry["type"] for entry in static.values()}

        def read(name: str) -> AssetContent:
            content = contents.get(name)
            if content is None:
                content = self._versions.file(manifest["namespace"], manifest["script"], name)
            return AssetContent(content, types[name])

        try:
            return upload_assets(self._api, manifest["namespace"], manifest["script"], stored_assets(static), read)
        except NotFound:
            if _has_namespace(self._api, manifest["namespace"]):
                raise NotFound(f"A file of this version of {manifest['script']} is gone. Publish it again.") from None
            raise Unavailable(
                "Cloudflare is not set up for this environment. Whoever runs OverSkill must run "
                f"./run cloudflare setup. {STILL_LIVE}"
            ) from None

    def _sealed(self, manifest: Manifest, secrets: Mapping[str, str]) -> list[Binding]:
        if not secrets:
            return []
        key, place = secrets_key(self._settings), _place(manifest)
        return [
            Binding(type="secret_text", name=name, sealed=seal_secret(key, place, name, text))
            for name, text in sorted(secrets.items())
        ]

    def _carried(self, namespace: str, script: str, carry: Sequence[str]) -> dict[str, AssetEntry]:
        ids = [version_id for version_id in carry if VERSION_ID.fullmatch(version_id)]
        versions = [self._versions.find(namespace, script, version_id) for version_id in ids]
        return carried_files([version.manifest for version in versions if version is not None], time.time())

    def _version_of(self, environment: str, script: str, version_id: str) -> StoredVersion:
        namespace = namespace_of(self._settings.instance, environment)
        version = self._versions.find(namespace, script, version_id) if VERSION_ID.fullmatch(version_id) else None
        if version is None or not version.is_whole:
            raise NotFound(f"The edge does not hold this version of {script}. Publish it again.")
        return version

    # Switching

    def activate(self, environment: str, script: str, version_id: str) -> None:
        check_place(environment, script)
        version = self._with_files_of_live(self._version_of(environment, script, version_id))
        version = replace(version, manifest=without_bucket(version.manifest))
        upload = self._script(version, self._assets_token(version.manifest, {}))
        namespace = version.manifest["namespace"]
        try:
            put_script(self._api, path_of(self._api, namespace, script), upload)
        except Unanswered:
            self._make_sure(environment, script, version_id)
        self._forget_cached(environment, script)

    def _with_files_of_live(self, version: StoredVersion) -> StoredVersion:
        """Whoever loaded a page just before going back still asks for the files of the version that is taken back."""
        namespace, script = version.manifest["namespace"], version.manifest["script"]
        try:
            live = self._tagged(namespace, script, tries=1)
        except OverskillError:  # it is a courtesy; the switch does not wait for it
            return version
        if live in (None, version.id):
            return version
        assets = self._carried(namespace, script, [live or ""]) | version.manifest["assets"]
        return replace(version, manifest={**version.manifest, "assets": assets})

    def _make_sure(self, environment: str, script: str, version_id: str) -> None:
        """Nobody said whether the switch took place: look. Raises unless it did."""
        try:
            live = self.live(environment, script)
        except OverskillError as unknown:
            raise Unavailable(
                "Cloudflare did not say whether it switched over. Open the app to see; publishing again is safe."
            ) from unknown
        if live != version_id:
            raise Unavailable(f"Cloudflare did not switch over. Try again in a moment. {STILL_LIVE}")

    def _script(self, version: StoredVersion, token: str) -> ScriptUpload:
        manifest = version.manifest
        main_module, modules = self._modules(version)
        environment = manifest["namespace"].rpartition("-")[2]
        return ScriptUpload(
            main_module=main_module,
            modules=modules,
            compatibility_date=manifest["compatibility_date"],
            compatibility_flags=manifest["compatibility_flags"],
            bindings=[*self._bindings(manifest), *self._bucket(manifest), *self._database(manifest)],
            tags=[f"{_VERSION_TAG}{version.id}", _app_tag(manifest["app_id"]), f"environment:{environment}"],
            limits=LIMITS,
            assets_jwt=token,
            assets_config=assets_config(manifest),
        )

    def _modules(self, version: StoredVersion) -> tuple[str, dict[str, Module]]:
        manifest = version.manifest
        if stored_files(manifest["assets"]):
            return MAIN_MODULE, stored_modules(version, self._versions)
        modules = {
            name: Module(self._versions.file(manifest["namespace"], manifest["script"], module["hash"]), module["type"])
            for name, module in manifest["modules"].items()
        }
        return manifest["main_module"] or "", modules

    def _bindings(self, manifest: Manifest) -> list[dict[str, Any]]:
        bindings: list[dict[str, Any]] = []
        has_static = bool(static_files(manifest["assets"]))
        for binding in manifest["bindings"]:
            if binding["type"] == "assets" and not has_static:
                continue
            if "sealed" in binding:
                name = binding["name"]
                text = unseal_secret(secrets_key(self._settings), _place(manifest), name, binding["sealed"])
                bindings.append({"type": "secret_text", "name": name, "text": text})
            else:
                bindings.append(dict(binding))
        return bindings

    def _bucket(self, manifest: Manifest) -> list[dict[str, str]]:
        if not any(entry["place"] == "store" for entry in stored_files(manifest["assets"]).values()):
            return []
        return [{"type": "r2_bucket", "name": BUCKET_BINDING, "bucket_name": self._settings.s3_bucket}]

    def _database(self, manifest: Manifest) -> list[dict[str, str]]:
        """One of the app's own in each environment, where the settings say so."""
        if self._settings.cloudflare_databases != "on":
            return []
        database_id, _ = ensure_database(self._api, database_name(manifest["namespace"], manifest["script"]))
        return [database_binding("DB", database_id)]

    def _forget_cached(self, environment: str, script: str) -> None:
        """Browsers ask anew for every page anyway: where caches can't be purged, what they hold goes a little later."""
        if not self._api.account.zone_id or script.endswith(CANARY):
            return
        label = script if environment == "production" else f"{environment}--{script}"
        host = self._settings.app_address(label).partition("://")[2].partition("/")[0]
        try:
            purge_hosts(self._api, [host])
        except OverskillError as failure:
            log.warning("cloudflare's caches of %s were not purged: %s", host, failure.message)

    def live(self, environment: str, script: str) -> str | None:
        check_place(environment, script)
        return self._tagged(namespace_of(self._settings.instance, environment), script)

    def _tagged(self, namespace: str, script: str, *, tries: int = TRIES) -> str | None:
        tags = script_tags(self._api, namespace, script, tries=tries) or []
        return next((tag.removeprefix(_VERSION_TAG) for tag in tags if tag.startswith(_VERSION_TAG)), None)

    def remove(self, environment: str, script: str) -> None:
        check_place(environment, script)
        delete_script(self._api, namespace_of(self._settings.instance, environment), script)
        self._forget_cached(environment, script)

    def places_of(self, app_id: str) -> list[tuple[str, str]]:
        return [
            (environment, script)
            for environment, namespace in dispatch_namespaces(self._settings).items()
            for script in tagged_scripts(self._api, namespace, _app_tag(app_id))
        ]

    def prune(self, environment: str, script: str, keep: Sequence[str]) -> int:
        live = self.live(environment, script)
        namespace = namespace_of(self._settings.instance, environment)
        return self._versions.prune(namespace, script, keep=keep, live=live)

    def ping(self) -> bool:
        namespace = namespace_of(self._settings.instance, "production")
        path = namespaces.path_of(self._api, namespace)
        try:
            self._api.response(Call("GET", path, background=True, tries=1, seconds=PING_SECONDS))
        except OverskillError:
            return False
        return True


def _has_namespace(api: CloudflareApi, namespace: str) -> bool:
    return namespace in namespaces.list_namespaces(api)


def _app_tag(app_id: str) -> str:
    """Without a colon: Cloudflare's filter by tags ends each with one."""
    return f"app-{app_id}"


def _place(manifest: Manifest) -> str:
    return f"{manifest['namespace']}/{manifest['script']}"


def _entry(path: str, file: AssetContent) -> AssetEntry:
    entry = AssetEntry(hash=asset_hash(file.content, file.content_type), size=len(file.content), type=file.content_type)
    if file.content_type.startswith("text/html") and (scripts := inline_script_hashes(file.content)):
        entry["scripts"] = scripts
    if path.startswith(HASHED_FOLDER):
        entry["cache"] = IMMUTABLE
    return entry
