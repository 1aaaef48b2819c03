"""Which bundler this is: the same files, built by the same one, come out as the same bytes."""

import hashlib
from functools import cache
from pathlib import Path

from overskill.bundler.setup import SOURCES

_LOCKS = ("vendor/package.json", "vendor/package-lock.json", "prebundle.mjs")  # what apps are built with
_CODE = ("package.json", "package-lock.json", "build.mjs", "core/*.mjs", "production/*.mjs")  # what builds them


@cache
def lock_hash() -> str:
    """Of the packages that apps may import."""
    return _digest(*(SOURCES / name for name in _LOCKS))


@cache
def bundler_version() -> str:
    """Of the code and the tools that make a production build."""
    return _digest(*sorted(found for pattern in _CODE for found in SOURCES.glob(pattern)))


def release() -> str:
    """Both: a builder elsewhere has to be of the same one."""
    return f"{bundler_version()}.{lock_hash()}"


def _digest(*files: Path) -> str:
    parts = (b"\0".join((file.name.encode(), file.read_bytes())) for file in files)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
