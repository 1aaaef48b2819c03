"""The packages of an export: of our lock file the part that an app needs, so that `npm ci` installs just that."""

import json
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files as resource_files
from typing import Any

_TOOLS = (
    "@tailwindcss/vite",
    "@types/react",
    "@types/react-dom",
    "@vitejs/plugin-react",
    "tailwindcss",
    "typescript",
    "vite",
)
_INSIDE = "node_modules/"

Lock = Mapping[str, Mapping[str, Any]]  # where a package is installed -> its entry


def export_packages(used: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Exact versions: of what the app imports, and of what builds it."""
    manifest = _read("package.json")
    of_app, of_build = manifest["dependencies"], manifest["devDependencies"]
    dependencies = {name: of_app[name] for name in sorted(used) if name in of_app}
    tools = [*_TOOLS, *(types for name in dependencies if (types := _types_of(name)) in of_build)]
    return dependencies, {name: of_build[name] for name in sorted(set(tools))}


def export_lock(manifest: Mapping[str, Any], own: Lock | None = None) -> str:
    """package-lock.json for a package.json with versions of `export_packages`; it names no registry.

    `own` are the entries of packages that were added to the app. "" where they don't fit in: npm then has to choose.
    """
    lock = {**_read("package-lock.json")["packages"], **(own or {})}
    if not _fits(lock, own or {}):
        return ""
    needed = _reached(lock, manifest["dependencies"])
    everything = needed | _reached(lock, manifest["devDependencies"])
    root = {key: manifest[key] for key in ("name", "version", "dependencies", "devDependencies") if manifest.get(key)}
    entries = {place: _entry(lock[place], is_dev=place not in needed) for place in sorted(everything)}
    whole = {
        "name": manifest["name"],
        "version": manifest["version"],
        "lockfileVersion": 3,
        "requires": True,
        "packages": {"": root, **entries},
    }
    return json.dumps(whole, indent=2) + "\n"


def _fits(lock: Lock, own: Lock) -> bool:
    """Whether both can lie in one folder, and everything that is needed does."""
    ours = _read("package-lock.json")["packages"]
    if any(place in ours and ours[place]["version"] != entry["version"] for place, entry in own.items()):
        return False
    return all(_installed(lock, place, name) for place, entry in own.items() for name in entry.get("dependencies", {}))


def _reached(lock: Lock, names: Iterable[str]) -> set[str]:
    """Where everything is installed that these packages need."""
    reached: set[str] = set()
    waiting = deque(("", name) for name in names)
    while waiting:
        place = _installed(lock, *waiting.popleft())
        if place is None or place in reached:
            continue
        reached.add(place)
        entry = lock[place]
        for kind in ("dependencies", "optionalDependencies", "peerDependencies"):
            waiting.extend((place, name) for name in entry.get(kind, {}) if not _is_optional_peer(entry, kind, name))
    return reached


def _is_optional_peer(entry: Mapping[str, Any], kind: str, name: str) -> bool:
    return kind == "peerDependencies" and bool(entry.get("peerDependenciesMeta", {}).get(name, {}).get("optional"))


def _installed(lock: Lock, importer: str, name: str) -> str | None:
    """Where Node finds a package from where another one is. None: an optional one that is for other machines."""
    folder = importer
    while True:
        place = f"{folder}/{_INSIDE}{name}" if folder else f"{_INSIDE}{name}"
        if place in lock:
            return place
        if not folder:
            return None
        folder = folder.rpartition(f"/{_INSIDE}")[0]


def _entry(entry: Mapping[str, Any], *, is_dev: bool) -> dict[str, Any]:
    kept = {key: value for key, value in entry.items() if key not in ("dev", "devOptional")}
    return {**kept, "dev": True} if is_dev else kept


def _types_of(name: str) -> str:
    return f"@types/{name.removeprefix('@').replace('/', '__')}"


@cache
def _read(name: str) -> dict[str, Any]:
    text = (resource_files("overskill") / "bundler" / "export" / name).read_text("utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
