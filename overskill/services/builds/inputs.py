"""What decides what comes out of a build."""

import hashlib
from collections.abc import Mapping

from overskill.bundler.release import bundler_version, lock_hash
from overskill.clients.variables import without_values


def build_key(files: Mapping[str, str]) -> str:
    """The files, the packages, and the bundler itself. Variables are read where an app runs: only their names count."""
    digest = hashlib.sha256(f"{bundler_version()}\0{lock_hash()}".encode())
    for path, text in sorted(without_values(files).items()):
        digest.update(b"\0" + path.encode() + b"\0" + hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()
