"""Deleting what no app at the edge needs any more, without anybody noticing.

A version that is not kept is retired first, and deleted by a prune that comes GRACE_SECONDS later: a visitor's request
may have begun with it, and a slow one must still find its files.

    retired.json   version id -> when, in seconds since 1970
"""

import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import orjson

from overskill.clients.edge_manifest import Manifest
from overskill.clients.edge_store import Store

GRACE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Stored:
    path: Path
    manifest: Manifest
    uploaded_at: float

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def blobs(self) -> set[str]:
        return {entry["hash"] for entry in (*self.manifest["assets"].values(), *self.manifest["modules"].values())}


def prune(store: Store, namespace: str, script: str, keep: Collection[str], *, grace: float = GRACE_SECONDS) -> int:
    """Retire the script's versions but those kept and the live one; delete what was retired before, of any script.

    What was uploaded after the live version stays too: a publish may be about to switch to it. Reads every version in
    the store: 0.1 s for 2,000 of them. Returns how many were retired.
    """
    with store.deleting():
        versions = [_read(path) for path in (store.root / "versions").glob("*.json")]
        retired = _still_retired(store, versions)
        live = store.pointed(namespace, script)
        newest = next((version.uploaded_at for version in versions if version.id == live), time.time())
        ours = [v for v in versions if (v.manifest["namespace"], v.manifest["script"]) == (namespace, script)]
        unwanted = {v.id for v in ours if v.id not in {*keep, live} and v.uploaded_at <= newest}
        kept_again = {v.id for v in ours} - unwanted
        fresh = unwanted - retired.keys()
        retired |= dict.fromkeys(fresh, time.time())
        due = {name for name, since in retired.items() if since <= time.time() - grace} - kept_again
        _delete(store, versions, due)
        _write(store, {name: since for name, since in retired.items() if name not in due | kept_again})
    return len(fresh)


def _read(path: Path) -> _Stored:
    return _Stored(path, orjson.loads(path.read_bytes()), path.stat().st_mtime)


def _still_retired(store: Store, versions: list[_Stored]) -> dict[str, float]:
    """Those that nobody uploaded or switched to again since."""
    try:
        retired: dict[str, float] = json.loads((store.root / "retired.json").read_text())
    except FileNotFoundError:
        return {}
    return {
        version.id: retired[version.id]
        for version in versions
        if version.id in retired
        and version.uploaded_at <= retired[version.id]
        and store.pointed(version.manifest["namespace"], version.manifest["script"]) != version.id
    }


def _delete(store: Store, versions: list[_Stored], due: Collection[str]) -> None:
    used = {blob for version in versions if version.id not in due for blob in version.blobs}
    unused = {blob for version in versions if version.id in due for blob in version.blobs} - used
    leftovers = (store.root / "writing").iterdir()  # of writers that were killed: nobody writes now
    for path in (*(version.path for version in versions if version.id in due), *leftovers):
        path.unlink()
    for name in unused:
        store.blob_path(name).unlink(missing_ok=True)
        store.blob_path(f"{name}.br").unlink(missing_ok=True)


def _write(store: Store, retired: dict[str, float]) -> None:
    store.replace_file(store.root / "retired.json", json.dumps(retired).encode())
