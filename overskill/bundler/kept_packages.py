"""What the last build of an app made of the packages it uses, for the next one (production/apart.mjs).

Each app has its own: what is built is hostile, and nothing that was made beside one app's code gets near another's.
"""

import contextlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from overskill.bundler.release import release
from overskill.embedded.files import private_folder, write_private

_MOST_APPS = 500  # each has about a megabyte
_LARGEST = 8 * 1024 * 1024  # characters


class KeptPackages:
    """Files of a folder, one for each app: the 500 that were built last. What is lost is made again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, app_id: UUID) -> dict[str, Any] | None:
        """What a bundler of another release made counts for nothing."""
        try:
            kept = json.loads(self._file(app_id).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return kept["packages"] if kept["release"] == release() else None

    def keep(self, app_id: UUID, packages: dict[str, Any]) -> None:
        text = json.dumps({"release": release(), "packages": packages})
        if len(text) > _LARGEST:
            return
        with contextlib.suppress(OSError):  # a full disk: the next build makes them again
            private_folder(self._folder)
            write_private(self._file(app_id), text)
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        found = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in found[_MOST_APPS:]:
            file.unlink(missing_ok=True)

    def _file(self, app_id: UUID) -> Path:
        return self._folder / f"{app_id}.json"
