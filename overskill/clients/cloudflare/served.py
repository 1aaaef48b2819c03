"""How Cloudflare serves a version's files: what a manifest says of each, and the headers it sends along."""

from collections.abc import Mapping
from dataclasses import dataclass

from overskill.clients.edge_manifest import HASHED_FOLDER, IMMUTABLE, AssetEntry

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


def header_rules(assets: Mapping[str, AssetEntry]) -> str:
    """As a `_headers` file. The dispatch worker makes the Content-Security-Policy from `x-edge-scripts` and drops it.

    One rule holds the inline scripts of all pages: an address without a file gets the page of another.
    """
    rules = [f"{HASHED_FOLDER}*\n  Cache-Control: {IMMUTABLE}"]
    scripts = dict.fromkeys(name for entry in assets.values() for name in entry.get("scripts", "").split())
    line = f"  X-Edge-Scripts: {' '.join(scripts)}"
    if scripts and len(line) <= _LONGEST_RULE:
        rules.append(f"/*\n{line}")
    return "\n".join(rules) + "\n"
