"""Hashed files of versions before, which pages that are still open ask for.

A version carries all hashed files of the two before it, however old, and what these carried themselves for ten minutes
after it was replaced: who publishes every few seconds breaks nobody's page.
"""

from collections.abc import Iterable

from overskill.clients.edge_manifest import HASHED_FOLDER, AssetEntry, Manifest

CARRIED_SECONDS = 600.0
MOST_CARRIED = 2_000  # of what those before carried, the newest


def carried_files(versions: Iterable[Manifest], now: float) -> dict[str, AssetEntry]:
    """For the version that comes after these, the oldest first. Each file says since when it is carried."""
    own: dict[str, AssetEntry] = {}
    handed_on: dict[str, AssetEntry] = {}
    for manifest in versions:
        for path, entry in manifest["assets"].items():
            if not path.startswith(HASHED_FOLDER):
                continue
            if "carried" not in entry:
                own[path] = entry | {"carried": now}
            elif now - CARRIED_SECONDS < entry["carried"] >= handed_on.get(path, entry).get("carried", 0.0):
                handed_on[path] = entry
    newest = sorted(handed_on.items(), key=lambda item: -item[1]["carried"])[:MOST_CARRIED]
    return dict(newest) | own
