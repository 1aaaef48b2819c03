"""What was fetched: read, weighed, and without what apps have anyway, so that there is one React."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overskill.bundler.packages.installing import weight
from overskill.clients.package_store import Member
from overskill.clients.registry import licence_of
from overskill.errors import InvalidInput
from overskill.npm_versions import Version, parse_version

_MODULES = "node_modules"
_ONE_ALONE = frozenset({"react", "react-dom", "scheduler", "@types/react", "@types/react-dom", "csstype"})
_LOCKED = ("dependencies", "optionalDependencies", "peerDependencies", "peerDependenciesMeta", "engines")


@dataclass(frozen=True, slots=True)
class Found:
    """One package as it lies there; `place` is its folder below the set's, as lock files name it."""

    place: str
    manifest: Mapping[str, Any]
    size: int

    @property
    def name(self) -> str:
        return self.place.rpartition(f"{_MODULES}/")[2]

    @property
    def version(self) -> str:
        return str(self.manifest.get("version", ""))

    @property
    def member(self) -> Member:
        return Member(self.name, self.version, licence_of(self.manifest), self.size)


def tidy(folder: Path, vendor: Path, keep: Mapping[str, str]) -> list[Found]:
    """Take away what is not for bundling, and what apps have anyway; the packages that are left."""
    _remove_programs(folder / _MODULES)
    _refuse_links(folder / _MODULES)  # before anything else is deleted: one could lead there
    for package in _packages(folder):
        name = package.rpartition(f"{_MODULES}/")[2]
        if name not in keep and _is_there_anyway(name, folder / package, vendor):
            shutil.rmtree(folder / package)
    return [_read(folder, package) for package in _packages(folder)]


def lock_entries(folder: Path, found: list[Found]) -> dict[str, dict[str, object]]:
    """As package-lock.json has them, by place."""
    integrities = _integrities((folder / "bun.lock").read_text("utf-8"))
    entries = {}
    for one in found:
        licence = licence_of(one.manifest)
        entry: dict[str, object] = {"version": one.version}
        entry |= {"integrity": integrities[key]} if (key := f"{one.name}@{one.version}") in integrities else {}
        entry |= {"license": licence} if licence else {}
        entries[one.place] = entry | {key: one.manifest[key] for key in _LOCKED if one.manifest.get(key)}
    return entries


def _integrities(lock: str) -> dict[str, str]:
    """name@version -> integrity, from a bun.lock: JSON with commas at the ends of its lines."""
    found = {}
    for line in lock.splitlines():
        try:
            _, _, said = line.strip().removesuffix(",").partition(": ")
            entry = json.loads(said)
        except ValueError:
            continue
        if isinstance(entry, list) and len(entry) > 1 and isinstance(entry[-1], str):
            found[str(entry[0])] = entry[-1]
    return found


def _packages(folder: Path) -> list[str]:
    """The folders of all packages, outer ones first."""
    return list(_packages_in(folder, _MODULES))


def _packages_in(folder: Path, modules: str) -> Iterator[str]:
    if not (folder / modules).is_dir():
        return
    for entry in sorted((folder / modules).iterdir()):
        if entry.name.startswith(".") or not entry.is_dir():
            continue
        inner = sorted(entry.iterdir()) if entry.name.startswith("@") else [entry]
        for package in inner:
            place = package.relative_to(folder).as_posix()
            yield place
            yield from _packages_in(folder, f"{place}/{_MODULES}")


def _is_there_anyway(name: str, package: Path, vendor: Path) -> bool:
    ours = _version(vendor / _MODULES / name)
    theirs = _version(package)
    if name in _ONE_ALONE or ours is None or theirs is None:
        return name in _ONE_ALONE and ours is not None
    is_same_line = ours.major == theirs.major and (ours.major > 0 or ours.minor == theirs.minor)
    return is_same_line and not ours < theirs


def _version(package: Path) -> Version | None:
    try:
        return parse_version(str(json.loads((package / "package.json").read_text("utf-8")).get("version", "")))
    except (OSError, ValueError, AttributeError, RecursionError):
        return None


def _read(folder: Path, place: str) -> Found:
    try:
        manifest = json.loads((folder / place / "package.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidInput(
            f"{place.rpartition(f'{_MODULES}/')[2]} is damaged: its package.json can't be read."
        ) from error
    return Found(place, manifest if isinstance(manifest, dict) else {}, _own_weight(folder / place))


def _own_weight(package: Path) -> int:
    """Without the packages that lie inside it."""
    inner = package / _MODULES
    return weight(package) - (weight(inner) if inner.is_dir() else 0)


def _remove_programs(folder: Path) -> None:
    """Links to what packages would have people run. Follows none."""
    for place, folders, _ in os.walk(folder):
        programs = Path(place) / ".bin"
        if programs.parent.name == _MODULES and ".bin" in folders and not programs.is_symlink():
            folders.remove(".bin")
            shutil.rmtree(programs)


def _refuse_links(folder: Path) -> None:
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            if os.path.islink(os.path.join(place, name)):  # noqa: PTH114, PTH118  # a Path for each is too slow
                raise InvalidInput(f"{Path(place).name} has a link in it, which could lead out of the package.")
