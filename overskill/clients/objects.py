"""The object store: bytes under a key. A folder on one machine; R2 or any other S3 (s3_objects.py) for several."""

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from overskill.errors import NotFound, Unavailable

_PART = "~"  # begins the names of files that are being written: no key has it
_WRITING = re.compile(rf"(^|/){_PART}")
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

    def size(self, key: str) -> int | None:
        """How many bytes it has; None where there is none."""
        ...

    def keys(self, prefix: str) -> list[str]:
        """Those in the folder `prefix` and below it, in order."""
        ...

    def link(self, key: str, *, seconds: int) -> str:
        """An address that anybody can download it from, for so long; "" where the store has none."""
        ...


def checked_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not an object key: {key!r}")
    return key


@dataclass(frozen=True)
class FolderObjectStore:
    root: Path

    def _path(self, key: str) -> Path:
        return self.root / checked_key(key)

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(path, content)
        except OSError as error:
            raise Unavailable(
                f"The object store can't be written ({error.strerror}). Try again in a moment."
            ) from error

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NotFound("That file is no longer there.") from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def size(self, key: str) -> int | None:
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return None

    def keys(self, prefix: str) -> list[str]:
        found: Iterable[Path] = self._path(prefix).rglob("*")
        keys = (path.relative_to(self.root).as_posix() for path in found if path.is_file())
        return sorted(key for key in keys if not _WRITING.search(key))

    def link(self, key: str, *, seconds: int) -> str:  # noqa: ARG002 - a folder has no addresses
        return ""


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PART, delete=False) as part:
        written = Path(part.name)
        try:
            part.write(content)
            part.flush()
            written.replace(path)
        except BaseException:
            written.unlink()
            raise


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

    def size(self, key: str) -> int | None:
        return len(self.objects[key]) if key in self.objects else None

    def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.objects if key.startswith(f"{prefix}/"))

    def link(self, key: str, *, seconds: int) -> str:
        return f"https://objects.example/{key}?seconds={seconds}"
