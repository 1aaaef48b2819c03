"""The files of builds of the front end that are served no more.

A page that was opened before a deploy fetches its parts when they are first wanted, by names that only its own build
knows. So each build that is served leaves its files in the data folder. Names carry a hash of the content: one folder
holds them all.
"""

import os
import shutil
import time
from pathlib import Path

KEPT_SECONDS = 14 * 24 * 3600.0  # since they were last served; a page that is open for longer is loaded anew
_KINDS = frozenset({".js", ".css"})


def keep(assets: Path, folder: Path) -> None:
    """Keep the files of the build that is served from now on, and forget those that nobody can ask for any more."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for file in assets.iterdir():
        if file.suffix in _KINDS:
            _keep(file, folder / file.name)
    oldest = time.time() - KEPT_SECONDS
    for kept in folder.iterdir():
        if kept.stat().st_mtime < oldest:
            kept.unlink()


def _keep(file: Path, kept: Path) -> None:
    if not kept.exists():
        half = kept.with_name(f"{kept.name}.half")
        shutil.copyfile(file, half)
        half.replace(kept)
    os.utime(kept)
