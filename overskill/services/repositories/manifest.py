"""A package.json that people have added to: what the app needs is brought into it, and everything of theirs stays."""

import json
from typing import Any

MANIFEST = "package.json"
LOCK = "package-lock.json"
_PACKAGES = ("dependencies", "devDependencies")


def merged_manifest(before: str | None, now: str, there: str | None) -> str:
    """`there`, with the packages that changed from `before` to `now`. `now` itself where nobody has changed it."""
    if there is None or there == before:
        return now
    theirs, ours, base = _read(there), _read(now), _read(before or "{}")
    if theirs is None or ours is None or base is None:
        return now
    for group in _PACKAGES:
        wanted, known = _group(ours, group), _group(base, group)
        packages = {
            name: version for name, version in _group(theirs, group).items() if name not in known.keys() - wanted
        }
        packages |= {name: version for name, version in wanted.items() if known.get(name) != version}
        if packages or group in theirs:
            theirs[group] = dict(sorted(packages.items()))
    return json.dumps(theirs, indent=2, ensure_ascii=False) + "\n"


def _read(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _group(manifest: dict[str, Any], group: str) -> dict[str, Any]:
    found = manifest.get(group)
    return found if isinstance(found, dict) else {}
