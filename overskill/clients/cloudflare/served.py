"""How Cloudflare serves a version's files: what a manifest says of each, and the headers it sends along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from overskill.clients.edge_manifest import HASHED_FOLDER, IMMUTABLE, AssetEntry, Manifest
from overskill.clients.edge_rules import HeaderRule, Redirect

_RULES = frozenset({"headers", "redirects"})  # as edge_rules.py reads them
_LONGEST_RULE = 1_900  # characters of one line; Cloudflare takes 2,000


@dataclass(frozen=True, slots=True)
class Stored:
    hash: str
    size: int

    @classmethod
    def of(cls, entry: AssetEntry) -> "Stored":
        return cls(entry["hash"], entry["size"])


def stored_assets(assets: Mapping[str, AssetEntry]) -> dict[str, Stored]:
    return {path: Stored.of(entry) for path, entry in assets.items()}


def assets_config(manifest: Manifest) -> dict[str, object]:
    """As a script is put with it. The app's own rules come first; ours are added to them."""
    own = manifest["assets_config"]
    config = {name: value for name, value in own.items() if name not in _RULES}
    headers = cast("list[HeaderRule]", own.get("headers", []))
    redirects = cast("list[Redirect]", own.get("redirects", []))
    config["_headers"] = "".join(map(_header_rule, headers)) + _own_rules(manifest)
    if redirects:
        config["_redirects"] = "".join(f"{source} {target} {status}\n" for source, target, status in redirects)
    return config


def _header_rule(rule: HeaderRule) -> str:
    path, headers, removed = rule
    lines = [path, *(f"  ! {name}" for name in removed), *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join(lines) + "\n"


def _own_rules(manifest: Manifest) -> str:
    """The dispatch worker makes the Content-Security-Policy from `x-edge-scripts` and drops it.

    One rule holds the inline scripts of all pages: an address without a file gets the page of another.
    """
    lines = ["/*", f"  X-App-Id: {manifest['app_id']}", f"  X-App-Version: {manifest['label']}"]
    scripts = dict.fromkeys(name for entry in manifest["assets"].values() for name in entry.get("scripts", "").split())
    allowed = f"  X-Edge-Scripts: {' '.join(scripts)}"
    if scripts and len(allowed) <= _LONGEST_RULE:
        lines.append(allowed)
    return "\n".join([*lines, f"{HASHED_FOLDER}*", f"  Cache-Control: {IMMUTABLE}"]) + "\n"
