"""The npm packages of an app: which its code imports, what they are, and whether package.json says so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from overskill.errors import InvalidInput
from overskill.services.apps.files import checksum
from overskill.services.apps.saving import FileChange
from overskill.services.packages.named import (
    ALWAYS,
    MANIFEST,
    UNKNOWN,
    Available,
    added_packages,
    dependencies_of,
    imported_packages,
    manifest_of,
    needed_packages,
    vendor_packages,
)


@dataclass(frozen=True, slots=True)
class PackageUse:
    """`version` and `licence` are "" for what no app can import here."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]  # that import it; none: package.json only names it
    is_added: bool = False  # to this app, besides what all apps can import

    @property
    def is_available(self) -> bool:
        return self.version != ""


def packages_used(files: Mapping[str, str]) -> list[PackageUse]:
    """What the code imports, and what package.json names besides."""
    imported = imported_packages(files)
    added = {name: Available(version, "") for name, version in added_packages(files).items()}
    names = sorted(imported.keys() | dependencies_of(files).keys() | ALWAYS)
    found = {name: added.get(name) or vendor_packages().get(name, UNKNOWN) for name in names}
    return [
        PackageUse(name, one.version, one.licence, tuple(imported.get(name, ())), is_added=name in added)
        for name, one in found.items()
    ]


def with_package(files: Mapping[str, str], name: str, version: str | None) -> FileChange:
    """package.json with the package at that version, or without it. Raises InvalidInput where it can't be read."""
    manifest = manifest_of(files)
    if manifest is None:
        raise InvalidInput("package.json can't be read. Put it right in the code first.")
    wanted = {**dependencies_of(files), name: version}
    kept = {one: said for one, said in sorted(wanted.items()) if said is not None}
    return FileChange(MANIFEST, _written({**manifest, "dependencies": kept}), checksum(files[MANIFEST]))


def tidied_manifest(files: Mapping[str, str]) -> FileChange | None:
    """package.json with just what the code imports; None where it is so already, or is nothing to work with."""
    manifest = manifest_of(files)
    if manifest is None:
        return None
    imported = imported_packages(files)
    wanted = {name: f"^{found.version}" for name, found in needed_packages(files).items()}
    wanted |= {name: version for name, version in added_packages(files).items() if name in imported}
    if set(wanted) == set(dependencies_of(files)):
        return None
    text = _written({**manifest, "dependencies": dict(sorted(wanted.items()))})
    return FileChange(MANIFEST, text, checksum(files[MANIFEST]))


def _written(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
