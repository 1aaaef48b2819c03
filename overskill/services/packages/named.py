"""The npm packages that an app's files name: in package.json, and where code and styles import them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resource_files
from typing import Any

from overskill.npm_versions import is_exact

MANIFEST = "package.json"
ALWAYS = frozenset({"react", "react-dom"})
_CODE = (".tsx", ".ts", ".jsx", ".js", ".mjs")
_IMPORTS = (
    re.compile(r"""(?:^|;)[ \t]*(?:import|export)\b[^;'"`]*?\bfrom\s*["']([^"'\n]+)["']""", re.MULTILINE),
    re.compile(r"""(?:^|;)[ \t]*import\s*["']([^"'\n]+)["']""", re.MULTILINE),
    re.compile(r"""\bimport\(\s*["']([^"'\n]+)["']\s*\)"""),
)
_STYLE_IMPORTS = re.compile(r"""@(?:import|plugin)\s+(?:url\(\s*)?["']([^"'\n]+)["']""")
_NAME = re.compile(r"(@[a-z0-9~._-]+/)?[a-z0-9~][a-z0-9~._-]*", re.IGNORECASE)
_OF_THE_BUILD = frozenset({"tailwindcss", "vite"})  # every app is built with them


@dataclass(frozen=True, slots=True)
class Available:
    """A package that apps can import."""

    version: str
    licence: str


UNKNOWN = Available("", "")


@cache
def vendor_packages() -> Mapping[str, Available]:
    """By name: what the bundler has prebundled."""
    vendor = resource_files("overskill") / "bundler" / "vendor"
    versions = json.loads((vendor / "package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((vendor / "package-lock.json").read_text("utf-8"))["packages"]
    return {
        name: Available(version, locked[f"node_modules/{name}"].get("license", ""))
        for name, version in versions.items()
    }


def imported_packages(files: Mapping[str, str]) -> dict[str, list[str]]:
    """name -> the files that import it, in the order of both."""
    found: dict[str, list[str]] = {}
    for path in sorted(files):
        for name in sorted(set(_packages_in(path, files[path]))):
            found.setdefault(name, []).append(path)
    return dict(sorted(found.items()))


def added_packages(files: Mapping[str, str]) -> dict[str, str]:
    """What package.json names besides what all apps can import: name -> exact version."""
    named = dependencies_of(files)
    return {
        name: version
        for name, version in sorted(named.items())
        if isinstance(version, str) and name not in vendor_packages() and is_exact(version)
    }


def needed_packages(files: Mapping[str, str]) -> dict[str, Available]:
    """What of the available ones the code can't do without."""
    wanted = imported_packages(files).keys() | ALWAYS
    return {name: found for name, found in sorted(vendor_packages().items()) if name in wanted}


def missing_packages(files: Mapping[str, str]) -> dict[str, list[str]]:
    """What the code imports though this app can't: name -> the files that do."""
    there = vendor_packages().keys() | added_packages(files).keys()
    return {name: paths for name, paths in imported_packages(files).items() if name not in there}


def manifest_of(files: Mapping[str, str]) -> dict[str, Any] | None:
    try:
        manifest = json.loads(files.get(MANIFEST, ""))
    except (ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) else None


def dependencies_of(files: Mapping[str, str]) -> dict[str, str]:
    named = (manifest_of(files) or {}).get("dependencies", {})
    return named if isinstance(named, dict) else {}


def _packages_in(path: str, text: str) -> Iterator[str]:
    if path.endswith(_CODE) and path.startswith("src/"):
        specifiers = [found for pattern in _IMPORTS for found in pattern.findall(text)]
    elif path.endswith(".css"):
        specifiers = _STYLE_IMPORTS.findall(text)
    else:
        return
    for specifier in specifiers:
        if name := _package_of(specifier):
            yield name


def _package_of(specifier: str) -> str:
    """ "" for what is no package: a path, an alias, an address, a part of Node or of the build."""
    if specifier.startswith((".", "/", "@/", "~/", "#", "virtual:")) or ":" in specifier:
        return ""
    found = _NAME.match(specifier)
    name = found[0] if found else ""
    return "" if name in _OF_THE_BUILD else name
