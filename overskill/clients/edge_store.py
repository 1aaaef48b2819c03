"""The edge's store on disk. Blobs and versions never change; a pointer of fixed size is replaced by rename.

    blobs/ab/<hash>, <hash>.br             content-addressed, with a brotli sibling where it pays
    versions/<id>.json                     a manifest (edge_manifest.py)
    ns/<namespace>/<script>.json           the pointer: which version is live, and which ones were before it
    routes/app/<environment>/<script>      how an app is served (edge_routes.py), and whose domain is whose
    routes/host/<domain>
    routes/paused/<namespace>/<script>     an app that took the sandbox down (edge/strikes.py)
    routes/generation                      another one after every change of a route
    writing/                               files that are not whole yet

Writers share a lock; only pruning (edge_pruning.py), which deletes, holds it alone: a blob found present stays until
its version is written.
"""

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from overskill.clients.edge_manifest import Manifest, content_hash
from overskill.errors import Unavailable

# workerd's disk service looks at a file's size and opens it in two steps. A replacement of the same size can't tear.
POINTER_BYTES = 512
ROUTE_BYTES = 5120
POINTED_BEFORE = 3


def store_path(home: Path) -> Path:
    return home.expanduser().resolve() / "edge" / "store"


class Store:
    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def root(self) -> Path:
        return self._root

    def prepare(self) -> None:
        for folder in ("blobs", "versions", "ns", "routes", "writing"):
            (self._root / folder).mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is in the store stays there, until the end of this block."""
        with self._lock(fcntl.LOCK_SH):
            yield

    @contextmanager
    def deleting(self) -> Iterator[None]:
        """Nobody writes, until the end of this block."""
        with self._lock(fcntl.LOCK_EX):
            yield

    # Blobs

    def blob_path(self, name: str) -> Path:
        return self._root / "blobs" / name[:2] / name

    def put_blob(self, content: bytes) -> str:
        name = content_hash(content)
        self.put_named(name, content)
        return name

    def put_named(self, name: str, content: bytes) -> None:
        """Store under a name that stands for exactly this content."""
        path = self.blob_path(name)
        if not path.exists():
            self.replace_file(path, content)

    def blob_size(self, name: str) -> int | None:
        try:
            return self.blob_path(name).stat().st_size
        except FileNotFoundError:
            return None

    # Versions

    def _version_path(self, version_id: str) -> Path:
        return self._root / "versions" / f"{version_id}.json"

    def put_version(self, manifest: Manifest) -> str:
        content = orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS)
        version_id = hashlib.sha256(content).hexdigest()[:32]
        path = self._version_path(version_id)
        if not path.exists():
            self.replace_file(path, content)
        now = time.time_ns()
        os.utime(path, ns=(now, now))  # tells `prune` the order of uploads; the kernel's own stamp is coarse
        return version_id

    def version(self, version_id: str) -> Manifest | None:
        try:
            manifest: Manifest = orjson.loads(self._version_path(version_id).read_bytes())
        except FileNotFoundError:
            return None
        return manifest

    # Pointers

    def _pointer_path(self, namespace: str, script: str) -> Path:
        return self._root / "ns" / namespace / f"{script}.json"

    def point(self, namespace: str, script: str, version_id: str) -> None:
        """Only within `writing`, which keeps the version there."""
        old = self._pointer(namespace, script)
        before = [old["version"], *old.get("before", [])] if old else []
        earlier = [name for name in dict.fromkeys(before) if name != version_id][:POINTED_BEFORE]
        pointer = json.dumps({"version": version_id, "activated_at": time.time(), "before": earlier}).encode()
        self.replace_file(self._pointer_path(namespace, script), pointer.ljust(POINTER_BYTES))

    def pointed(self, namespace: str, script: str) -> str | None:
        pointer = self._pointer(namespace, script)
        return None if pointer is None else str(pointer["version"])

    def _pointer(self, namespace: str, script: str) -> dict[str, Any] | None:
        try:
            pointer: dict[str, Any] = orjson.loads(self._pointer_path(namespace, script).read_bytes())
        except FileNotFoundError:
            return None
        return pointer

    def scripts(self, namespace: str) -> list[str]:
        """Those that are live."""
        return sorted(path.stem for path in (self._root / "ns" / namespace).glob("*.json"))

    def unpoint(self, namespace: str, script: str) -> None:
        self._pointer_path(namespace, script).unlink(missing_ok=True)

    # Routes

    def put_route(self, key: str, value: str) -> None:
        content = value.encode()
        if len(content) > ROUTE_BYTES:
            raise ValueError(f"the route {key} has {len(content)} bytes; {ROUTE_BYTES} fit")
        self.replace_file(self._root / "routes" / key, content.ljust(ROUTE_BYTES))
        self._tell_routes_changed()

    def route(self, key: str) -> str | None:
        try:
            return (self._root / "routes" / key).read_text()
        except FileNotFoundError:
            return None

    def delete_route(self, key: str) -> None:
        self.prepare()
        (self._root / "routes" / key).unlink(missing_ok=True)
        self._tell_routes_changed()

    def _tell_routes_changed(self) -> None:
        """After the change: who reads the old generation may have read the old route."""
        content = json.dumps({"id": secrets.token_hex(16)}).encode()
        self.replace_file(self._root / "routes" / "generation", content.ljust(POINTER_BYTES))

    def replace_file(self, path: Path, content: bytes) -> None:
        """Whole or not at all, and on the disk before it is seen."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._root / "writing")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        self.prepare()
        with (self._root / "lock").open("ab") as lock:
            fcntl.flock(lock, kind)
            yield


@contextmanager
def taking_writes() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"The edge's store can't be written ({error.strerror}). What was live still is.") from error
