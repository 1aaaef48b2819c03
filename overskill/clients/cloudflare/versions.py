"""Versions of apps that Cloudflare serves, kept in our own object store: it keeps one script, and no history.

    edge/<namespace>/<script>/versions/<id>.json   the manifest, and when it was uploaded
    edge/<namespace>/<script>/files/<hash>         each file, for the day Cloudflare has dropped it

Files belong to one script, so that deleting what it no longer needs looks at no other.
"""

import hashlib
import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import orjson

from overskill.clients.edge_manifest import Manifest
from overskill.clients.objects import ObjectStore
from overskill.errors import NotFound

_PARALLEL = 8


@dataclass(frozen=True)
class StoredVersion:
    id: str
    manifest: Manifest
    uploaded_at: int  # nanoseconds
    is_whole: bool  # every file of it reached Cloudflare once

    @property
    def hashes(self) -> set[str]:
        return {entry["hash"] for entry in (*self.manifest["assets"].values(), *self.manifest["modules"].values())}


class VersionStore:
    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    def begin(self, manifest: Manifest) -> StoredVersion:
        """From now on its files stay. The same manifest is the same version, uploaded again."""
        content = orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS)
        version_id = hashlib.sha256(content).hexdigest()[:32]
        known = self.find(manifest["namespace"], manifest["script"], version_id)
        return self._write(StoredVersion(version_id, manifest, time.time_ns(), known is not None and known.is_whole))

    def finish(self, version: StoredVersion) -> None:
        """It can be activated."""
        self._write(StoredVersion(version.id, version.manifest, version.uploaded_at, is_whole=True))

    def _write(self, version: StoredVersion) -> StoredVersion:
        facts = {"uploaded_at": version.uploaded_at, "is_whole": version.is_whole, "manifest": version.manifest}
        folder = _folder(version.manifest["namespace"], version.manifest["script"])
        self._objects.put(f"{folder}/versions/{version.id}.json", orjson.dumps(facts, option=orjson.OPT_SORT_KEYS))
        return version

    def find(self, namespace: str, script: str, version_id: str) -> StoredVersion | None:
        try:
            content = self._objects.get(f"{_folder(namespace, script)}/versions/{version_id}.json")
        except NotFound:
            return None
        facts: dict[str, Any] = orjson.loads(content)
        return StoredVersion(version_id, facts["manifest"], facts["uploaded_at"], facts["is_whole"])

    def put_files(self, namespace: str, script: str, files: Mapping[str, bytes]) -> None:
        """Those that are not there yet."""
        folder = f"{_folder(namespace, script)}/files"
        known = {key.rpartition("/")[2] for key in self._objects.keys(folder)}
        missing = files.keys() - known
        with ThreadPoolExecutor(_PARALLEL) as pool:
            list(pool.map(lambda name: self._objects.put(f"{folder}/{name}", files[name]), sorted(missing)))

    def file(self, namespace: str, script: str, name: str) -> bytes:
        """Raises NotFound."""
        return self._objects.get(self.file_key(namespace, script, name))

    @staticmethod
    def file_key(namespace: str, script: str, name: str) -> str:
        return f"{_folder(namespace, script)}/files/{name}"

    def prune(self, namespace: str, script: str, *, keep: Collection[str], live: str | None) -> int:
        """Delete versions that are neither kept nor live nor newer than the live one, and files that none needs.

        A version is written before its files are, so those of an upload that is under way stay.
        """
        folder = _folder(namespace, script)
        files = self._objects.keys(f"{folder}/files")  # before the versions: a file of one that begins now is not in it
        names = [key.rpartition("/")[2].removesuffix(".json") for key in self._objects.keys(f"{folder}/versions")]
        versions = [version for name in names if (version := self.find(namespace, script, name))]
        newest = next((version.uploaded_at for version in versions if version.id == live), time.time_ns())
        kept = {*keep, live}
        gone = [version for version in versions if version.id not in kept and version.uploaded_at <= newest]
        needed: set[str] = set().union(*(version.hashes for version in versions if version not in gone))
        for version in gone:
            self._objects.delete(f"{folder}/versions/{version.id}.json")
        for key in files:
            if key.rpartition("/")[2] not in needed:
                self._objects.delete(key)
        return len(gone)


def _folder(namespace: str, script: str) -> str:
    return f"edge/{namespace}/{script}"
