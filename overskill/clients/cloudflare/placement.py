"""Where an app's files are at Cloudflare: static assets, unless the policy or their size says otherwise.

    static   static assets; files over 25 MB, which those can't be, in the object store
    hybrid   files up to 50 KB in the script itself, larger ones in the object store

What is no static asset is served by a worker before the app's own (edge/workers/app/stored-files.js), which costs a run
for each request; the object store must be an R2 bucket of the account then. A script that holds an app's own code never
gets that bucket, which has the files of all apps: such an app's files are in the script or static assets.
"""

import base64
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from overskill.clients.cloudflare.assets import LARGEST_FILE
from overskill.clients.cloudflare.scripts import Module
from overskill.clients.cloudflare.versions import StoredVersion, VersionStore
from overskill.clients.edge_manifest import SERVER_MODULE, STOCK_MODULE, STOCK_WORKER, AssetEntry, Manifest
from overskill.config import Settings

LARGEST_IN_SCRIPT = 50_000
MOST_IN_SCRIPT = 1_900_000  # bytes of all such files: in base64, well below what a script may have
MAIN_MODULE = "stored-app.js"
BUCKET_BINDING = "FILES"

_FOLDER = STOCK_WORKER.parent
_PARALLEL = 8


def place_files(
    assets: Mapping[str, AssetEntry], settings: Settings, *, has_own_code: bool = False
) -> dict[str, AssetEntry]:
    """Each with its `place`, where that isn't among the static assets."""
    room = MOST_IN_SCRIPT
    placed = {}
    for path, entry in sorted(assets.items(), key=lambda item: item[1]["size"]):
        place = _place_of(entry["size"], settings, room=room)
        if place == "store" and has_own_code:
            place = ""
        if place == "script":
            room -= entry["size"]
        placed[path] = entry | {"place": place} if place else entry
    return placed


def _place_of(size: int, settings: Settings, *, room: int) -> str:
    if settings.asset_policy == "hybrid":
        return "script" if size <= min(LARGEST_IN_SCRIPT, room) else "store"
    return "store" if size > LARGEST_FILE and settings.s3_bucket else ""


def without_bucket(manifest: Manifest) -> Manifest:
    """Of an app with code of its own: what it carries of versions before that were in the object store is left out."""
    if SERVER_MODULE not in manifest["modules"]:
        return manifest
    assets = {path: entry for path, entry in manifest["assets"].items() if entry.get("place") != "store"}
    return {**manifest, "assets": assets}


def static_files(assets: Mapping[str, AssetEntry]) -> dict[str, AssetEntry]:
    return {path: entry for path, entry in assets.items() if "place" not in entry}


def stored_files(assets: Mapping[str, AssetEntry]) -> dict[str, AssetEntry]:
    return {path: entry for path, entry in assets.items() if "place" in entry}


def stored_modules(version: StoredVersion, versions: VersionStore) -> dict[str, Module]:
    """The app's worker behind the one that serves such files, and what that one must know of each."""
    manifest = version.manifest
    files = stored_files(manifest["assets"])

    def described(entry: AssetEntry) -> dict[str, Any]:
        name = entry["hash"]
        facts: dict[str, Any] = {
            key: entry[key] for key in ("hash", "size", "type", "cache", "scripts") if key in entry
        }
        if entry["place"] == "store":
            return facts | {"key": versions.file_key(manifest["namespace"], manifest["script"], name)}
        content = versions.file(manifest["namespace"], manifest["script"], name)
        return facts | {"body": base64.b64encode(content).decode()}

    with ThreadPoolExecutor(_PARALLEL) as pool:
        descriptions = dict(zip(files, pool.map(described, files.values()), strict=True))
    own = {
        name: Module(versions.file(manifest["namespace"], manifest["script"], module["hash"]), module["type"])
        for name, module in manifest["modules"].items()
    }
    return {
        **own,
        MAIN_MODULE: Module((_FOLDER / MAIN_MODULE).read_bytes()),
        "stored-files.js": Module((_FOLDER / "stored-files.js").read_bytes()),
        STOCK_WORKER.name: own[manifest["main_module"] or STOCK_MODULE],  # by that name it imports the app's worker
        "files.json": Module(json.dumps(descriptions).encode(), "json"),
    }
