"""The object store: bytes under a key. A folder on one machine; R2 or any S3 later."""

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from overskill.errors import NotFound

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")


class ObjectStore(Protocol):
    """Keys are lower-case paths: "thumbnails/3f/3f9a….webp"."""

    def put(self, key: str, content: bytes) -> None: ...

    def get(self, key: str) -> bytes:
        """Raises NotFound."""
        ...

    def delete(self, key: str) -> None:
        """Deleting what is not there is no error."""
        ...


@dataclass(frozen=True)
class FolderObjectStore:
    root: Path

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not an object key: {key!r}")
        return self.root / key

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(content)
        Path(part.name).replace(path)

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NotFound("That file is no longer there.") from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)


@dataclass
class FakeObjectStore:
    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, content: bytes) -> None:
        self.objects[key] = content

    def get(self, key: str) -> bytes:
        if key not in self.objects:
            raise NotFound("That file is no longer there.")
        return self.objects[key]

    def delete(self, key: str) -> None:
        self.objects.pop(key, None)
